"""What a portfolio rests on: criteria, people, roles, method, and who changed what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import criteria, people, use_cases
from scoper.scoring.balanced import shares
from scoper.settings import Theme
from scoper.terms import Aggregation, Decision, Dimension
from ui.main_window import MainWindow
from ui.pages.library import SECTIONS, LibraryPage
from ui.pages.library_content import ContentSection
from ui.pages.library_criteria import KINDS, CriteriaSection
from ui.pages.library_history import HistorySection
from ui.pages.library_method import MethodSection
from ui.pages.library_people import PeopleSection, RolesSection
from ui.widgets.catalogue_dialog import CatalogueDialog
from ui.widgets.criterion_card import CriterionCard
from ui.widgets.editors import Editor
from ui.widgets.settings_dialog import SettingsDialog

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
Settled = Callable[[MainWindow], Board]


def library(window: MainWindow, section: str = "Criteria") -> LibraryPage:
    QTest.keyClick(window, Qt.Key.Key_6, CTRL)
    page = window.current_page
    assert isinstance(page, LibraryPage)
    QTest.mouseClick(page.entries[section], LEFT)
    lay_out()
    return page


def lay_out() -> None:
    """Let layouts place what was put into them: they do so a moment later."""
    for _ in range(3):
        QApplication.processEvents()


def criteria_of(window: MainWindow) -> CriteriaSection:
    section = library(window).sections["Criteria"]
    assert isinstance(section, CriteriaSection)
    return section


def people_of(window: MainWindow) -> PeopleSection:
    section = library(window, "People").sections["People"]
    assert isinstance(section, PeopleSection)
    return section


def roles_of(window: MainWindow) -> RolesSection:
    section = library(window, "Roles").sections["Roles"]
    assert isinstance(section, RolesSection)
    return section


def method_of(window: MainWindow) -> MethodSection:
    section = library(window, "Method").sections["Method"]
    assert isinstance(section, MethodSection)
    return section


def history_of(window: MainWindow, board_of: Settled) -> HistorySection:
    section = library(window, "History").sections["History"]
    assert isinstance(section, HistorySection)
    board_of(window)
    return section


def first_card(section: CriteriaSection) -> CriterionCard:
    return next(iter(section.cards.values()))


def retype(editor: Editor, text: str) -> None:
    widget: Any = editor.widget  # type: ignore[attr-defined]
    widget.setFocus()
    widget.selectAll()
    QTest.keyClick(widget, Qt.Key.Key_Delete)
    QTest.keyClicks(widget, text)
    QTest.keyClick(widget, Qt.Key.Key_Tab)


def undo(window: MainWindow, board_of: Settled) -> Board:
    board_of(window)
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    return board_of(window)


# ---------------------------------------------------------------- the place


def test_the_library_opens_by_its_shortcut(window: MainWindow) -> None:
    page = library(window)
    assert window._places["library"].isChecked()
    assert page.entries["Criteria"].isChecked()
    assert page._stack.currentWidget() is page.sections["Criteria"]


def test_every_section_opens_by_keyboard(window: MainWindow, board_of: Settled) -> None:
    page = library(window)
    for name in list(SECTIONS)[1:]:
        QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
        assert page.current == name
        assert page.entries[name].isChecked()
        assert page.sections[name].isVisible()
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.current == "History"
    QTest.keyClick(page.entries["History"], Qt.Key.Key_Up)
    assert page.entries["Content"].hasFocus()
    QTest.keyClick(page.entries["Content"], Qt.Key.Key_Space)
    assert page.current == "Content"
    board_of(window)


def test_going_elsewhere_saves_what_was_being_typed(window: MainWindow, board_of: Settled) -> None:
    section = method_of(window)
    organisation: Any = section.editors["organisation"]
    organisation.widget.selectAll()
    QTest.keyClicks(organisation.widget, "Elsewhere")
    QTest.keyClick(window, Qt.Key.Key_4, CTRL)
    assert board_of(window).portfolio.organisation == "Elsewhere"


def test_another_theme_keeps_section_and_what_was_typed(
    window: MainWindow, board_of: Settled
) -> None:
    page = library(window, "Roles")
    section = page.sections["Roles"]
    assert isinstance(section, RolesSection)
    role = board_of(window).portfolio.roles[0]
    title: Any = section.items.editor(role.id, "title")
    title.widget.selectAll()
    QTest.keyClicks(title.widget, "Product lead")
    window.preferences.update(theme=Theme.DARK, zoom=150)
    assert board_of(window).portfolio.roles[0].title == "Product lead"
    assert page.current == "Roles"
    assert page.sections["Roles"] is not section
    window.preferences.update(theme=Theme.LIGHT, zoom=100)


def test_this_computer_leads_to_the_settings(window: MainWindow) -> None:
    page = library(window, "This computer")
    QTest.mouseClick(page.sections["This computer"].open_button, LEFT)  # type: ignore[attr-defined]
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SettingsDialog)
    QTest.mouseClick(dialog.close_button, LEFT)


# ---------------------------------------------------------------- criteria


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
    assert card._problem.isVisible()
    retype(card.weight, "55")
    assert board_of(window).portfolio.criteria[0].weight == 55
    assert not card._problem.isVisible()


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
    assert window.notice.text.text() == "Remove criterion Reach, with 69 ratings"
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
        criteria.set_field, criterion_id=first.id, field="question", value="<b>Bold</b>?"
    )
    window.session.run(criteria.set_field, criterion_id=first.id, field="title", value="<i>R&D</i>")
    board_of(window)
    card = section.cards[first.id]
    assert card.toggle.text() == "<i>R&&D</i>"
    assert card.toggle.accessibleName() == "<i>R&D</i>"
    page = library(window)
    labels = page.findChildren(QLabel)
    assert labels
    assert {found.textFormat() for found in labels} == {Qt.TextFormat.PlainText}


# ---------------------------------------------------------------- people


def test_people_are_added_one_after_another_by_keyboard(
    empty_window: MainWindow, board_of: Settled
) -> None:
    section = people_of(empty_window)
    texts = [found.text() for found in section.findChildren(QLabel)]
    assert any("Nobody rates yet. Type a name above" in text for text in texts)
    for name in ("Ada", "Bo"):
        QTest.keyClicks(section.adder.text, name)
        QTest.keyClick(section.adder.text, Qt.Key.Key_Return)
        board_of(empty_window)
        assert section.adder.text.text() == ""
    assert [p.name for p in board_of(empty_window).portfolio.participants] == ["Ada", "Bo"]
    assert [p.name for p in undo(empty_window, board_of).portfolio.participants] == ["Ada"]


def test_a_name_that_is_taken_stays_to_be_put_right(window: MainWindow, board_of: Settled) -> None:
    section, taken = people_of(window), board_of(window).portfolio.participants[0]
    QTest.keyClicks(section.adder.text, taken.name.upper())
    QTest.mouseClick(section.adder.add_button, LEFT)
    board_of(window)
    assert "There is already" in section.adder.problem.text()
    assert section.adder.problem.isVisible()
    assert section.adder.text.text() == taken.name.upper()
    QTest.keyClicks(section.adder.text, " junior")
    assert not section.adder.problem.isVisible()
    QTest.keyClick(section.adder.text, Qt.Key.Key_Return)
    assert len(board_of(window).portfolio.participants) == 7


@pytest.mark.parametrize(
    ("field", "entered", "kept"),
    [("name", "Ada Lovelace", "Ada Lovelace"), ("team", "Board", "Board"), ("weight", "2", 2.0)],
)
def test_a_person_is_changed_in_place_and_undone(
    window: MainWindow, board_of: Settled, field: str, entered: str, kept: object
) -> None:
    section, before = people_of(window), board_of(window).portfolio.participants[0]
    retype(section.items.editor(before.id, field), entered)
    assert getattr(board_of(window).portfolio.participants[0], field) == kept
    assert undo(window, board_of).portfolio.participants[0] == before


def test_a_voice_of_zero_is_said_not_to_count(window: MainWindow, board_of: Settled) -> None:
    section, first = people_of(window), board_of(window).portfolio.participants[0]
    retype(section.items.editor(first.id, "weight"), "0")
    board_of(window)
    note = section.items._rows[first.id].note
    assert note is not None
    assert note.text() == "102 ratings, not counted"
    retype(section.items.editor(first.id, "weight"), "")
    board_of(window)
    assert "not a number" in section.items.editor(first.id, "weight").problem


def test_deleting_a_person_says_how_many_ratings_go(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    section, before = people_of(window), board_of(window)
    section.items.editor(before.portfolio.participants[0].id, "weight").setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert len(board_of(window).portfolio.participants) == 5
    assert window.notice.text.text() == "Remove participant Marijke van Doorn, with 102 ratings"
    qtbot.mouseClick(window.notice.action, LEFT)
    after = board_of(window)
    assert after.portfolio.participants == before.portfolio.participants
    assert [s.score for s in after.ranked] == [s.score for s in before.ranked]


def test_undo_stays_in_reach_however_long_a_name_is(window: MainWindow, board_of: Settled) -> None:
    section, first = people_of(window), board_of(window).portfolio.participants[0]
    retype(section.items.editor(first.id, "name"), "W" * 120)
    board_of(window)
    section.remove(first.id)
    board_of(window)
    assert window.notice.isVisible()
    assert window.rect().contains(window.notice.geometry())
    assert window.notice.text.text().endswith("with 102 ratings")


# ---------------------------------------------------------------- roles


def test_roles_are_added_changed_and_deleted_with_undo(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    section = roles_of(window)
    QTest.keyClicks(section.adder.text, "Auditor")
    QTest.keyClick(section.adder.text, Qt.Key.Key_Return)
    added = board_of(window).portfolio.roles[-1]
    assert added.title == "Auditor"
    retype(section.items.editor(added.id, "day_rate"), "950.5")
    retype(section.items.editor(added.id, "capacity_days"), "40")
    changed = board_of(window).portfolio.roles[-1]
    assert (changed.day_rate, changed.capacity_days) == (950.5, 40.0)
    assert undo(window, board_of).portfolio.roles[-1].capacity_days is None
    before = board_of(window).portfolio
    section.remove(before.roles[0].id)
    assert len(board_of(window).portfolio.roles) == len(before.roles) - 1
    assert "with" in window.notice.text.text()
    assert "planned efforts" in window.notice.text.text()
    qtbot.mouseClick(window.notice.action, LEFT)
    after = board_of(window).portfolio
    assert after.roles == before.roles
    assert after.booked_days == before.booked_days


def test_a_rate_below_zero_is_refused_beside_the_field(
    window: MainWindow, board_of: Settled
) -> None:
    section, role = roles_of(window), board_of(window).portfolio.roles[0]
    retype(section.items.editor(role.id, "day_rate"), "-5")
    assert board_of(window).portfolio.roles[0].day_rate == role.day_rate
    assert "too small" in section.items.editor(role.id, "day_rate").problem


def test_over_booking_is_said_in_words(window: MainWindow, board_of: Settled) -> None:
    section, portfolio = roles_of(window), board_of(window).portfolio
    over = {
        role.id
        for role in portfolio.roles
        if role.capacity_days is not None and portfolio.booked_days[role.id] > role.capacity_days
    }
    assert over
    for role in portfolio.roles:
        note = section.items._rows[role.id].note
        assert note is not None
        assert ("Over-booked" in note.text()) == (role.id in over)
        assert bool(note.property("error")) == (role.id in over)
    (role_id,) = over
    retype(section.items.editor(role_id, "capacity_days"), "1000")
    board_of(window)
    relieved = section.items._rows[role_id].note
    assert relieved is not None
    assert relieved.text() == "▲ Over-booked in a quarter: 140 of 1,000 days in all"
    for quarter, days in (("2027-Q1", "50"), ("2027-Q2", "100")):
        assert section.capacity.notes[role_id, quarter].text().startswith("▲")
        retype(section.capacity.editors[role_id, quarter], days)
    board_of(window)
    assert relieved.text() == "140 of 1,000 days"
    assert section.capacity.notes[role_id, "2027-Q1"].text() == "45 booked"


def test_capacity_of_a_quarter_is_refused_beside_its_field_and_can_be_cleared(
    window: MainWindow, board_of: Settled
) -> None:
    section, portfolio = roles_of(window), board_of(window).portfolio
    role = next(r for r in portfolio.roles if r.capacities)
    editor = section.capacity.editors[role.id, "2027-Q1"]
    retype(editor, "-3")
    assert next(r for r in board_of(window).portfolio.roles if r.id == role.id) == role
    assert "too small" in editor.problem
    retype(editor, "")
    after = next(r for r in board_of(window).portfolio.roles if r.id == role.id)
    assert after.capacities == role.capacities[1:]
    assert editor.problem == ""


def test_a_role_profile_joins_with_rate_skills_and_lead_time(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    section = roles_of(empty_window)
    qtbot.mouseClick(section.items.choose_button, LEFT)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), CatalogueDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CatalogueDialog)
    qtbot.waitUntil(dialog.choose_button.isEnabled, timeout=20_000)
    known = len(board_of(empty_window).portfolio.roles)
    QTest.keyClicks(dialog.search, "research scientist")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert len(board_of(empty_window).portfolio.roles) == known + 1
    role = board_of(empty_window).portfolio.roles[-1]
    assert role.title == "Research scientist"
    assert role.day_rate
    assert role.hiring_weeks
    assert role.skills


# ---------------------------------------------------------------- method


@pytest.mark.parametrize(
    ("field", "entered", "kept"),
    [
        ("title", "Our ideas", "Our ideas"),
        ("organisation", "Us", "Us"),
        ("currency", "USD", "USD"),
        ("risk_aversion", "2", 2.0),
        ("p_low", "0.2", 0.2),
        ("p_high", "0.8", 0.8),
    ],
)
def test_a_field_of_the_portfolio_is_saved_and_undone(
    window: MainWindow, board_of: Settled, field: str, entered: str, kept: object
) -> None:
    section, before = method_of(window), board_of(window).portfolio
    retype(section.editors[field], entered)
    assert getattr(board_of(window).portfolio, field) == kept
    assert getattr(undo(window, board_of).portfolio, field) == getattr(before, field)


def test_how_ratings_are_combined_is_chosen_by_keyboard(
    window: MainWindow, board_of: Settled
) -> None:
    section, before = method_of(window), board_of(window)
    combo: Any = section.editors["aggregation"]
    combo.widget.setFocus()
    QTest.keyClick(combo.widget, Qt.Key.Key_Down)
    combo.widget.activated.emit(combo.widget.currentIndex())
    after = board_of(window)
    assert after.portfolio.aggregation is Aggregation.MEDIAN
    assert [s.score for s in after.ranked] != [s.score for s in before.ranked]
    assert undo(window, board_of).portfolio.aggregation is Aggregation.MEAN
    assert combo.widget.currentText() == "Mean"


def test_likelihoods_the_wrong_way_round_are_refused(window: MainWindow, board_of: Settled) -> None:
    section = method_of(window)
    retype(section.editors["p_low"], "0.95")
    assert board_of(window).portfolio.p_low == 0.1
    assert "0 ≤ lowest ≤ highest ≤ 1" in section.editors["p_low"].problem


def test_the_method_shows_formula_source_and_break_even(
    window: MainWindow, board_of: Settled
) -> None:
    section, board = method_of(window), board_of(window)
    texts = [found.text() for found in section.findChildren(QLabel)]
    assert board.method.formula in texts
    assert f"Source: {board.method.source}" in texts
    assert any("breaks even at 50.0 points" in text for text in texts)
    retype(section.editors["risk_aversion"], "3")
    board_of(window)
    assert any("75.0" in found.text() for found in section.findChildren(QLabel))
    assert all(editor.field.help for editor in section.editors.values())


# ---------------------------------------------------------------- history


def rows(section: HistorySection) -> list[list[str]]:
    table = section.table
    return [
        [str(table.index(row, column).data()) for column in range(1, table.columnCount())]
        for row in range(table.rowCount())
    ]


def test_the_history_tells_who_changed_what_in_words(window: MainWindow, board_of: Settled) -> None:
    portfolio, run = board_of(window).portfolio, window.session.run
    window.preferences.update(name="Ada Lovelace")
    run(criteria.set_field, criterion_id=portfolio.criteria[1].id, field="weight", value=30)
    run(
        people.set_participant_field,
        participant_id=portfolio.participants[0].id,
        field="weight",
        value=0.5,
    )
    board_of(window)
    run(use_cases.decide, use_case_id=portfolio.use_cases[1].id, decision=Decision.HOLD)
    section = history_of(window, board_of)
    told = {what: (who, old, new, step) for who, what, old, new, step in rows(section)[:4]}
    decided = told["Decision on Churn alerts"]
    assert decided == ("Ada Lovelace", "More evidence", "Hold", "Decide hold on Churn alerts")
    voice = told["Weight of Marijke van Doorn"]
    assert voice[1:] == ("1", "0.5", "Change weight of Marijke van Doorn")
    assert told["Weight of Reach"][1:] == ("25", "30", "Change weight of Reach")


def test_who_may_not_judge_what_is_told_by_name(window: MainWindow, board_of: Settled) -> None:
    portfolio = board_of(window).portfolio
    window.session.run(
        people.set_permission,
        participant_id=portfolio.participants[0].id,
        criterion_ids=[portfolio.criteria[1].id],
        allowed=False,
    )
    section = history_of(window, board_of)
    assert rows(section)[0][1:4] == ["May not judge: Reach, Marijke van Doorn", "–", "yes"]
    assert "Do not let" not in rows(section)[1][4]


def test_the_history_is_searched_word_by_word(window: MainWindow, board_of: Settled) -> None:
    section = history_of(window, board_of)
    total = section.table.rowCount()
    QTest.keyClick(window, Qt.Key.Key_F, CTRL)
    assert section.search.hasFocus()
    QTest.keyClicks(section.search, "reach dahl")
    assert 0 < section.table.rowCount() < total
    assert all("Reach" in row[1] and "Dahl" in row[1] for row in rows(section))
    QTest.keyClicks(section.search, " zebra")
    assert section.stack.currentIndex() == 2
    assert section.found.text().startswith("0 of")
    section.search.clear()
    assert section.table.rowCount() == total


def test_the_history_follows_while_it_is_in_view(window: MainWindow, board_of: Settled) -> None:
    section = history_of(window, board_of)
    total = section.table.rowCount()
    first = board_of(window).portfolio.criteria[0]
    window.session.run(criteria.set_field, criterion_id=first.id, field="weight", value=60)
    board_of(window)
    board_of(window)
    assert section.table.rowCount() == total + 1
    undo(window, board_of)
    board_of(window)
    assert section.table.rowCount() == total + 2
    assert rows(section)[0][1:5] == [
        "Weight of Business value",
        "60",
        "50",
        "Undo: Change weight of Business value",
    ]


def test_a_theme_changed_while_the_trail_is_read_does_no_harm(
    window: MainWindow, board_of: Settled
) -> None:
    page = library(window, "History")
    window.preferences.update(theme=Theme.DARK)
    board_of(window)
    section = page.sections["History"]
    assert isinstance(section, HistorySection)
    assert section.table.rowCount() > 100
    window.preferences.update(theme=Theme.LIGHT)
    board_of(window)


def test_a_scheme_replaces_the_criteria_and_its_method_is_offered(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    section = method_of(window)
    choices = section.methods.widget
    offered = {choices.itemText(n) for n in range(choices.count())}
    assert {"Balanced priority", "Weighted sum", "TOPSIS"} <= offered
    assert "RICE" not in offered
    section.schemes.setCurrentIndex(section.schemes.findData("rice"))
    qtbot.mouseClick(section.replace_button, LEFT)
    board = board_of(window)
    assert board.portfolio.method == "rice"
    assert [c.key for c in board.portfolio.criteria] == ["reach", "impact", "confidence", "effort"]
    assert not section._parameters.isVisible()
    window.session.undo()
    board = board_of(window)
    assert board.portfolio.method == "balanced"
    assert board.ranked[0].score is not None
    assert section._parameters.isVisible()


def test_content_is_counted_and_a_broken_pack_of_ones_own_is_named(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    from scoper.library import ideas, registry
    from scoper.settings import library_folder

    count = len(registry.library().entries(ideas.KIND))
    folder = library_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "risks.toml").write_text('id = "ours"\ntitle = "Ours"\n', encoding="utf-8")
    section = library(window, "Content").sections["Content"]
    assert isinstance(section, ContentSection)
    board_of(window)
    texts = {words.text() for words in section.findChildren(QLabel)}
    assert "Use-case ideas" in texts
    assert f"{count} entries" in texts
    assert section.problems.isVisible()
    assert "risks.toml" in section._told.text()
    (folder / "risks.toml").unlink()
    qtbot.mouseClick(section.again_button, LEFT)
    qtbot.waitUntil(lambda: not section.problems.isVisible())
