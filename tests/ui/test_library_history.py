"""Who changed what."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from scoper.commands import criteria, people, use_cases
from scoper.settings import Theme
from scoper.terms import Decision
from tests.ui.library_parts import CTRL, Settled, history_of, library, undo
from ui.features.library.history import HistorySection
from ui.shell.main_window import MainWindow


def rows(section: HistorySection) -> list[list[str]]:
    table = section.table
    return [
        [str(table.index(row, column).data()) for column in range(1, table.columnCount())]
        for row in range(table.rowCount())
    ]


def test_the_history_tells_who_changed_what_in_words(window: MainWindow, board_of: Settled) -> None:
    portfolio, run = board_of(window).portfolio, window.session.run
    window.preferences.update(name="Ada Lovelace")
    run(
        partial(criteria.set_field, criterion_id=portfolio.criteria[1].id, field="weight", value=30)
    )
    run(
        partial(
            people.set_participant_field,
            participant_id=portfolio.participants[0].id,
            field="weight",
            value=0.5,
        )
    )
    board_of(window)
    run(partial(use_cases.decide, use_case_id=portfolio.use_cases[1].id, decision=Decision.HOLD))
    section = history_of(window, board_of)
    told = {what: (who, old, new, step) for who, what, old, new, step in rows(section)[:4]}
    decided = told["Decision on Churn alerts"]
    assert decided == ("Ada Lovelace", "More evidence", "Hold", "Decide hold on Churn alerts")
    voice = told["Weight of Marijke van Doorn"]
    assert voice[1:] == ("1", "0.5", "Change “Weight” of Marijke van Doorn")
    assert told["Weight of Reach"][1:] == ("25", "30", "Change “Weight” of Reach")


def test_who_may_not_judge_what_is_told_by_name(window: MainWindow, board_of: Settled) -> None:
    portfolio = board_of(window).portfolio
    window.session.run(
        lambda store: people.set_permission(
            store,
            participant_id=portfolio.participants[0].id,
            criterion_ids=[portfolio.criteria[1].id],
            allowed=False,
        )
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
    window.session.run(
        lambda store: criteria.set_field(store, criterion_id=first.id, field="weight", value=60)
    )
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
        "Undo: Change “Weight” of Business value",
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
