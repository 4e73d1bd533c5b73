"""Leadership's page: ranked table, chart, what-if, decision."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import answers, criteria, people, portfolios, scores, use_cases
from scoper.commands.scores import Cell
from scoper.scoring.methods import METHODS
from scoper.snapshot import Changes
from scoper.store import Store
from scoper.terms import Decision
from tests.charts.boards import board_at
from tests.support import ON, assumed
from tests.ui.library_parts import lay_out
from ui.features.ranking.page import RankingPage
from ui.kit.tables.use_case_table import RAW
from ui.shared.explanation import Explanation
from ui.shell.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
Settled = Callable[[MainWindow], Board]


def ranking(window: MainWindow) -> RankingPage:
    window.go("ranking")
    page = window.page("ranking")
    assert isinstance(page, RankingPage)
    return page


def shown(page: RankingPage, column: int) -> list[str]:
    table = page.view.table
    return [table.index(row, column).data() for row in range(table.rowCount())]


def test_table_and_chart_show_the_board(window: MainWindow, board_of: Settled) -> None:
    page = ranking(window)
    board = board_of(window)
    assert shown(page, 1) == [s.use_case.title for s in board.ranked]
    assert shown(page, 0)[:2] == ["1", "2"]
    assert shown(page, 0)[-1] == "–"
    marks = [s.use_case.id for s in board.ranked if s.rank]
    assert all(page.chart.position_of(use_case_id) is not None for use_case_id in marks)
    assert page.chart.accessibleDescription()


def test_a_click_on_a_mark_selects_the_row(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = ranking(window)
    lowest = next(s for s in reversed(board_of(window).ranked) if s.rank).use_case
    place = page.chart.position_of(lowest.id)
    assert place is not None
    qtbot.mouseClick(page.chart, LEFT, pos=place.toPoint())
    assert page.view.current == lowest.id


def test_moving_risk_aversion_reranks_at_once_and_stores_nothing(
    window: MainWindow, board_of: Settled
) -> None:
    page = ranking(window)
    stored = board_of(window)
    before = shown(page, 3)
    slider = page.what_if.dials["risk_aversion"].slider
    for _ in range(6):
        QTest.keyClick(slider, Qt.Key.Key_PageUp)
    assert shown(page, 3) != before
    assert board_of(window).parameters == stored.parameters
    page.what_if.reset_button.click()
    assert shown(page, 3) == before


def test_what_is_tried_stays_when_others_change_something_and_when_zoomed(
    window: MainWindow, board_of: Settled
) -> None:
    page = ranking(window)
    stored = board_of(window)
    dial = page.what_if.dials["risk_aversion"]
    for _ in range(6):
        QTest.keyClick(dial.slider, Qt.Key.Key_PageUp)
    tried, told = dial.value, page.lead.text()
    reach = stored.portfolio.criteria[1]
    window.session.run(
        lambda store: criteria.set_field(store, criterion_id=reach.id, field="weight", value=26)
    )
    board_of(window)
    assert (dial.value, page.lead.text()) == (tried, told)
    assert page.what_if.weight_dials[reach.id].value == 26
    assert set(page.what_if.moved_parameters) == {"risk_aversion"}
    assert not page.what_if.moved_weights
    QTest.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert page.what_if.dials["risk_aversion"].value == tried
    page.what_if.apply_button.click()
    assert board_of(window).parameters["risk_aversion"] == tried
    assert not page.what_if.apply_button.isEnabled()


def test_what_others_set_to_another_value_meanwhile_is_not_replaced(
    window: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    page = ranking(window)
    board_of(window)
    QTest.keyClick(page.what_if.dials["risk_aversion"].slider, Qt.Key.Key_PageUp)
    window.session.run(
        lambda store: portfolios.set_parameter(store, name="risk_aversion", value=1.7)
    )
    board_of(window)
    page.what_if.apply_button.click()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    QTest.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Escape)
    assert board_of(window).parameters["risk_aversion"] == 1.7


def test_applied_weights_are_stored_as_one_step(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = ranking(window)
    stored = board_of(window)
    dial = next(iter(page.what_if.weight_dials.values()))
    QTest.keyClick(dial.slider, Qt.Key.Key_Home)
    QTest.keyClick(page.what_if.dials["risk_aversion"].slider, Qt.Key.Key_Home)
    qtbot.mouseClick(page.what_if.apply_button, LEFT)
    board = board_of(window)
    assert board.parameters["risk_aversion"] == 0
    assert board.portfolio.criteria[0].weight == 0
    assert not page.what_if.apply_button.isEnabled()
    window.session.undo()
    board = board_of(window)
    assert board.parameters == stored.parameters
    assert board.portfolio.criteria[0].weight == stored.portfolio.criteria[0].weight


def test_a_weight_that_a_colleague_changed_meanwhile_stays_when_others_are_applied(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = ranking(window)
    theirs = board_of(window).portfolio.criteria[1]
    dial = next(iter(page.what_if.weight_dials.values()))
    QTest.keyClick(dial.slider, Qt.Key.Key_Home)
    assert window.session.path
    with Store.open(window.session.path, "Kim") as store:
        criteria.set_field(store, criterion_id=theirs.id, field="weight", value=0.3)
    qtbot.mouseClick(page.what_if.apply_button, LEFT)
    board = board_of(window)
    assert [criterion.weight for criterion in board.portfolio.criteria[:2]] == [0.0, 0.3]


def test_a_dial_that_is_back_where_it_was_has_nothing_to_apply(window: MainWindow) -> None:
    page = ranking(window)
    dial = next(iter(page.what_if.weight_dials.values()))
    stored = dial.value
    QTest.keyClick(dial.slider, Qt.Key.Key_Right)
    assert page.what_if.apply_button.isEnabled()
    QTest.keyClick(dial.slider, Qt.Key.Key_Left)
    assert dial.value == stored
    assert not page.what_if.apply_button.isEnabled()


def test_a_dimension_without_weight_says_so(window: MainWindow) -> None:
    page = ranking(window)
    for dial in list(page.what_if.weight_dials.values())[:3]:
        QTest.keyClick(dial.slider, Qt.Key.Key_Home)
    assert "impact" in page.what_if.problem.text()
    assert page.lead.text() == "Nothing can be ranked."


def test_a_decision_is_recorded_with_its_reason(window: MainWindow, board_of: Settled) -> None:
    page = ranking(window)
    page.view.selectRow(0)
    first = page.view.current
    assert first is not None
    QTest.keyClick(page.view, Qt.Key.Key_Space)
    (dialog,) = page.findChildren(Explanation)
    dialog.reason.widget.selectAll()
    QTest.keyClicks(dialog.reason.widget, "Pays for itself")
    dialog.choice.widget.setCurrentIndex(list(Decision).index(Decision.HOLD))
    dialog.choice.widget.activated.emit(list(Decision).index(Decision.HOLD))
    dialog.accept()
    use_case = board_of(window).standing(first).use_case
    assert use_case.decision is Decision.HOLD
    assert use_case.decision_reason == "Pays for itself"
    assert use_case.decided_on is not None


def test_what_breaks_even_but_for_rounding_is_not_counted_as_above(window: MainWindow) -> None:
    board = board_at([(7 / 8, 2 / 8, 3 / 8), (1, 1, 0)])
    page = ranking(window)
    page.show_board(board.what_if(parameters=assumed(risk_aversion=1.0)), Changes(""))
    assert "1 of 2 ranked use cases scores above break-even" in page.rest.text()


@pytest.mark.parametrize(
    ("method_id", "said", "columns"),
    [
        ("balanced", "above it the expected gain outweighs the loss", 5),
        ("weighted_sum", "S = 100 · Σ w·v", 5),
        ("topsis", "TOPSIS does not split into criteria.", 4),
        ("promethee2", "It can move when another use case is added or removed.", 5),
    ],
)
def test_every_method_explains_its_own_score(
    window: MainWindow, board_of: Settled, method_id: str, said: str, columns: int
) -> None:
    window.session.run(lambda store: portfolios.set_field(store, field="method", value=method_id))
    board = board_of(window)
    page = ranking(window)
    balanced = method_id == "balanced"
    assert ("break-even" in page.method.text() + page.rest.text()) is balanced
    assert ("risk_aversion" in page.what_if.dials) is balanced
    lengths = [page.view.table.index(row, 3).data(RAW) for row in range(10)]
    assert all(0 <= length <= 1 for length in lengths)
    assert lengths == sorted(lengths, reverse=True)
    first = board.ranked[0]
    page.select(first.use_case.id)
    page.explain()
    (dialog,) = page.findChildren(Explanation)
    texts = [each.text() for each in dialog.findChildren(QLabel)]
    assert any(said in text for text in texts)
    assert f"Rank 1 of 10, score {first.score_text}" in texts
    heads = ("Criterion", "Rating", "Raters", "Share", "Adds")
    assert [head for head in heads if head in texts] == list(heads[:columns])
    dialog.accept()


def test_a_scheme_without_weights_or_risk_shows_what_its_formula_takes(
    window: MainWindow, board_of: Settled
) -> None:
    window.session.run(
        lambda store: portfolios.apply_scheme(store, scheme_id="ice", drop_ratings=True)
    )
    board = board_of(window)
    person, use_case = board.portfolio.participants[0], board.use_cases[0]
    cells = [Cell(use_case.id, c.id, person.id, 4.0) for c in board.portfolio.criteria]
    window.session.run(lambda store: scores.set_ratings(store, cells=cells))
    assert board_of(window).standing(use_case.id).score == 64
    page = ranking(window)
    assert page.what_if.weight_dials
    assert not any(dial.isVisible() for dial in page.what_if.weight_dials.values())
    assert "nothing to draw" in page.chart.accessibleDescription()
    page.select(use_case.id)
    page.explain()
    (dialog,) = page.findChildren(Explanation)
    texts = [each.text() for each in dialog.findChildren(QLabel)]
    assert "ICE = impact · confidence · ease" in texts
    assert "no risk criterion" in texts
    assert "Share" not in texts
    dialog.accept()


def test_an_unrated_portfolio_says_what_to_do(empty_window: MainWindow) -> None:
    page = ranking(empty_window)
    assert "workshop" in page.rest.text()


def test_use_cases_that_wait_are_told_in_the_number_they_are(
    window: MainWindow, board_of: Settled
) -> None:
    page = ranking(window)
    board = board_of(window)
    waiting = [
        u.id for u, rank in zip(board.use_cases, board.ranking.rank, strict=True) if not rank
    ]
    window.session.run(partial(use_cases.remove, use_case_ids=tuple(waiting)))
    window.session.run(lambda store: use_cases.create(store, title="Sort the post"))
    board_of(window)
    assert "1 use case is not fully rated and stands below." in page.rest.text()
    window.session.run(lambda store: use_cases.create(store, title="Answer the phone"))
    board_of(window)
    assert "2 use cases are not fully rated and stand below." in page.rest.text()


def test_the_decision_is_in_view_beside_the_score(window: MainWindow, board_of: Settled) -> None:
    page = ranking(window)
    window.resize(1366, 768)
    page.view.select(board_of(window).ranked[0].use_case.id)
    QTest.keyClick(page.view, Qt.Key.Key_Space)
    explanation = page.findChild(Explanation)
    assert isinstance(explanation, Explanation)
    said = [found.text() for found in explanation.findChildren(QLabel)]
    assert any(text.endswith(" q") for text in said)
    assert any(text.endswith(" p") for text in said)
    assert said.index("In short") < said.index("Likelihood of success") < said.index("Score")
    assert not explanation.choice.visibleRegion().isEmpty()
    assert not explanation.reason.visibleRegion().isEmpty()
    explanation.close()


def test_every_parameter_of_the_method_has_a_slider_and_is_applied(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = ranking(window)
    assert list(page.what_if.dials) == [each.name for each in METHODS["balanced"].parameters]
    QTest.keyClick(page.what_if.dials["p_high"].slider, Qt.Key.Key_End)
    QTest.keyClick(page.what_if.dials["p_low"].slider, Qt.Key.Key_Home)
    assert "lowest likelihood = 0, highest likelihood = 1" in page.method.text()
    qtbot.mouseClick(page.what_if.apply_button, LEFT)
    assert board_of(window).parameters == {"risk_aversion": 1.0, "p_low": 0.0, "p_high": 1.0} | ON


def test_ranks_that_move_are_drawn_beside_the_sliders_until_reset(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page, board = ranking(window), board_of(window)
    window.resize(1366, 768)
    assert not page.what_if.ranks.text()
    buttons = page.what_if.apply_button.mapTo(window, QPoint())
    QTest.keyClick(page.what_if.dials["stake"].slider, Qt.Key.Key_End)
    assert [s.use_case.title for s in board.ranked[:2]] == [
        "Invoice matching",
        "Store energy control",
    ]
    assert page.what_if.ranks.text().startswith("▲ Store energy control 2 → 1 and ")
    assert page.what_if.ranks.accessibleDescription().startswith(
        "▲ Store energy control 2 → 1; ▼ Invoice matching 1 → 2; "
    )
    lay_out()
    assert page.what_if.apply_button.mapTo(window, QPoint()) == buttons
    page.what_if.take_focus()
    for dial in (*page.what_if.dials.values(), *page.what_if.weight_dials.values()):
        assert window.focusWidget() is dial.slider, dial.title
        qtbot.waitUntil(lambda d=dial: not d.slider.visibleRegion().isEmpty())  # type: ignore[misc]
        QTest.keyClick(dial.slider, Qt.Key.Key_Tab)
    qtbot.mouseClick(page.what_if.reset_button, LEFT)
    assert not page.what_if.ranks.text()


def test_likelihoods_that_cross_are_told_and_not_applied(window: MainWindow) -> None:
    page = ranking(window)
    before = shown(page, 3)
    QTest.keyClick(page.what_if.dials["p_low"].slider, Qt.Key.Key_End)
    assert "is above the highest likelihood" in page.what_if.problem.text()
    assert not page.what_if.apply_button.isEnabled()
    assert shown(page, 3) == before
    page.what_if.reset_button.click()
    assert page.what_if.problem.text() == ""


def test_a_go_that_a_prohibition_voids_is_marked_also_after_reopening(
    window: MainWindow, qtbot: QtBot, board_of: Settled, open_file: Callable[[Path], MainWindow]
) -> None:
    first = board_of(window).ranked[0].use_case
    session = window.session
    session.run(lambda store: use_cases.decide(store, use_case_id=first.id, decision=Decision.GO))
    session.run(
        lambda store: answers.set_answer(
            store,
            use_case_id=first.id,
            questionnaire="eu_ai_act",
            question="ban_emotion",
            answer="yes",
        )
    )
    board_of(window)
    assert session.path is not None
    page = ranking(open_file(session.path))
    last = page.view.table.columnCount() - 1
    qtbot.waitUntil(lambda: shown(page, last)[0] == "Go (prohibited)")
    board = board_of(window)
    assert board.progress(first.id) == 4
    dialog = Explanation(window, page.context, board, first.id)
    qtbot.addWidget(dialog)
    dialog.show()
    told = [found.text() for found in dialog.findChildren(QLabel) if found.isVisible()]
    assert any("a go does not hold" in text for text in told)


@pytest.mark.parametrize(
    ("titles", "named"),
    [
        ("A", "“A” leads with"),
        ("AB", "“A” and “B” lead together with"),
        ("ABC", "“A”, “B” and “C” lead together with"),
        ("ABCD", "“A”, “B”, “C” and 1 more lead together with"),
        ("ABCDE", "“A”, “B”, “C” and 2 more lead together with"),
        ("A" * 60, "“A”, “A”, “A” and 57 more lead together with"),
    ],
)
def test_the_banner_says_how_many_lead_together(
    empty_window: MainWindow, board_of: Settled, titles: str, named: str
) -> None:
    session = empty_window.session
    session.run(lambda store: people.add_participant(store, name="Ada"))
    for title in [*titles, "Last"]:
        session.run(partial(use_cases.create, title=title))
    portfolio = board_of(empty_window).portfolio
    (ada,) = portfolio.participants
    cells = [
        Cell(use_case.id, criterion.id, ada.id, 2.0 if use_case.title == "Last" else 4.0)
        for use_case in portfolio.use_cases
        for criterion in portfolio.criteria
    ]
    session.run(lambda store: scores.set_ratings(store, cells=cells))
    board = board_of(empty_window)
    page = ranking(empty_window)
    points = board.ranking.scores.score[board.ranking.order]
    assert page.lead.text() == f"{named} {points[0]:.1f} points."
    assert f"“Last” follows {points[0] - points[-1]:.1f} behind." in page.rest.text()
