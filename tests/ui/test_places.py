"""The places of fields: what is refused in one is forgotten once what it is about is deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import criteria, people, use_cases
from scoper.errors import Overtaken
from scoper.scoping import Field, Kind
from scoper.snapshot import Changes, ids
from scoper.store import Store
from scoper.text import SECTION_LIMIT
from ui.bridge.edits import Asker, Edit, asked_by
from ui.features.documents.page import DocumentsPage
from ui.features.library.page import SECTIONS, LibraryPage
from ui.features.scope.page import ScopePage
from ui.features.workshop.page import WorkshopPage
from ui.features.workshop.rating_grid import Cell
from ui.kit.asking.message import tell
from ui.kit.fields.editor import Editor
from ui.kit.fields.making import make_editor
from ui.kit.fields.place import Place
from ui.shell.conflict_dialog import ConflictDialog
from ui.shell.main_window import MainWindow

Settled = Callable[[MainWindow], Board]


def delete_elsewhere(window: MainWindow, qtbot: QtBot, command: Callable[[Store], object]) -> None:
    """Delete something as another window does, and wait until this one knows."""
    assert window.session.path
    with Store.open(window.session.path, "Kim") as store:
        command(store)
    with qtbot.waitSignal(window.session.board_changed):
        window.session.refresh()


def in_cell(page: WorkshopPage) -> Cell:
    place = page.view.grid.place(page.view.currentIndex())
    assert place
    return place


@pytest.mark.parametrize(
    "delete",
    [
        lambda store, cell: use_cases.remove(store, use_case_ids=[cell[0]]),
        lambda store, cell: criteria.remove(store, criterion_id=cell[1]),
        lambda store, cell: people.remove_participant(store, participant_id=cell[2]),
    ],
    ids=["use case", "criterion", "participant"],
)
def test_what_was_refused_in_a_cell_goes_with_what_it_rates(
    window: MainWindow, qtbot: QtBot, board_of: Settled, delete: Callable[..., object]
) -> None:
    window.go("workshop")
    page = window.current_page
    assert isinstance(page, WorkshopPage)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.view.setFocus()
    page.view.put_cursor(1, 1)
    cell = in_cell(page)
    QTest.keyClick(page.view, "9")
    typed = QApplication.focusWidget()
    assert isinstance(typed, QLineEdit)
    QTest.keyClicks(typed, "9")
    QTest.keyClick(typed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.session.saving.refused) == 1)
    delete_elsewhere(window, qtbot, lambda store: delete(store, cell))
    assert window.session.saving.is_clear


def test_what_was_refused_comes_back_with_what_it_is_about(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    window.go("scope")
    page = window.current_page
    assert isinstance(page, ScopePage)
    title = page.form(1).editors["current_cost"]
    assert page.use_case_id
    use_case_id = page.use_case_id
    title.widget.setFocus()
    QTest.keyClick(title.widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(title.widget, "a lot")
    page.flush()
    qtbot.waitUntil(lambda: len(window.session.saving.refused) == 1)
    window.session.run(lambda store: use_cases.remove(store, use_case_ids=[use_case_id]))
    board_of(window)
    assert window.session.saving.is_clear
    window.session.undo()
    board_of(window)
    assert len(window.session.saving.refused) == 1


def test_what_waited_counts_as_seen_once_it_is_saved(qtbot: QtBot) -> None:
    editor = make_editor(Field("owner", "Owner", Kind.LINE))
    qtbot.addWidget(editor)
    editor.set_value("Before")
    editor.recall("Mine", "The disk is full.")
    editor.set_value("Mine")
    editor.release()
    assert "Mine" in editor.seen


def test_no_question_opens_over_a_message(window: MainWindow, qtbot: QtBot) -> None:
    tell(window, "Read this first.")
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    edit = Edit(
        lambda store, seen: Changes(""), asker=Asker(Place.of(field="title"), "Mine", "Title", str)
    )
    window.session.overtaken.emit(edit, Overtaken("Changed", yours="Mine", theirs="Theirs"))
    assert not window.findChildren(ConflictDialog)
    box.reject()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ConflictDialog))
    QApplication.activeModalWidget().take.click()


def test_what_was_refused_in_a_section_goes_with_its_use_case(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    window.go("documents")
    page = window.page("documents")
    assert isinstance(page, DocumentsPage)
    qtbot.waitUntil(lambda: page.sections.list.count() > 0)
    page.sections.open("")
    use_case_id = page.subject
    assert use_case_id
    page.sections.editor.text.widget.setPlainText("x" * (SECTION_LIMIT + 1))
    page.flush()
    qtbot.waitUntil(lambda: len(window.session.saving.refused) == 1)
    delete_elsewhere(
        window, qtbot, lambda store: use_cases.remove(store, use_case_ids=[use_case_id])
    )
    assert window.session.saving.is_clear


def fields_of_the_use_case(window: MainWindow, qtbot: QtBot) -> Iterator[tuple[Place, Editor]]:
    """Yield every field that Scope and Documents show of the use case in view."""
    window.go("scope")
    scope = window.current_page
    assert isinstance(scope, ScopePage)
    for step in range(1, 6):
        scope.go_to_step(step)
        qtbot.waitUntil(lambda: not window.session.busy)
        yield from scope.fields()
    window.go("documents")
    documents = window.current_page
    assert isinstance(documents, DocumentsPage)
    qtbot.waitUntil(lambda: documents.sections.list.count() > 0)
    documents.sections.open("")
    yield from documents.fields()


def test_what_was_refused_anywhere_goes_with_the_use_case(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    for place, editor in fields_of_the_use_case(window, qtbot):
        window.session.mark(asked_by(editor, "?", place), "No")
    refused = window.session.saving.refused
    assert len(refused) > 30
    (use_case_id,) = {u.id for u in board_of(window).use_cases} & refused[0].asker.place.about
    delete_elsewhere(
        window, qtbot, lambda store: use_cases.remove(store, use_case_ids=[use_case_id])
    )
    assert window.session.saving.refused == ()


def test_every_field_of_the_library_is_about_something_that_is_there(
    window: MainWindow, board_of: Settled
) -> None:
    """But for those of the portfolio itself, which goes only with everything."""
    there = ids(board_of(window).portfolio)
    window.go("library")
    page = window.current_page
    assert isinstance(page, LibraryPage)
    about_nothing = set()
    for name in SECTIONS:
        page.show_section(name)
        for place, _ in page.fields():
            assert place.is_among(there), place
            if not place.about:
                about_nothing.add(name)
    assert about_nothing == {"Method"}
