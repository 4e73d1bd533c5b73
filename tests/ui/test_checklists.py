"""Answering the checklists of a step, and what the answers mean for a decision."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import use_cases
from scoper.terms import Decision
from ui.features.scope.checklist import ChecklistView
from ui.features.scope.page import ScopePage
from ui.kit.basics import LinkRow
from ui.shell.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
Settled = Callable[[MainWindow], Board]


def eu_ai_act(window: MainWindow, qtbot: QtBot, board_of: Settled) -> ChecklistView:
    """Return the questions on the EU AI Act for a new use case."""
    window.session.run(lambda store: use_cases.create(store, title="Late invoices"))
    board_of(window)
    window.go("scope")
    page = window.page("scope")
    assert isinstance(page, ScopePage)
    page.go_to_step(3)
    form = page.form(3)
    qtbot.waitUntil(lambda: "eu_ai_act" in form.checklists)
    return form.checklists["eu_ai_act"]


def answer(qtbot: QtBot, view: ChecklistView, group: str, place: int, value: str) -> str:
    """Answer a question with the mouse, opening its group; return the id of the question."""
    shown = view.groups[group]
    if not shown.is_open:
        qtbot.mouseClick(shown.toggle, LEFT)
    key = list(shown.rows)[place]
    qtbot.mouseClick(shown.rows[key].buttons[value], LEFT)
    return key


def test_an_answer_is_saved_and_the_same_click_takes_it_back(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    view = eu_ai_act(empty_window, qtbot, board_of)
    key = answer(qtbot, view, "Does the Act apply?", 0, "yes")
    given = board_of(empty_window).use_cases[0].answers_to("eu_ai_act")
    assert given[key].answer == "yes"
    assert "1 of 4 answered" in view.groups["Does the Act apply?"].toggle.text()
    assert "Answer EU AI Act" in empty_window.undo_button.toolTip()
    answer(qtbot, view, "Does the Act apply?", 0, "yes")
    assert board_of(empty_window).use_cases[0].answers == ()


def test_open_groups_stay_open_while_answers_change_what_is_asked(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    view = eu_ai_act(empty_window, qtbot, board_of)
    answer(qtbot, view, "Prohibited practices", 0, "yes")
    board_of(empty_window)
    assert view.groups["Prohibited practices"].is_open
    assert not view.groups["Our role"].isVisible()
    empty_window.session.undo()
    board_of(empty_window)
    assert view.groups["Our role"].isVisible()
    assert view.groups["Prohibited practices"].is_open


def test_a_prohibited_practice_rules_out_a_go_whatever_the_score(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    view = eu_ai_act(empty_window, qtbot, board_of)
    answer(qtbot, view, "Prohibited practices", 0, "yes")
    use_case = board_of(empty_window).use_cases[0]
    assert "a go cannot be recorded" in view.headline.text()
    refusals: list[str] = []
    empty_window.session.run(
        lambda store: use_cases.decide(store, use_case_id=use_case.id, decision=Decision.GO),
        refused=lambda error: refusals.append(str(error)),
    )
    assert board_of(empty_window).use_cases[0].decision is Decision.UNDECIDED
    assert len(refusals) == 1
    assert "Art. 5" in refusals[0]
    empty_window.session.run(
        lambda store: use_cases.decide(
            store, use_case_id=use_case.id, decision=Decision.NO_GO, reason="Prohibited"
        )
    )
    assert board_of(empty_window).use_cases[0].decision is Decision.NO_GO


def test_questions_can_be_answered_with_the_keyboard(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    view = eu_ai_act(empty_window, qtbot, board_of)
    group = view.groups["Does the Act apply?"]
    group.toggle.setFocus()
    QTest.keyClick(group.toggle, Qt.Key.Key_Space)
    key, line = next(iter(group.rows.items()))
    line.buttons["no"].setFocus()
    QTest.keyClick(line.buttons["no"], Qt.Key.Key_Space)
    given = board_of(empty_window).use_cases[0].answers_to("eu_ai_act")
    assert given[key].answer == "no"
    assert "outside the act" in view.headline.text().lower()


def test_what_a_group_leaves_open_is_answered_at_once_and_taken_back_at_once(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    view = eu_ai_act(empty_window, qtbot, board_of)
    group = view.groups["Prohibited practices"]
    qtbot.mouseClick(group.toggle, LEFT)
    assert group.rest_button.text() == "None of these: No"
    answer(qtbot, view, "Prohibited practices", 0, "unsure")
    board_of(empty_window)
    assert group.rest_button.text() == f"No to the other {len(group.rows) - 1}"
    group.rest_button.setFocus()
    QTest.keyClick(group.rest_button, Qt.Key.Key_Space)
    given = board_of(empty_window).use_cases[0].answers_to("eu_ai_act")
    assert sorted({a.answer for a in given.values()}) == ["no", "unsure"]
    assert len(given) == len(group.rows)
    assert not group.rest_button.isVisible()
    assert group.toggle.hasFocus()
    empty_window.session.undo()
    given = board_of(empty_window).use_cases[0].answers_to("eu_ai_act")
    assert [a.answer for a in given.values()] == ["unsure"]


def test_questions_that_decide_whether_the_act_applies_are_answered_one_by_one(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    view = eu_ai_act(empty_window, qtbot, board_of)
    group = view.groups["Does the Act apply?"]
    qtbot.mouseClick(group.toggle, LEFT)
    assert not group.rest_button.isVisible()


def test_what_the_gate_misses_leads_to_the_checklist(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    view = eu_ai_act(empty_window, qtbot, board_of)
    answer(qtbot, view, "Prohibited practices", 0, "yes")
    page = empty_window.page("scope")
    assert isinstance(page, ScopePage)
    asked = "Change what the EU AI Act prohibits, or decide against the use case"

    def links() -> list[LinkRow]:
        return [link for link in page.side.findChildren(LinkRow) if link.accessibleName() == asked]

    qtbot.waitUntil(lambda: bool(links()))
    qtbot.mouseClick(links()[0], LEFT)
    held = empty_window.focusWidget()
    assert held is not None
    assert view.isAncestorOf(held)


def test_the_last_question_that_is_open_is_answered_by_itself(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    view = eu_ai_act(empty_window, qtbot, board_of)
    name = next(name for name, group in view.groups.items() if group.rest_button.text())
    group = view.groups[name]
    qtbot.mouseClick(group.toggle, LEFT)
    count = len(group.rows)
    assert count > 2
    for place in range(count - 1):
        assert group.rest_button.isVisible()
        answer(qtbot, view, name, place, "no")
        board_of(empty_window)
    assert (group.progress, group.rest_button.isVisible()) == ((count - 1, count), False)
    answer(qtbot, view, name, 0, "no")
    board_of(empty_window)
    assert group.rest_button.text() == "No to the other 2"
    assert group.rest_button.isVisible()


def test_alt_and_an_arrow_leave_the_step_also_from_an_answer(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    view = eu_ai_act(empty_window, qtbot, board_of)
    answer(qtbot, view, "Does the Act apply?", 0, "yes")
    board_of(empty_window)
    first = next(iter(view.groups["Does the Act apply?"].rows.values()))
    page = empty_window.page("scope")
    assert isinstance(page, ScopePage)
    for key, step in ((Qt.Key.Key_Right, 4), (Qt.Key.Key_Left, 2)):
        button = first.buttons["yes"]
        button.setFocus()
        QTest.keyClick(button, key, Qt.KeyboardModifier.AltModifier)
        assert page.step == step
        page.go_to_step(3)
    first.buttons["yes"].setFocus()
    QTest.keyClick(first.buttons["yes"], Qt.Key.Key_Right)
    assert first.buttons["partly" if "partly" in first.buttons else "no"].hasFocus()
