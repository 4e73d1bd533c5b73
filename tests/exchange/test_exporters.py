"""The registry: every way out, what it may be called, and nothing heavy until it is asked."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from scoper.board import Board
from scoper.charts import Chart, payoff_chart, quadrant_chart, write
from scoper.errors import InvalidInput, NotFound
from scoper.exchange.documents import KINDS, describe
from scoper.exchange.exporters import DOCUMENTS, EXPORTERS, Exporter, render_markdown
from scoper.exchange.formats import FORMATS
from scoper.store import Store
from tests.cli.conftest import Scoper, scoper
from tests.exchange.boards import bare, board_of, full

__all__ = ["scoper"]


@pytest.fixture
def board() -> Board:
    """Return a full use case, and one with a name no file may have."""
    return board_of(full(), bare("a/b: ..", key="../x"), title="My/portfolio")


@pytest.mark.parametrize("kind", EXPORTERS)
def test_everything_can_be_written_in_every_format(board: Board, kind: str, tmp_path: Path) -> None:
    exporter = EXPORTERS[kind]
    use_case_id = board.use_cases[0].id if exporter.per_use_case else None
    for suffix in exporter.suffixes:
        target = tmp_path / f"out{suffix.upper()}"
        assert exporter.write(board, use_case_id, target) == target
        assert target.stat().st_size > 100


@pytest.mark.parametrize(
    ("kind", "drawn"), [("chart", payoff_chart), ("quadrants", quadrant_chart)]
)
def test_a_picture_is_of_the_chart_that_its_name_says(
    board: Board, kind: str, drawn: Callable[[Board], Chart], tmp_path: Path
) -> None:
    asked = EXPORTERS[kind].write(board, None, tmp_path / "asked.png")
    write(drawn(board), tmp_path / "drawn.png")
    assert asked.read_bytes() == (tmp_path / "drawn.png").read_bytes()


@pytest.mark.parametrize("kind", EXPORTERS)
def test_proposed_names_are_safe(board: Board, kind: str) -> None:
    exporter = EXPORTERS[kind]
    name = exporter.file_name(board, board.use_cases[1].id if exporter.per_use_case else None)
    assert Path(name).name == name
    assert Path(name).suffix == exporter.suffixes[0]
    assert not name.startswith(".")


def test_another_ending_is_refused(board: Board, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"\.xlsx"):
        EXPORTERS["workbook"].write(board, None, tmp_path / "a.xls")
    assert not list(tmp_path.iterdir())


def test_a_document_needs_a_use_case(board: Board, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="one use case"):
        EXPORTERS["prd"].write(board, None, tmp_path / "a.md")
    with pytest.raises(NotFound):
        EXPORTERS["prd"].write(board, board.portfolio.id, tmp_path / "a.md")


def test_the_preview_is_the_export(board: Board, tmp_path: Path) -> None:
    use_case_id = board.use_cases[0].id
    written = EXPORTERS["prd"].write(board, use_case_id, tmp_path / "a.md")
    assert written.read_text(encoding="utf-8") == render_markdown(board, use_case_id, "prd")


def test_looking_at_the_registry_imports_nothing_heavy() -> None:
    heavy = ["xlsxwriter", "docx", "reportlab", "jinja2", "markdown_it", "matplotlib"]
    code = (
        "import sys, scoper.exchange.exporters\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_every_document_has_its_folder_and_every_ending_a_name() -> None:
    assert sorted(document.id for document in DOCUMENTS) == sorted(KINDS)
    assert [describe(d.id).title for d in DOCUMENTS] == [d.title for d in DOCUMENTS]
    assert {suffix for e in EXPORTERS.values() for suffix in e.suffixes} <= set(FORMATS)


def test_an_exporter_is_one_entry(
    sample_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scoper: Scoper
) -> None:
    def write(board: Board, _: UUID | None, target: Path) -> Path:
        target.write_text(board.portfolio.title)
        return target

    own = Exporter("titles", "Titles", "titles", (".md",), False, write)
    monkeypatch.setitem(EXPORTERS, own.id, own)
    assert scoper("export", "titles", sample_store.path, "--out", tmp_path / "a.md").code == 0
    assert "Tavelund" in (tmp_path / "a.md").read_text()
