"""The Documents page: choose, read, export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from scoper.commands import use_cases
from scoper.exchange.documents import MARK
from tests.ui.modal import answering, pressing
from ui.features.documents.document_view import DocumentView
from ui.features.documents.page import DocumentsPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.shell.main_window import MainWindow

# The platform without a screen says so about every dialog.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> DocumentsPage:
    """Return the page with the first document written."""
    window.go("documents")
    page = window.page("documents")
    assert isinstance(page, DocumentsPage)
    qtbot.waitUntil(lambda: bool(page.view.toPlainText()))
    return page


# ---------------------------------------------------------------- reading


def test_the_list_is_ranked_and_the_first_document_is_written(
    page: DocumentsPage, window: MainWindow
) -> None:
    board = window.session.board
    assert board is not None
    leader = board.ranked[0].use_case
    assert page.list.current == leader.id
    assert leader.title in page.view.toPlainText()
    assert page.list.table.rowCount() == len(board.use_cases)


def test_another_use_case_and_another_kind_are_written(
    qtbot: QtBot, page: DocumentsPage, window: MainWindow
) -> None:
    board = window.session.board
    assert board is not None
    second = board.ranked[1].use_case
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.list.current == second.id
    qtbot.waitUntil(lambda: second.title in page.view.toPlainText())
    before = page.view.toPlainText()
    qtbot.mouseClick(page.kinds, LEFT, pos=page.kinds.tabRect(1).center())
    assert page.kind == "prd"
    qtbot.waitUntil(lambda: page.view.toPlainText() != before)
    assert second.title in page.view.toPlainText()


def test_only_the_newest_document_asked_for_is_shown(
    qtbot: QtBot, page: DocumentsPage, window: MainWindow
) -> None:
    board = window.session.board
    assert board is not None
    for _ in range(5):
        qtbot.keyClick(page.list, Qt.Key.Key_Down)
    title = board.ranked[5].use_case.title
    qtbot.waitUntil(lambda: title in page.view.toPlainText())
    qtbot.waitUntil(lambda: not window.busy)
    assert title in page.view.toPlainText()


def test_search_narrows_the_list(qtbot: QtBot, page: DocumentsPage) -> None:
    qtbot.keyClicks(page.search, "churn")
    assert page.list.table.rowCount() == 1
    qtbot.waitUntil(lambda: "Churn alerts" in page.view.toPlainText())
    qtbot.keyClicks(page.search, "zzz")
    assert not page.list.isVisible()
    assert not page.docx_button.isEnabled()
    page.search.clear()
    assert page.docx_button.isEnabled()


def test_gaps_are_counted_and_lead_to_scope(
    qtbot: QtBot, page: DocumentsPage, window: MainWindow
) -> None:
    board = window.session.board
    assert board is not None
    unfinished = board.ranked[-1].use_case
    page.select(unfinished.id)
    qtbot.waitUntil(lambda: unfinished.title in page.view.toPlainText())
    number = page.view.toPlainText().count(MARK)
    assert number > 0
    assert page.gaps.text().startswith(f"{number} place")
    qtbot.mouseClick(page.scope_button, LEFT)
    scope = window.page("scope")
    assert window.current_page is scope
    assert scope.use_case_id == unfinished.id  # type: ignore[attr-defined]


def test_a_change_is_in_the_document_at_once(
    qtbot: QtBot, page: DocumentsPage, window: MainWindow
) -> None:
    chosen = page.list.current
    assert chosen is not None
    window.session.run(
        lambda store: use_cases.set_field(
            store, use_case_id=chosen, field="title", value="Match <b>all</b> invoices"
        )
    )
    qtbot.waitUntil(lambda: "Match <b>all</b> invoices" in page.view.toPlainText())
    assert page.list.current == chosen


def test_an_empty_portfolio_says_what_to_do(qtbot: QtBot, empty_window: MainWindow) -> None:
    empty_window.go("documents")
    page = empty_window.page("documents")
    assert isinstance(page, DocumentsPage)
    assert page.portfolio_button.isVisible()
    assert not page.docx_button.isEnabled()
    qtbot.mouseClick(page.portfolio_button, LEFT)
    assert empty_window.current_page is empty_window.page("portfolio")


def test_a_use_case_can_be_asked_for_before_the_page_was_ever_shown(
    qtbot: QtBot, window: MainWindow
) -> None:
    board = window.session.board
    assert board is not None
    wanted = board.ranked[7].use_case
    window.go("documents", wanted.id)
    page = window.page("documents")
    assert isinstance(page, DocumentsPage)
    qtbot.waitUntil(lambda: wanted.title in page.view.toPlainText())


def test_parts_stand_below_one_another_when_everything_is_large(
    qtbot: QtBot, page: DocumentsPage, window: MainWindow
) -> None:
    window.preferences.update(zoom=250)
    qtbot.waitUntil(
        lambda: page.view.mapTo(page, QPoint()).y() > page.list.mapTo(page, QPoint()).y()
    )
    assert page.docx_button.mapTo(page, QPoint(page.docx_button.width(), 0)).x() <= page.width()
    window.preferences.update(zoom=100)


# ---------------------------------------------------------------- exporting


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".md"])
def test_a_document_is_exported(
    qtbot: QtBot,
    page: DocumentsPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
) -> None:
    buttons = {".docx": page.docx_button, ".pdf": page.pdf_button, ".md": page.markdown_button}
    notice = page.context.notice
    proposed = _answer(monkeypatch, lambda name: str(tmp_path / Path(name).name))
    qtbot.mouseClick(buttons[suffix], LEFT)
    qtbot.waitUntil(notice.isVisible)
    target = tmp_path / Path(proposed[0]).name
    assert target.suffix == suffix
    assert target.stat().st_size > 500
    assert notice.text.text() == f"Exported to {target.name}"
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    qtbot.mouseClick(notice.action, LEFT)
    assert [Path(url.toLocalFile()) for url in opened] == [target]


def test_a_name_without_an_ending_gets_one_and_asks_before_it_replaces(
    qtbot: QtBot,
    page: DocumentsPage,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _answer(monkeypatch, lambda _: str(tmp_path / "brief v1.2"))
    qtbot.mouseClick(page.markdown_button, LEFT)
    target = tmp_path / "brief v1.2.md"
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: window.notice.isVisible())
    target.write_text("mine")
    _answer(monkeypatch, lambda name: "" if name == str(target) else str(target))
    with answering(pressing(Qt.Key.Key_Return)):
        qtbot.mouseClick(page.markdown_button, LEFT)
    qtbot.waitUntil(lambda: not window.busy)
    assert target.read_text() == "mine"


def test_the_workbook_is_exported(
    qtbot: QtBot,
    page: DocumentsPage,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "ranked.xlsx"
    _answer(monkeypatch, lambda _: str(target))
    qtbot.mouseClick(page.workbook_button, LEFT)
    qtbot.waitUntil(lambda: window.notice.isVisible())
    assert target.read_bytes().startswith(b"PK")


def test_a_folder_that_cannot_be_written_is_told(
    qtbot: QtBot,
    page: DocumentsPage,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _answer(monkeypatch, lambda _: str(tmp_path / "gone" / "a.docx"))
    qtbot.mouseClick(page.docx_button, LEFT)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert "a.docx" in box.text()
    box.close()
    assert not window.notice.isVisible()


def test_cancelling_exports_nothing(
    qtbot: QtBot, page: DocumentsPage, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    _answer(monkeypatch, lambda _: "")
    qtbot.mouseClick(page.docx_button, LEFT)
    assert not window.notice.isVisible()


def _answer(monkeypatch: pytest.MonkeyPatch, choose: Callable[[str], str]) -> list[str]:
    """Answer the question where to save; return the names that were proposed."""
    proposed: list[str] = []

    def ask(_parent: object, _title: str, name: str, filters: str, *_: object) -> tuple[str, str]:
        proposed.append(name)
        return choose(name), filters.split(";;", maxsplit=1)[0]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    return proposed


# ---------------------------------------------------------------- the preview is safe


HOSTILE = """# Title <img src="file:///etc/passwd">

![picture](file:///etc/hostname) ![web](http://127.0.0.1:9/x.png)

[website](https://example.org/a) [message](mailto:a@example.org)
[passwords](file:///etc/passwd) [program](javascript:alert(1))

| a | b |
|---|---|
| <b>x</b> | **[To be written: [a] list]** and [To be written |
"""


@pytest.fixture
def view(qtbot: QtBot, window: MainWindow) -> DocumentView:
    """Return a preview of a hostile document."""
    view = DocumentView(window.theme)
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show()
    view.show_markdown(HOSTILE, MARK)
    return view


def test_markup_stays_text_and_nothing_is_loaded(view: DocumentView) -> None:
    text = view.toPlainText()
    assert '<img src="file:///etc/passwd">' in text
    assert "<b>x</b>" in text
    for address in ("file:///etc/hostname", "/etc/hostname", "../../etc/hostname", "data:,x"):
        for kind in QTextDocument.ResourceType:
            found = view.document().resource(kind.value, QUrl(address))
            size = found.width() if isinstance(found, QImage) else len(bytes(found))
            assert size == 1, (kind, address)


def test_marks_are_shown(view: DocumentView, window: MainWindow) -> None:
    cursor = view.document().find(MARK)
    assert isinstance(cursor, QTextCursor)
    colour = cursor.charFormat().background().color().name().upper()
    assert colour == window.theme.colours.medium_wash
    plain = view.document().find(MARK, cursor)
    assert plain.charFormat().background().style() is Qt.BrushStyle.NoBrush


@pytest.mark.parametrize("word", ["passwords", "program"])
def test_links_elsewhere_do_nothing(
    qtbot: QtBot, view: DocumentView, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    _click(qtbot, view, word)
    assert QApplication.activeModalWidget() is None
    assert opened == []


@pytest.mark.parametrize(
    ("word", "address"), [("website", "https://example.org/a"), ("message", "mailto:a@example.org")]
)
def test_a_link_shows_its_target_before_it_opens(
    qtbot: QtBot, view: DocumentView, monkeypatch: pytest.MonkeyPatch, word: str, address: str
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    _click(qtbot, view, word)
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert address in box.text()
    assert opened == []
    opens = next(found for found in box.buttons() if found.text() == "Open")
    qtbot.mouseClick(opens, LEFT)
    assert [url.toString() for url in opened] == [address]


def _click(qtbot: QtBot, view: DocumentView, word: str) -> None:
    cursor = view.document().find(word)
    cursor.setPosition(cursor.selectionStart() + 2)
    view.ensureCursorVisible()
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.cursorRect(cursor).center())


def test_the_keyboard_begins_at_the_list_of_use_cases(page: DocumentsPage) -> None:
    assert page.list.hasFocus()
