"""Sections on the Documents page: find, edit, merge, review and approve, by keyboard and mouse."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from scoper.board import Board
from scoper.commands import use_cases
from scoper.snapshot import Section
from scoper.terms import SectionState
from ui.features.documents.page import DocumentsPage
from ui.features.documents.section_editor import SectionEditor

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.shell.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
BoardOf = Callable[["MainWindow"], Board]


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> DocumentsPage:
    """Return the page with the PR-FAQ of the use case that leads."""
    window.go("documents")
    page = window.page("documents")
    assert isinstance(page, DocumentsPage)
    qtbot.waitUntil(lambda: page.sections.list.count() > 0)
    window.activateWindow()
    return page


@pytest.fixture
def open_section(qtbot: QtBot, page: DocumentsPage) -> Callable[[str], SectionEditor]:
    """Return a function that opens a section for editing with the keyboard."""

    def opened(section: str) -> SectionEditor:
        page.sections.list.select(section)
        page.sections.list.setFocus()
        qtbot.keyClick(page.sections.list, Qt.Key.Key_Return)
        assert page.sections.editor.isVisible()
        return page.sections.editor

    return opened


def kept(board: Board, use_case_id: UUID | None, section: str, kind: str = "prfaq") -> Section:
    """Return what is kept of a section."""
    assert use_case_id is not None
    use_case = board.use_cases[board.portfolio.row_of[use_case_id]]
    return use_case.sections_of(kind)[section]


def type_anew(qtbot: QtBot, field: QWidget, text: str) -> None:
    """Replace what is in a field by typing."""
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, text)


def test_the_list_names_every_section_with_its_state(page: DocumentsPage) -> None:
    listed = page.sections.list
    texts = [listed.item(place).text() for place in range(listed.count())]
    assert any(text.startswith("Press release\n") for text in texts)
    assert any("✓" in text and "Headline" in text for text in texts)
    assert any("↻" in text and "The problem" in text for text in texts)
    spoken = Qt.ItemDataRole.AccessibleTextRole
    said = [str(listed.item(place).data(spoken) or "") for place in range(listed.count())]
    assert "Headline: approved" in said
    assert "The problem: sources have changed" in said
    assert "1 section with changed sources" in page.sections.progress.text()


def test_moving_in_the_list_shows_the_section_in_the_document(
    qtbot: QtBot, page: DocumentsPage
) -> None:
    page.sections.list.select("kpis")
    page.sections.list.setFocus()
    qtbot.keyClick(page.sections.list, Qt.Key.Key_Down)
    assert page.sections.list.current == "risks"
    first = page.view.cursorForPosition(page.view.viewport().rect().center())
    assert page.view.verticalScrollBar().value() > 0
    assert page.view.textCursor().block().text() == "Risks"
    assert first.position() > 0


def test_an_edit_is_saved_by_itself_shown_and_undone(
    qtbot: QtBot,
    page: DocumentsPage,
    window: MainWindow,
    board_of: BoardOf,
    open_section: Callable[[str], SectionEditor],
) -> None:
    before = board_of(window)
    editor = open_section("why_now")
    assert editor.text.widget.hasFocus()
    type_anew(qtbot, editor.text.widget, "Because **now** <b>counts</b>.")
    qtbot.keyClick(editor.text.widget, Qt.Key.Key_Escape)
    assert page.view.isVisible()
    qtbot.waitUntil(lambda: "Because now <b>counts</b>." in page.view.toPlainText())
    board = board_of(window)
    assert kept(board, page.list.current, "why_now").text == "Because **now** <b>counts</b>."
    assert board is not before
    window.session.undo()
    qtbot.waitUntil(lambda: "Because now" not in page.view.toPlainText())


def test_typing_is_not_lost_when_another_use_case_is_chosen(
    qtbot: QtBot,
    page: DocumentsPage,
    window: MainWindow,
    board_of: BoardOf,
    open_section: Callable[[str], SectionEditor],
) -> None:
    first = page.list.current
    editor = open_section("why_now")
    type_anew(qtbot, editor.text.widget, "Not lost")
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: not editor.isVisible())
    assert kept(board_of(window), first, "why_now").text == "Not lost"
    assert "Not lost" not in page.view.toPlainText()


@pytest.mark.parametrize(
    ("button", "says"),
    [
        ("keep_button", "much longer in the last days of a month"),
        ("redraft_button", "which takes 14 minutes on average"),
        ("both_button", "what to keep of the text above"),
    ],
)
def test_changed_sources_are_told_and_merged(
    qtbot: QtBot,
    page: DocumentsPage,
    open_section: Callable[[str], SectionEditor],
    button: str,
    says: str,
) -> None:
    editor = open_section("problem")
    assert editor.banner.isVisible()
    assert "38" in editor.new_draft.toPlainText()
    assert not editor.approve_button.isEnabled()
    qtbot.mouseClick(getattr(editor, button), LEFT)
    qtbot.waitUntil(lambda: not editor.banner.isVisible())
    assert says in editor.seen()
    page.session.undo()
    qtbot.waitUntil(editor.banner.isVisible)
    assert "much longer in the last days of a month" in editor.seen()


def test_a_section_is_marked_as_soon_as_its_source_changes(
    qtbot: QtBot,
    page: DocumentsPage,
    window: MainWindow,
    open_section: Callable[[str], SectionEditor],
) -> None:
    editor = open_section("faq_work")
    assert not editor.banner.isVisible()
    window.session.run(
        partial(
            use_cases.set_field, use_case_id=page.list.current, field="hiring", value="Ten people"
        )
    )
    qtbot.waitUntil(editor.banner.isVisible)
    assert "Ten people" in editor.new_draft.toPlainText()


def test_review_and_approval_carry_a_name(
    qtbot: QtBot,
    page: DocumentsPage,
    window: MainWindow,
    board_of: BoardOf,
    open_section: Callable[[str], SectionEditor],
) -> None:
    editor = open_section("why_now")
    reviewer = editor.people["reviewer"].entry
    type_anew(qtbot, reviewer, "Cy")
    qtbot.keyClick(reviewer, Qt.Key.Key_Return)
    qtbot.mouseClick(editor.review_button, LEFT)
    qtbot.waitUntil(lambda: editor.state.text() == "In review")
    qtbot.mouseClick(editor.approve_button, LEFT)
    qtbot.waitUntil(lambda: editor.state.text().startswith("Approved by"))
    section = kept(board_of(window), page.list.current, "why_now")
    assert section.state is SectionState.APPROVED
    assert section.reviewer == "Cy"
    assert section.approved_by == window.preferences.settings.who
    assert section.approved_on is not None
    assert not editor.approve_button.isVisible()
    qtbot.mouseClick(editor.reopen_button, LEFT)
    qtbot.waitUntil(lambda: editor.state.text() == "Drafting")


def test_what_is_to_be_written_cannot_be_approved(
    window: MainWindow,
    page: DocumentsPage,
    board_of: BoardOf,
    open_section: Callable[[str], SectionEditor],
    qtbot: QtBot,
) -> None:
    assert page.list.current is not None
    for field in ("response_time", "peak_load", "cost_per_case"):
        window.session.run(
            partial(use_cases.set_field, use_case_id=page.list.current, field=field, value="")
        )
    board_of(window)
    qtbot.mouseClick(page.kinds, LEFT, pos=page.kinds.tabRect(1).center())
    qtbot.waitUntil(lambda: "how fast it must answer" in page.view.toPlainText())
    editor = open_section("model")
    assert "to be written" in editor.about.text()
    assert not editor.approve_button.isEnabled()


def test_an_export_holds_what_is_still_being_typed(
    qtbot: QtBot,
    page: DocumentsPage,
    open_section: Callable[[str], SectionEditor],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "a.md"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    editor = open_section("why_now")
    type_anew(qtbot, editor.text.widget, "Typed a moment ago")
    page.markdown_button.click()
    qtbot.waitUntil(target.exists)
    assert "Typed a moment ago" in target.read_text(encoding="utf-8")


def test_the_brief_is_a_third_document(qtbot: QtBot, page: DocumentsPage) -> None:
    qtbot.mouseClick(page.kinds, LEFT, pos=page.kinds.tabRect(2).center())
    qtbot.waitUntil(lambda: "Plan and cost" in page.view.toPlainText())
    assert page.kind == "brief"
    assert page.sections.list.count() == 7


def test_a_broken_template_of_the_users_own_is_told(
    qtbot: QtBot, page: DocumentsPage, tmp_path: Path
) -> None:
    own = tmp_path / "home" / "library" / "documents" / "prd" / "template.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("{% block users %}\n{{ nobody }}\n{% endblock %}", encoding="utf-8")
    assert not page.fault.isVisible()
    qtbot.mouseClick(page.kinds, LEFT, pos=page.kinds.tabRect(1).center())
    qtbot.waitUntil(page.fault.isVisible)
    assert "template.md.j2, line 2: there is nothing called “nobody”" in page.fault.text()
    assert "Users" in page.view.toPlainText()
