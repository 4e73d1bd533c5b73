"""A team walks a use case through the five steps."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QVBoxLayout
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import use_cases
from scoper.scoping import STEPS, StepState
from scoper.terms import Approach
from tests.ui.library_parts import lay_out
from ui.features.scope.extras import EXTRAS
from ui.features.scope.extras.extra import Extra
from ui.features.scope.extras.feasibility import Benefit
from ui.features.scope.page import ScopePage
from ui.kit.basics import ElidedButton
from ui.kit.fields.chosen import ChoiceEditor
from ui.kit.fields.typed import DayEditor, LineEditor
from ui.kit.lists.item_list import ItemList
from ui.shell.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
Settled = Callable[[MainWindow], Board]


def scope(window: MainWindow) -> ScopePage:
    window.go("scope")
    page = window.page("scope")
    assert isinstance(page, ScopePage)
    return page


def new_use_case(window: MainWindow, board_of: Settled) -> ScopePage:
    window.session.run(lambda store: use_cases.create(store, title="Late invoices"))
    board_of(window)
    return scope(window)


def list_of(page: ScopePage, name: str) -> ItemList:
    return next(items for items in page.form(page.step).lists if items.spec.name == name)


def test_typing_is_saved_when_the_field_is_left(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = new_use_case(empty_window, board_of)
    editor = page.form(1).editors["problem"].widget
    qtbot.mouseClick(editor.viewport(), LEFT)
    qtbot.keyClicks(editor, "Invoices are paid late")
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert board_of(empty_window).use_cases[0].problem == "Invoices are paid late"
    assert editor.toPlainText() == "Invoices are paid late"


def test_typing_is_saved_when_it_pauses(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = new_use_case(empty_window, board_of)
    editor = page.form(1).editors["owner"].widget
    qtbot.keyClicks(editor, "Kim")
    with qtbot.waitSignal(empty_window.session.board_changed):
        pass
    assert board_of(empty_window).use_cases[0].owner == "Kim"
    assert editor.text() == "Kim"


def test_ctrl_z_in_a_saved_field_takes_back_the_step(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = new_use_case(empty_window, board_of)
    editor = page.form(1).editors["owner"]
    editor.widget.setFocus()
    qtbot.keyClicks(editor.widget, "Kim")
    editor.flush()
    board_of(empty_window)
    QTest.keyClick(editor.widget, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert board_of(empty_window).use_cases[0].owner == ""
    assert editor.widget.text() == ""


def test_a_problem_that_names_a_technology_is_told(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = new_use_case(empty_window, board_of)
    editor = page.form(1).editors["problem"]
    qtbot.keyClicks(editor.widget, "We need a chatbot")
    editor.flush()
    board = board_of(empty_window)
    report = board.steps[board.use_cases[0].id][0]
    assert report.state is StepState.OPEN
    assert any("chatbot" in requirement.missing for requirement in report.missing)
    assert "4 things missing" in page.stepper.steps[0].accessibleName()


def test_a_number_that_is_none_is_refused_beside_the_field(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = new_use_case(empty_window, board_of)
    editor = page.form(1).editors["current_cost"]
    qtbot.keyClicks(editor.widget, "a lot")
    editor.flush()
    board = board_of(empty_window)
    assert board.use_cases[0].current_cost is None
    assert "not a number" in editor.problem
    assert editor.widget.text() == "a lot"
    editor.widget.selectAll()
    qtbot.keyClicks(editor.widget, "12,500.50")
    editor.flush()
    assert board_of(empty_window).use_cases[0].current_cost == 12_500.5
    assert not editor.problem


def test_options_are_added_chosen_moved_and_deleted(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = new_use_case(empty_window, board_of)
    page.go_to_step(2)
    for _ in range(2):
        qtbot.mouseClick(list_of(page, "solutions").add_button, LEFT)
        board_of(empty_window)
    first, second = board_of(empty_window).use_cases[0].solutions
    title = list_of(page, "solutions").editor(second.id, "title")
    title.widget.selectAll()
    qtbot.keyClicks(title.widget, "Learn from past matches")
    title.flush()
    approach = list_of(page, "solutions").editor(second.id, "approach").widget
    QTest.keyClick(approach, Qt.Key.Key_End)
    QTest.keyClick(approach, Qt.Key.Key_Return)
    board = board_of(empty_window)
    assert board.use_cases[0].solutions[1].title == "Learn from past matches"
    page.edits.move_item("solutions", second.id, -1)
    assert board_of(empty_window).use_cases[0].solutions[0].id == second.id
    page.edits.remove_item("solutions", first.id)
    assert len(board_of(empty_window).use_cases[0].solutions) == 1
    assert empty_window.notice.isVisible()
    qtbot.mouseClick(empty_window.notice.action, LEFT)
    assert len(board_of(empty_window).use_cases[0].solutions) == 2


def test_choosing_an_approach_is_saved(window: MainWindow, qtbot: QtBot, board_of: Settled) -> None:
    page = scope(window)
    page.go_to_step(2)
    use_case = board_of(window).use_cases[0]
    option = use_case.solutions[0]
    widget = list_of(page, "solutions").editor(option.id, "approach").widget
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_End)
    widget.activated.emit(widget.currentIndex())
    assert board_of(window).use_cases[0].solutions[0].approach is Approach.BUILD


def test_all_five_steps_show_every_use_case(window: MainWindow, board_of: Settled) -> None:
    page = scope(window)
    for use_case in board_of(window).use_cases:
        page.select(use_case.id)
        for step in STEPS:
            page.go_to_step(step.number)
            assert page.heading.text() == step.title
            reports = board_of(window).steps[use_case.id]
            assert page.stepper.steps[step.number - 1].isChecked()
            assert (reports[step.number - 1].state is StepState.PASSED) == (
                "gate passed" in page.stepper.steps[step.number - 1].accessibleName()
            )


def test_a_missing_point_leads_to_its_field(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    from ui.kit.basics import LinkRow

    page = new_use_case(empty_window, board_of)
    owner = next(row for row in page.side.findChildren(LinkRow) if "owner" in row.accessibleName())
    qtbot.mouseClick(owner, LEFT)
    assert page.form(1).editors["owner"].widget.hasFocus()


def test_next_and_back_walk_the_steps_by_keyboard(window: MainWindow) -> None:
    page = scope(window)
    QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert page.step == 2
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.step == 1


def test_an_empty_portfolio_says_how_to_begin(empty_window: MainWindow) -> None:
    page = scope(empty_window)
    assert page.empty_card.isVisible()


def test_typing_replaces_the_stand_in_title_of_a_new_entry(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = new_use_case(empty_window, board_of)
    for step, name in ((2, "solutions"), (3, "evidence")):
        page.go_to_step(step)
        qtbot.mouseClick(list_of(page, name).add_button, LEFT)
        board_of(empty_window)
        qtbot.keyClicks(empty_window.focusWidget(), "Matches by rule")
        page.flush()
    use_case = board_of(empty_window).use_cases[0]
    assert use_case.solutions[0].title == "Matches by rule"
    assert use_case.evidence[0].statement == "Matches by rule"


def test_a_long_title_in_the_chooser_ends_in_an_ellipsis(
    empty_window: MainWindow, board_of: Settled
) -> None:
    page = new_use_case(empty_window, board_of)
    title = "Fewer late supplier invoices in every country"
    empty_window.session.run(
        partial(use_cases.set_field, use_case_id=page.use_case_id, field="title", value=title)
    )
    board_of(empty_window)
    assert page.chooser.shown_text().startswith("UC-01  Fewer")
    assert page.chooser.shown_text().endswith("…")
    assert page.chooser.toolTip().endswith(title)
    assert page.chooser.currentText().endswith(title)


def test_tab_walks_on_from_a_new_entry_to_what_stands_below_it(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = new_use_case(empty_window, board_of)
    page.go_to_step(2)
    options = list_of(page, "solutions")
    qtbot.mouseClick(options.add_button, LEFT)
    first = board_of(empty_window).use_cases[0].solutions[0]
    options.editor(first.id, "reason").setFocus()
    QTest.keyClick(empty_window.focusWidget(), Qt.Key.Key_Tab)
    assert options.add_button.hasFocus()
    QTest.keyClick(options.add_button, Qt.Key.Key_Tab)
    assert options.choose_button.hasFocus()
    QTest.keyClick(options.choose_button, Qt.Key.Key_Tab)
    assert page.form(2).editors["expected_output"].widget.hasFocus()
    QTest.keyClick(empty_window.focusWidget(), Qt.Key.Key_Tab)
    assert not options.isAncestorOf(empty_window.focusWidget())


def test_all_fields_of_a_new_entry_are_scrolled_into_view(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = new_use_case(empty_window, board_of)
    page.go_to_step(2)
    form, options = page.form(2), list_of(page, "solutions")
    for _ in range(2):
        qtbot.mouseClick(options.add_button, LEFT)
        board_of(empty_window)

    def whole_entry_is_seen() -> bool:
        solutions = board_of(empty_window).use_cases[0].solutions
        entry = list(options.entry(solutions[-1].id).editors.values())
        top = entry[0].mapTo(form.viewport(), QPoint(0, 0))
        foot = entry[-1].mapTo(form.viewport(), QPoint(0, entry[-1].height()))
        return 0 <= top.y() < foot.y() <= form.viewport().height()

    qtbot.waitUntil(whole_entry_is_seen)


def test_a_date_is_shown_whole_in_a_narrow_row(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = new_use_case(empty_window, board_of)
    page.go_to_step(4)
    milestones = list_of(page, "milestones")
    qtbot.mouseClick(milestones.add_button, LEFT)
    item = board_of(empty_window).use_cases[0].milestones[0]
    due = milestones.editor(item.id, "due")
    assert isinstance(due, DayEditor)
    qtbot.keyClicks(due.widget, "2026-12-15")
    due.widget.home(False)
    seen = due.widget.cursorPositionAt(QPoint(due.widget.width() - 10, due.widget.height() // 2))
    assert seen == len("2026-12-15")


def test_a_long_line_is_read_from_its_start_once_it_is_left(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = new_use_case(empty_window, board_of)
    owner = page.form(1).editors["function"]
    assert isinstance(owner, LineEditor)
    owner.setFocus()
    qtbot.keyClicks(owner.widget, "Finance, purchasing and the shared service centre")
    QTest.keyClick(owner.widget, Qt.Key.Key_Tab)
    assert owner.widget.cursorPosition() == 0
    assert owner.widget.text().endswith("centre")


def test_the_wheel_over_a_choice_does_not_take_the_cursor_away(
    empty_window: MainWindow, board_of: Settled
) -> None:
    page = new_use_case(empty_window, board_of)
    stage = page.form(1).editors["stage"]
    assert isinstance(stage, ChoiceEditor)
    assert not stage.widget.focusPolicy() & Qt.FocusPolicy.WheelFocus & ~Qt.FocusPolicy.StrongFocus


def test_the_steps_are_named_in_full_at_150_percent(
    empty_window: MainWindow, board_of: Settled
) -> None:
    page = new_use_case(empty_window, board_of)
    empty_window.preferences.update(zoom=150)
    QApplication.processEvents()
    for step in page.stepper.steps:
        title = step.findChildren(QLabel)[0]
        assert title.text() == step.accessibleName().split(": ")[1].rsplit(", ", 1)[0]
        needed = title.heightForWidth(title.width())
        assert title.height() >= needed
        widest = max(title.fontMetrics().horizontalAdvance(word) for word in title.text().split())
        assert title.width() >= widest


def test_the_line_of_an_entry_is_cut_with_an_ellipsis_and_keeps_its_ampersand(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = new_use_case(empty_window, board_of)
    page.go_to_step(2)
    options = list_of(page, "solutions")
    qtbot.mouseClick(options.add_button, LEFT)
    item = board_of(empty_window).use_cases[0].solutions[0]
    title = options.editor(item.id, "title")
    assert isinstance(title, LineEditor)
    qtbot.keyClicks(title.widget, "R&D prototype that learns from " + "all the " * 8 + "invoices")
    title.flush()
    board_of(empty_window)
    shown = QAbstractButton.text(options.findChildren(ElidedButton)[0])
    assert shown.startswith("R&&D prototype")
    assert shown.endswith("…")


class Surroundings(Extra):
    """Says above and below a section that it is there."""

    def stand_above(self, body: QVBoxLayout) -> None:
        """Place a line above."""
        body.addWidget(QLabel("What stands above"))

    def stand_below(self, body: QVBoxLayout) -> None:
        """Place a line below."""
        body.addWidget(QLabel("What stands below"))


@pytest.mark.parametrize(
    ("step", "first"), [(1, "problem"), (3, "benefit_low"), (3, "risks")], ids=str
)
def test_an_extra_stands_around_fields_as_around_a_list(
    empty_window: MainWindow,
    board_of: Settled,
    monkeypatch: pytest.MonkeyPatch,
    step: int,
    first: str,
) -> None:
    monkeypatch.setitem(EXTRAS, first, Surroundings)
    page = new_use_case(empty_window, board_of)
    page.go_to_step(step)
    form = page.form(step)
    extra = form.extra(Surroundings)
    section = next(each for each in form.sections if each.extra is extra)
    lay_out()
    said = {each.text(): each for each in section.findChildren(QLabel)}
    above, below = said["What stands above"], said["What stands below"]
    assert above.isVisible()
    assert below.isVisible()
    held = [section.items] if section.items else list(section.editors.values())
    tops = [each.mapTo(section, QPoint()).y() for each in held if each is not None]
    assert above.y() < min(tops) <= max(tops) < below.y()


def test_the_expected_benefit_stands_right_below_its_three_amounts(
    window: MainWindow, board_of: Settled
) -> None:
    page = scope(window)
    page.go_to_step(3)
    form = page.form(3)
    extra = form.extra(Benefit)
    section = next(each for each in form.sections if each.extra is extra)
    lay_out()
    tops = [
        each.mapTo(section, QPoint()).y()
        for each in (
            section.editors["benefit_high"],
            extra.expected,
            section.editors["benefit_basis"],
        )
    ]
    assert extra.expected.isVisible()
    assert tops == sorted(set(tops))
