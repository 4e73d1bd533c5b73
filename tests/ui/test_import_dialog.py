"""Importing use cases and ratings from a table."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QMessageBox

from ui.features.importing.columns import NOT_IMPORTED
from ui.features.importing.dialog import ImportDialog, start_ratings_import
from ui.features.importing.ratings_dialog import RatingsDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from scoper.board import Board
    from ui.shell.main_window import MainWindow

# The platform without a screen says so about every dialog.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
Ask = Callable[[Path], ImportDialog]
BoardOf = Callable[["MainWindow"], "Board"]


@pytest.fixture
def ask(qtbot: QtBot, empty_window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Return a function that starts the import of a file as a person would."""
    return _asker(qtbot, empty_window, monkeypatch)


def _asker(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Ask:
    def asked(path: Path) -> ImportDialog:
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        QTest.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ImportDialog))
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ImportDialog)
        qtbot.waitUntil(lambda: dialog.plan.headline.text() != "Checking…")
        return dialog

    return asked


def table(path: Path, *rows: Sequence[str]) -> Path:
    """Write rows as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


def choose(qtbot: QtBot, choice: QComboBox, title: str) -> None:
    """Choose an entry with the arrow keys."""
    choice.setFocus()
    wanted = choice.findText(title)
    while choice.currentIndex() != wanted:
        down = choice.currentIndex() < wanted
        qtbot.keyClick(choice, Qt.Key.Key_Down if down else Qt.Key.Key_Up)


# ---------------------------------------------------------------- use cases


def test_a_table_is_imported_as_one_step_that_can_be_undone(
    qtbot: QtBot, ask: Ask, empty_window: MainWindow, tmp_path: Path, board_of: BoardOf
) -> None:
    rows = [[f"A-{n}", f"Use case {n}", "pilot"] for n in range(450)]
    dialog = ask(table(tmp_path / "ideas.csv", ["ID", "Use case name", "Status"], *rows))
    assert dialog.plan.headline.text() == "450 new, 0 updated, 0 rejected"
    assert dialog.plan.preview.rowCount() == 50
    assert dialog.foot.import_button.text() == "Import 450 use cases"
    qtbot.mouseClick(dialog.foot.import_button, LEFT)
    notice = empty_window.notice
    qtbot.waitUntil(notice.isVisible)
    assert notice.text.text() == "Imported 450 use cases"
    assert len(board_of(empty_window).use_cases) == 450
    qtbot.mouseClick(notice.action, LEFT)
    assert board_of(empty_window).use_cases == ()


def test_the_reason_is_shown_while_no_column_holds_the_title(
    qtbot: QtBot, ask: Ask, tmp_path: Path
) -> None:
    dialog = ask(table(tmp_path / "odd.csv", ["Foo", "Status"], ["First idea", "pilot"]))
    assert not dialog.foot.import_button.isEnabled()
    assert "title" in dialog.foot.reason.text()
    assert dialog.foot.reason.isVisible()
    choose(qtbot, dialog.columns.choices[0], "Title")
    qtbot.waitUntil(dialog.foot.import_button.isEnabled)
    assert dialog.foot.reason.text() == ""
    assert dialog.plan.headline.text() == "1 new, 0 updated, 0 rejected"
    dialog.reject()


def test_a_field_takes_one_column(qtbot: QtBot, ask: Ask, tmp_path: Path) -> None:
    dialog = ask(table(tmp_path / "two.csv", ["Title", "Foo"], ["one", "two"]))
    assert dialog.columns.mapping() == {"title": 0}
    choose(qtbot, dialog.columns.choices[1], "Title")
    assert dialog.columns.choices[0].currentText() == NOT_IMPORTED
    assert dialog.columns.mapping() == {"title": 1}
    qtbot.waitUntil(lambda: dialog.plan.preview.data(dialog.plan.preview.index(0, 0)) == "two")
    dialog.reject()


def test_rejected_rows_are_listed_with_their_place(
    qtbot: QtBot, ask: Ask, empty_window: MainWindow, tmp_path: Path, board_of: BoardOf
) -> None:
    path = table(
        tmp_path / "mixed.csv",
        ["Title", "Annual savings"],
        ["Good", "12,000"],
        ["Bad", "a lot"],
    )
    dialog = ask(path)
    assert dialog.plan.headline.text() == "1 new, 0 updated, 1 rejected"
    tab = dialog.plan.tabs.tabRect(1).center()
    qtbot.mouseClick(dialog.plan.tabs, LEFT, pos=tab)
    problems = dialog.plan.problems
    shown = [problems.data(problems.index(0, column)) for column in range(3)]
    assert shown[:2] == ["3", "Annual savings"]
    assert shown[2].startswith("Not imported:")
    assert "a lot" in shown[2]
    assert dialog.plan.problems_view.isVisible()
    qtbot.mouseClick(dialog.foot.import_button, LEFT)
    qtbot.waitUntil(empty_window.notice.isVisible)
    assert empty_window.notice.text.text() == "Imported 1 use case, left out 1 row"
    assert [u.title for u in board_of(empty_window).use_cases] == ["Good"]


def test_importing_again_changes_nothing_and_says_so(
    qtbot: QtBot, ask: Ask, empty_window: MainWindow, tmp_path: Path, board_of: BoardOf
) -> None:
    path = table(tmp_path / "same.csv", ["ID", "Title"], ["1", "One"], ["2", "Two"])
    qtbot.mouseClick(ask(path).foot.import_button, LEFT)
    qtbot.waitUntil(empty_window.notice.isVisible)
    board_of(empty_window)
    dialog = ask(path)
    assert dialog.plan.headline.text().startswith("0 new, 0 updated, 2 unchanged")
    assert not dialog.foot.import_button.isEnabled()
    assert dialog.foot.reason.text() == "Every row is in the portfolio already."
    dialog.reject()


def test_another_sheet_can_be_chosen(qtbot: QtBot, ask: Ask, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Nothing"])
    book.active.append(["here"])
    second = book.create_sheet("Second")
    second.append(["Title"])
    second.append(["On the second sheet"])
    book.save(tmp_path / "book.xlsx")
    dialog = ask(tmp_path / "book.xlsx")
    assert dialog.sheets.isVisible()
    choose(qtbot, dialog.sheets, "Second")
    qtbot.waitUntil(dialog.foot.import_button.isEnabled)
    model = dialog.plan.preview
    assert model.data(model.index(0, 0)) == "On the second sheet"
    dialog.reject()


def test_a_header_above_two_columns_has_to_be_settled(
    qtbot: QtBot, ask: Ask, tmp_path: Path
) -> None:
    dialog = ask(table(tmp_path / "twice.csv", ["Title", "Title"], ["one", "two"]))
    assert not dialog.foot.import_button.isEnabled()
    assert "Title (2)" in dialog.foot.reason.text()
    choose(qtbot, dialog.columns.choices[1], "Title")
    qtbot.waitUntil(dialog.foot.import_button.isEnabled)
    dialog.reject()


def test_markup_and_long_headers_are_plain_text(ask: Ask, tmp_path: Path) -> None:
    header = "<img src='file:///etc/passwd'> " + "long " * 40
    dialog = ask(table(tmp_path / "hostile.csv", ["Title", header], ["<b>bold</b>", "=1+1"]))
    rows = dialog.columns.rows
    assert rows.data(rows.index(1, 0)).startswith("<img")
    shown = rows.data(rows.index(1, 0), Qt.ItemDataRole.ToolTipRole)
    assert "passwd" in shown
    assert not Qt.mightBeRichText(shown)
    model = dialog.plan.preview
    assert model.data(model.index(0, 0)) == "<b>bold</b>"
    dialog.reject()


def test_cancel_stops_an_import_and_nothing_is_stored(
    qtbot: QtBot, ask: Ask, empty_window: MainWindow, tmp_path: Path, board_of: BoardOf
) -> None:
    rows = [[f"Use case {n}"] for n in range(6_000)]
    dialog = ask(table(tmp_path / "many.csv", ["Title"], *rows))
    qtbot.waitUntil(dialog.foot.import_button.isEnabled)
    qtbot.mouseClick(dialog.foot.import_button, LEFT)
    qtbot.mouseClick(dialog.foot.cancel_button, LEFT)
    qtbot.waitUntil(lambda: not dialog.foot.is_running)
    assert dialog.isVisible()
    assert dialog.foot.import_button.isEnabled()
    assert board_of(empty_window).use_cases == ()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert QApplication.activeModalWidget() is None


def test_without_a_portfolio_one_is_made_and_named_after_the_table(
    qtbot: QtBot,
    bare_window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    board_of: BoardOf,
) -> None:
    from scoper.settings import portfolio_folder

    portfolio_folder().mkdir(parents=True, exist_ok=True)
    (portfolio_folder() / "Our ideas.scoper").write_text("taken")
    dialog = _asker(qtbot, bare_window, monkeypatch)(
        table(tmp_path / "Our ideas.csv", ["Title"], ["One"], ["Two"])
    )
    assert bare_window.session.path is None
    qtbot.mouseClick(dialog.foot.import_button, LEFT)
    qtbot.waitUntil(bare_window.notice.isVisible)
    board = board_of(bare_window)
    assert board.portfolio.title == "Our ideas"
    assert [u.title for u in board.use_cases] == ["One", "Two"]
    assert bare_window.session.path == portfolio_folder() / "Our ideas 2.scoper"
    assert len(board.portfolio.criteria) > 0


def test_a_file_that_is_no_table_is_told(
    qtbot: QtBot, empty_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n" + bytes(200))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    QTest.keyClick(empty_window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert "picture.csv" in box.text()
    box.close()


# ---------------------------------------------------------------- ratings


def test_ratings_are_imported_or_every_reason_is_given(
    qtbot: QtBot,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    board_of: BoardOf,
) -> None:
    board = board_of(window)
    before = len(board.portfolio.participants)
    criterion = board.portfolio.criteria[0].key
    rows = [["Newcomer", use_case.key, criterion, "4"] for use_case in board.use_cases[:3]]
    header = ["participant", "use_case", "criterion", "rating"]
    path = table(tmp_path / "ratings.csv", header, *rows, ["Newcomer", "UC-99", criterion, "A"])
    dialog = _ratings(qtbot, window, monkeypatch, path)
    qtbot.mouseClick(dialog.foot.import_button, LEFT)
    qtbot.waitUntil(lambda: dialog.plan.problems.rowCount() == 5)
    assert "tick the box" in dialog.foot.reason.text()
    assert not dialog.foot.import_button.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    dialog = _ratings(qtbot, window, monkeypatch, table(path, header, *rows))
    dialog.add_people.setFocus()
    qtbot.keyClick(dialog.add_people, Qt.Key.Key_Space)
    qtbot.mouseClick(dialog.foot.import_button, LEFT)
    qtbot.waitUntil(window.notice.isVisible)
    assert window.notice.text.text() == "Imported 3 ratings, 1 new participant"
    assert len(board_of(window).portfolio.participants) == before + 1
    qtbot.mouseClick(window.notice.action, LEFT)
    assert len(board_of(window).portfolio.participants) == before


def _ratings(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, path: Path
) -> RatingsDialog:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    start_ratings_import(window.context)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), RatingsDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RatingsDialog)
    return dialog


def test_ratings_refused_for_lack_of_a_file_can_be_imported_when_it_is_back(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, board_of: BoardOf
) -> None:
    path = window.session.path
    assert path
    portfolio = board_of(window).portfolio
    header = ("Participant", "Use case", "Criterion", "Rating")
    rated = (
        portfolio.participants[0].name,
        portfolio.use_cases[0].key,
        portfolio.criteria[0].title,
        1,
    )
    rows = table(path.with_name("ratings.xlsx"), header, rated)
    dialog = _ratings(qtbot, window, monkeypatch, rows)
    moved = path.rename(path.with_name("moved.scoper"))
    qtbot.mouseClick(dialog.foot.import_button, LEFT)
    qtbot.waitUntil(lambda: "not at its place any more" in dialog.foot.reason.text())
    moved.rename(path)
    window.session.refresh()
    qtbot.waitUntil(lambda: not dialog.foot.reason.text())
    qtbot.mouseClick(dialog.foot.import_button, LEFT)
    qtbot.waitUntil(window.notice.isVisible)
    assert window.notice.text.text() == "Imported 1 rating"
