"""What everybody rates: criteria with weights, questions and anchors."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from scoper.commands import criteria, portfolios
from scoper.scoring.balanced import shares
from scoper.terms import Dimension
from tests.ui.library_parts import (
    LEFT,
    Settled,
    criteria_of,
    first_card,
    lay_out,
    library,
    retype,
    undo,
)
from ui.features.library.criteria import KINDS
from ui.shell.main_window import MainWindow


def test_criteria_stand_among_their_kind_with_their_share(
    window: MainWindow, board_of: Settled
) -> None:
    section, board = criteria_of(window), board_of(window)
    for kind in KINDS:
        expected = [
            c.title
            for c in board.portfolio.criteria
            if (c.dimension, c.category) == (kind.dimension, kind.category)
        ]
        cards = section.groups[kind].cards
        shown = [cards.itemAt(place).widget() for place in range(cards.count())]
        assert [card.toggle.accessibleName() for card in shown] == expected
    for criterion, share in zip(board.portfolio.criteria, shares(board.matrix), strict=True):
        card = section.cards[criterion.id]
        assert (
            f"{100 * share:.0f}\u00a0% of {criterion.dimension.label.lower()}" in card.share.text()
        )


@pytest.mark.parametrize("method_id", ["weighted_sum", "topsis"])
def test_shares_are_of_all_weight_where_the_method_weighs_across(
    window: MainWindow, board_of: Settled, method_id: str
) -> None:
    section = criteria_of(window)
    board_of(window)
    window.session.run(lambda store: portfolios.set_scoring(store, method_id=method_id))
    board = board_of(window)
    total = sum(criterion.weight for criterion in board.portfolio.criteria)
    for criterion in board.portfolio.criteria:
        said = section.cards[criterion.id].share.text()
        assert said == f"{100 * criterion.weight / total:.0f}\u00a0% of all"


def test_a_weight_moves_all_shares_and_can_be_undone(window: MainWindow, board_of: Settled) -> None:
    section, before = criteria_of(window), board_of(window)
    first, second, _ = (c for c in before.portfolio.criteria if c.dimension is Dimension.IMPACT)
    retype(section.cards[first.id].weight, "100")
    after = board_of(window)
    assert after.portfolio.criteria[0].weight == 100
    assert after.ranking.scores.score.tolist() != before.ranking.scores.score.tolist()
    assert "67\u00a0%" in section.cards[first.id].share.text()
    assert "17\u00a0%" in section.cards[second.id].share.text()
    assert undo(window, board_of).portfolio.criteria[0].weight == first.weight
    assert "50\u00a0%" in section.cards[first.id].share.text()
    assert section.cards[first.id].weight.widget.text() == "50"


@pytest.mark.parametrize(("entered", "said"), [("-3", "too small"), ("many", "not a number")])
def test_a_weight_that_cannot_be_is_refused_with_its_reason(
    window: MainWindow, board_of: Settled, entered: str, said: str
) -> None:
    section = criteria_of(window)
    card = first_card(section)
    retype(card.weight, entered)
    assert board_of(window).portfolio.criteria[0].weight == 50
    assert said in card.weight.problem
    assert card.problem.isVisible()
    retype(card.weight, "55")
    assert board_of(window).portfolio.criteria[0].weight == 55
    assert not card.problem.isVisible()


def test_the_last_weight_of_a_dimension_is_not_taken_away(
    window: MainWindow, board_of: Settled
) -> None:
    section = criteria_of(window)
    risks = [c.id for c in board_of(window).portfolio.criteria if c.dimension is Dimension.RISK]
    for criterion_id in risks:
        retype(section.cards[criterion_id].weight, "0")
        board_of(window)
    assert section.cards[risks[0]].share.text() == "does not count"
    assert "No criterion of risk has a weight above 0" in section.cards[risks[-1]].weight.problem
    assert board_of(window).portfolio.criteria[-1].weight > 0


def test_title_question_and_anchors_are_edited_in_place_and_undone(
    window: MainWindow, board_of: Settled
) -> None:
    section, before = criteria_of(window), board_of(window).portfolio.criteria[0]
    card = first_card(section)
    QTest.mouseClick(card.toggle, LEFT)
    assert card.is_open
    retype(card.editors["title"], "Yearly value")
    retype(card.editors["question"], "How much is it worth?")
    retype(card.anchors[3], "About half")
    after = board_of(window).portfolio.criteria[0]
    assert (after.title, after.question) == ("Yearly value", "How much is it worth?")
    assert dict(after.anchors)[3] == "About half"
    assert card.toggle.accessibleName() == "Yearly value"
    for _ in range(3):
        undo(window, board_of)
    restored = board_of(window).portfolio.criteria[0]
    assert (restored.title, restored.question) == (before.title, before.question)
    assert restored.anchors == before.anchors
    assert card.anchors[3].widget.toPlainText() == dict(before.anchors)[3]


def test_every_level_keeps_an_anchor(window: MainWindow, board_of: Settled) -> None:
    section, before = criteria_of(window), board_of(window).portfolio.criteria[0]
    card = first_card(section)
    QTest.mouseClick(card.toggle, LEFT)
    retype(card.anchors[2], "")
    assert board_of(window).portfolio.criteria[0].anchors == before.anchors
    assert "must not be empty" in card.anchors[2].problem


def test_a_title_that_is_taken_is_refused(window: MainWindow, board_of: Settled) -> None:
    section = criteria_of(window)
    card = first_card(section)
    QTest.mouseClick(card.toggle, LEFT)
    retype(card.editors["title"], "reach")
    board_of(window)
    assert "already a criterion" in card.editors["title"].problem


def test_a_new_criterion_does_not_upset_a_ranking(window: MainWindow, board_of: Settled) -> None:
    section, before = criteria_of(window), board_of(window)
    scores = [s.score for s in before.ranked]
    QTest.mouseClick(section.groups[KINDS[3]].add, LEFT)
    board = board_of(window)
    added = board.portfolio.criteria[-1]
    assert (added.dimension, added.category) == (KINDS[3].dimension, KINDS[3].category)
    assert len(added.anchors) == 5
    assert [s.score for s in board.ranked] == scores
    card = section.cards[added.id]
    assert card.share.text() == "does not count"
    title: Any = card.editors["title"]
    assert title.widget.hasFocus()
    QTest.keyClicks(title.widget, "Bias")
    QTest.keyClick(title.widget, Qt.Key.Key_Tab)
    assert board_of(window).portfolio.criteria[-1].title == "Bias"
    for _ in range(2):
        undo(window, board_of)
    assert len(board_of(window).portfolio.criteria) == len(before.portfolio.criteria)
    assert added.id not in section.cards


def test_before_anybody_rates_a_new_criterion_counts_at_once(
    empty_window: MainWindow, board_of: Settled
) -> None:
    section = criteria_of(empty_window)
    QTest.mouseClick(section.groups[KINDS[0]].add, LEFT)
    board_of(empty_window)
    QTest.mouseClick(section.groups[KINDS[0]].add, LEFT)
    added = board_of(empty_window).portfolio.criteria[-2:]
    assert [c.title for c in added] == ["New criterion", "New criterion 2"]
    assert all(c.weight > 0 for c in added)


def test_deleting_a_criterion_says_what_goes_with_it(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    section, before = criteria_of(window), board_of(window)
    gone = before.portfolio.criteria[1]
    QTest.mouseClick(section.cards[gone.id].delete, LEFT)
    assert len(board_of(window).portfolio.criteria) == len(before.portfolio.criteria) - 1
    assert gone.id not in section.cards
    assert window.notice.text.text() == "Removed criterion Reach, with 69 ratings"
    qtbot.mouseClick(window.notice.action, LEFT)
    after = board_of(window)
    assert [c.id for c in after.portfolio.criteria] == [c.id for c in before.portfolio.criteria]
    assert [s.score for s in after.ranked] == [s.score for s in before.ranked]
    assert gone.id in section.cards


def test_a_kind_without_criteria_says_what_to_do(window: MainWindow, board_of: Settled) -> None:
    section, external = criteria_of(window), board_of(window).portfolio.criteria[-1]
    group = section.groups[KINDS[4]]
    assert not group.empty.isVisible()
    QTest.mouseClick(section.cards[external.id].delete, LEFT)
    board_of(window)
    assert group.empty.isVisible()
    assert "add one" in group.empty.text()
    undo(window, board_of)
    assert not group.empty.isVisible()


def test_the_only_criterion_that_counts_is_not_deleted(
    window: MainWindow, board_of: Settled
) -> None:
    section, portfolio = criteria_of(window), board_of(window).portfolio
    first, second, third = (c.id for c in portfolio.criteria if c.dimension is Dimension.IMPACT)
    for criterion_id in (first, second, third):
        QTest.mouseClick(section.cards[criterion_id].delete, LEFT)
        board_of(window)
    assert third in section.cards
    assert "only criterion of impact that counts" in window.notice.text.text()


def test_criteria_are_moved_by_keyboard_and_tab_follows(
    window: MainWindow, board_of: Settled
) -> None:
    section, before = criteria_of(window), board_of(window).portfolio.criteria
    third, second = before[2], before[1]
    card = section.cards[third.id]
    assert not card.down.isEnabled()
    card.up.setFocus()
    QTest.keyClick(card.up, Qt.Key.Key_Space)
    assert [c.id for c in board_of(window).portfolio.criteria][1:3] == [third.id, second.id]
    assert card.up.hasFocus()
    card.delete.setFocus()
    QTest.keyClick(card.delete, Qt.Key.Key_Tab)
    assert section.cards[second.id].toggle.hasFocus()
    restored = undo(window, board_of).portfolio.criteria
    assert [c.id for c in restored] == [c.id for c in before]


def test_tab_walks_from_the_open_card_through_its_fields(
    window: MainWindow, board_of: Settled
) -> None:
    section = criteria_of(window)
    card = first_card(section)
    card.toggle.setFocus()
    QTest.keyClick(card.toggle, Qt.Key.Key_Space)
    lay_out()
    walked: list[QWidget | None] = []
    for _ in range(3 + 3 + 5):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        walked.append(QApplication.focusWidget())
    editors = [card.editors[name].entry for name in ("title", "question", "unit")]
    anchors = [card.anchors[level].entry for level in range(1, 6)]
    # The first criterion cannot move up, so that button is passed over.
    assert walked == [card.weight.widget, card.down, card.delete, *editors, *anchors]
    board_of(window)


def test_a_criterion_named_in_markup_is_plain_text(window: MainWindow, board_of: Settled) -> None:
    section, first = criteria_of(window), board_of(window).portfolio.criteria[0]
    window.session.run(
        lambda store: criteria.set_field(
            store, criterion_id=first.id, field="question", value="<b>Bold</b>?"
        )
    )
    window.session.run(
        lambda store: criteria.set_field(
            store, criterion_id=first.id, field="title", value="<i>R&D</i>"
        )
    )
    board_of(window)
    card = section.cards[first.id]
    assert QAbstractButton.text(card.toggle) == "<i>R&&D</i>"
    assert card.toggle.accessibleName() == "<i>R&D</i>"
    page = library(window)
    labels = page.findChildren(QLabel)
    assert labels
    assert {found.textFormat() for found in labels} == {Qt.TextFormat.PlainText}
