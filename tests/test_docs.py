"""The documentation is true where a machine can tell: links lead somewhere, verbs are described."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scoper.cli import VERBS

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
_LINK = re.compile(r"\]\(([^)#\s]+)(#[^)\s]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_lead_to_a_file(page: Path) -> None:
    targets = [link for link, _ in _LINK.findall(page.read_text(encoding="utf-8"))]
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_within_a_page_lead_to_a_heading(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    headings = {
        re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in text.splitlines()
        if line.startswith("#")
    }
    wanted = re.findall(r"\]\(#([^)]+)\)", text)
    assert [anchor for anchor in wanted if anchor not in headings] == []


def test_the_modules_that_developers_are_sent_to_are_there() -> None:
    text = (ROOT / "docs" / "developing.md").read_text(encoding="utf-8")
    named = re.findall(r"`([\w/]+/\w+\.py)`", text)
    assert named
    roots = (ROOT, ROOT / "scoper", ROOT / "ui")
    assert [name for name in named if not any((root / name).exists() for root in roots)] == []


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_described(verb: str) -> None:
    text = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| `{verb}\b", text, re.MULTILINE)


def test_every_picture_is_shown_somewhere() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    pictures = (ROOT / "docs" / "images").glob("*.png")
    assert [picture.name for picture in pictures if picture.name not in text] == []
