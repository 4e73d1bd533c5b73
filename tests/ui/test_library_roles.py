"""Who does the work, at what rate and in which quarter."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.library_parts import LEFT, Settled, retype, roles_of, undo
from ui.shared.catalogue_dialog import CatalogueDialog
from ui.shell.main_window import MainWindow


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
        note = section.items.rows[role.id].note
        assert note is not None
        assert ("Over-booked" in note.text()) == (role.id in over)
        assert bool(note.property("error")) == (role.id in over)
    (role_id,) = over
    retype(section.items.editor(role_id, "capacity_days"), "1000")
    board_of(window)
    relieved = section.items.rows[role_id].note
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
    qtbot.waitUntil(dialog.choose_button.isEnabled)
    known = len(board_of(empty_window).portfolio.roles)
    QTest.keyClicks(dialog.search, "research scientist")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert len(board_of(empty_window).portfolio.roles) == known + 1
    role = board_of(empty_window).portfolio.roles[-1]
    assert role.title == "Research scientist"
    assert role.day_rate
    assert role.hiring_weeks
    assert role.skills
