"""Documents as the real office suite opens them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from pypdf import PdfReader

from scoper.board import Board
from scoper.exchange.documents import Kind, describe, write_document
from scoper.snapshot import Dataset, Evidence, Kpi, Milestone, Risk, Solution, UseCase
from scoper.terms import Approach, EvidenceStrength, PersonalData, Phase
from tests.exchange.boards import answers, board_of, full
from tests.exchange.conftest import Convert

ON = dt.date(2026, 11, 25)
KINDS: tuple[Kind, ...] = ("prfaq", "prd", "brief")


def words(count: int) -> str:
    """Return a sentence of so many words, as long as English words are."""
    every = "The people who match supplier invoices in three systems lose hours each working day"
    return " ".join((every.split() * (count // 14 + 1))[:count])


def talkative() -> UseCase:
    """Return a use case that says as much as a team in full flow would."""
    texts: dict[str, Any] = {
        name: words(45) for name in ("problem", "summary", "decision_reason", "current_volume")
    }
    return replace(
        full(answers=answers(eu_ai_act={"listed_recruitment": "yes"})),
        title=words(8),
        **texts,
        solutions=tuple(
            Solution(uuid4(), words(8), Approach.BUY, shortlisted=True, reason=words(20))
            for _ in range(4)
        ),
        kpis=tuple(Kpi(uuid4(), words(8), baseline=12.0, target=34.0) for _ in range(4)),
        evidence=tuple(
            Evidence(uuid4(), statement=words(25), strength=EvidenceStrength.STRONG)
            for _ in range(3)
        ),
        datasets=tuple(
            Dataset(uuid4(), words(5), "Jo", {"access": 4}, PersonalData.NO) for _ in range(4)
        ),
        risks=tuple(Risk(uuid4(), words(10), mitigation=words(15)) for _ in range(4)),
        milestones=tuple(
            Milestone(uuid4(), words(9), phase, dt.date(2027, 3, 1)) for phase in Phase
        ),
    )


@pytest.fixture(scope="module")
def opened(
    sample_board: Board, convert: Convert, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, PdfReader]:
    """Return documents of the sample and of a talkative use case, printed by the office suite."""
    folder = tmp_path_factory.mktemp("office")
    first = sample_board.use_cases[0]
    for kind in KINDS:
        write_document(sample_board, first.id, kind, folder / f"sample-{kind}.docx", on=ON)
    long = talkative()
    write_document(board_of(long), long.id, "brief", folder / "talkative-brief.docx", on=ON)
    return {path.stem: PdfReader(path) for path in convert(sorted(folder.glob("*.docx")), "pdf")}


@pytest.mark.parametrize("name", ["sample-brief", "talkative-brief"])
def test_a_brief_is_one_page(opened: dict[str, PdfReader], name: str) -> None:
    assert len(opened[name].pages) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_every_part_is_on_its_pages(opened: dict[str, PdfReader], kind: Kind) -> None:
    text = " ".join(
        " ".join(page.extract_text().split()) for page in opened[f"sample-{kind}"].pages
    )
    for part in describe(kind).parts:
        assert part.title in text
