"""The command palette."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QSlider
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import use_cases
from scoper.exchange.exporters import DOCUMENTS
from scoper.scoping import STEPS
from ui.features.library.page import SECTIONS
from ui.shell.main_window import MainWindow
from ui.shell.palette import Finder, Offer, Palette
from ui.shell.registry import PAGES, NavigationEntry

BoardOf = Callable[[MainWindow], Board]

# The platform without a screen says so about every dialog.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ENTRIES = [
    Offer("New portfolio", list, key="Ctrl+Shift+N", words="create blank"),
    Offer("Go to Portfolio", list, key="Ctrl+1"),
    Offer("Export workbook", list, key="Ctrl+E", words="excel spreadsheet print"),
    Offer("Export PRD as PDF", list, words="print paper", where="Documents"),
    Offer("Churn alerts", list, key="UC-02"),
    Offer("Fraud checks in the web shop", list, key="UC-12"),
    Offer("Search a knowledge base", list, key="UC-20"),
    Offer("<b>Bold</b> claims", list, key="UC-21"),
    Offer("Résumé screening", list, key="UC-22"),
    Offer("Printed leaflets", list, key="UC-23"),
]


def test_an_exact_word_finds_an_action_before_the_title_of_a_use_case(
    qtbot: QtBot, window: MainWindow, board_of: BoardOf
) -> None:
    for title in ("Dark", "Dark factory", "Undo mistakes", "Settings of machines"):
        window.session.run(partial(use_cases.create, title=title))
    board_of(window)
    palette = _opened(qtbot, window)
    for typed, expected in (
        ("dark", "Theme: dark"),
        ("undo", "Undo: Add Settings of machines"),
        ("settings", "Settings"),
        ("dark factory", "Dark factory"),
    ):
        palette.search.selectAll()
        qtbot.keyClicks(palette.search, typed)
        assert palette.found.index(0).data() == expected
    qtbot.keyClick(palette.search, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("uc-12", "Fraud checks in the web shop"),
        ("port", "New portfolio"),
        ("gtp", "Go to Portfolio"),
        ("churn", "Churn alerts"),
        ("shop fraud", "Fraud checks in the web shop"),
        ("  EXPORT  ", "Export workbook"),
        ("wkbk", "Export workbook"),
        ("<b>", "<b>Bold</b> claims"),
        ("resume", "Résumé screening"),
        ("RÉSUMÉ", "Résumé screening"),
        ("print", "Printed leaflets"),
        ("pdf print", "Export PRD as PDF"),
        ("excel export", "Export workbook"),
        ("spreadsheet", "Export workbook"),
        ("documents", "Export PRD as PDF"),
    ],
)
def test_the_best_match_comes_first(typed: str, expected: str) -> None:
    found = Finder(ENTRIES).find(typed)
    assert ENTRIES[found[0]].title == expected


def test_nothing_typed_shows_everything_and_nonsense_shows_nothing() -> None:
    finder = Finder(ENTRIES)
    assert finder.find("   ") == list(range(len(ENTRIES)))
    assert finder.find("zzzz") == []


def test_one_of_thousands_of_long_titles_is_found() -> None:
    many = [
        Offer(f"Use case {n}: automated review of {'very ' * 8}long documents", list, key=f"UC-{n}")
        for n in range(3_611)
    ]
    finder = Finder(many)
    assert len(finder.find("automated review")) == len(many)
    assert finder.find("uc-3600")[0] == 3_600
    assert finder.find("aaaaaaaaaaaa") == []


def test_enter_goes_to_the_use_case(qtbot: QtBot, window: MainWindow) -> None:
    palette = _opened(qtbot, window)
    qtbot.keyClicks(palette.search, "churn")
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    page = window.current_page
    assert page is window.page("scope")
    board = window.session.board
    assert board is not None
    chosen = next(u.id for u in board.use_cases if u.title == "Churn alerts")
    qtbot.waitUntil(lambda: page.use_case_id == chosen)  # type: ignore[union-attr]


def test_what_a_page_can_do_is_offered_everywhere_for_the_use_case_in_view(
    qtbot: QtBot,
    window: MainWindow,
    board_of: BoardOf,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "brief.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    third = board_of(window).use_cases[2]
    window.go("scope", third.id)
    board_of(window)
    palette = _opened(qtbot, window)
    qtbot.keyClicks(palette.search, "brief word")
    assert palette.found.index(0).data() == "Export Brief as DOCX"
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert window.current_page is window.page("documents")
    assert window.current_page.subject == third.id
    qtbot.waitUntil(target.exists)
    text = " ".join(paragraph.text for paragraph in Document(str(target)).paragraphs)
    assert third.title in text


MEANT = [
    ("agree", "Rate one use case as a group"),
    ("anchors", "Rate as one person"),
    ("backup", "Save a copy"),
    ("brief", "Brief"),
    ("calendar", "Step 4: KPIs and milestones"),
    ("rename", "Library: Method"),
    ("window", "Full screen"),
    ("powerpoint", "Export chart"),
    ("budget", "Step 5: People, time and budget"),
    ("copy", "Save a copy"),
    ("csv", "Import use cases"),
    ("dark", "Theme: dark"),
    ("decide", "Why this score?"),
    ("delete", "Delete the use case in view"),
    ("duplicate", "Save a copy"),
    ("excel", "Import use cases"),
    ("history", "Library: History"),
    ("one page", "Brief"),
    ("pdf", "Export PR-FAQ as PDF"),
    ("present", "Full screen"),
    ("print", "Export workbook"),
    ("risk", "Step 3: Feasibility and value"),
    ("shortcuts", "Help on this page"),
    ("sure", "Why this score?"),
    ("team", "Library: People"),
    ("timeline", "Step 4: KPIs and milestones"),
    ("weights", "What if"),
    ("word", "Export PR-FAQ as DOCX"),
    ("zoom", "Larger"),
    ("zoom out", "Smaller"),
    ("import excel", "Import use cases"),
    ("ratings excel", "Import ratings"),
]


def test_the_words_people_use_find_what_they_mean(
    qtbot: QtBot, window: MainWindow, board_of: BoardOf
) -> None:
    first = board_of(window).use_cases[0]
    window.session.run(
        lambda store: use_cases.set_field(store, use_case_id=first.id, field="owner", value="Kim")
    )
    board_of(window)
    palette = _opened(qtbot, window)
    history = window.session.history
    assert history is not None
    for typed, expected in (*MEANT, ("undo", f"Undo: {history.undo}")):
        palette.search.selectAll()
        qtbot.keyClicks(palette.search, typed)
        shown = [palette.found.index(row).data() for row in range(min(4, palette.found.rowCount()))]
        assert expected in shown, typed
    qtbot.keyClick(palette.search, Qt.Key.Key_Escape)


@pytest.mark.parametrize("from_page", ["portfolio", "workshop"])
def test_nothing_is_offered_that_does_nothing(
    window: MainWindow, board_of: BoardOf, from_page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(_parent: object, _title: str, name: str, *_: object) -> tuple[str, str]:
        asked.append(name)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    pages = {place.id: window.page(place.id) for place in PAGES}
    board_of(window)
    for page_id, command in [(entry.id, c) for entry in PAGES for c in entry.commands()]:
        window.go(from_page)
        board_of(window)
        subject = window.current_page.subject
        if command.needs_subject and not subject:
            continue
        before = board_of(window)
        window.actions_.run_on(page_id, command, subject)
        after = board_of(window)
        assert window.current_page is pages[page_id]
        seen = {
            "scope": lambda: f"Step {pages['scope'].step}: ",
            "library": lambda: f"Library: {pages['library'].current}",
            "documents": lambda: pages["documents"].kind,
        }.get(page_id, str)()
        dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog)]
        opened = [dialog for dialog in dialogs if dialog.isVisible()]
        done = (
            command.title.startswith(seen) if seen and page_id != "documents" else False,
            command.title.lower().replace("-", "") == seen,
            bool(asked) and command.title.startswith("Export"),
            bool(opened),
            after is not before,
            command.title.startswith("Rate") and pages["workshop"].isVisible(),
            isinstance(window.focusWidget(), QLineEdit | QSlider),
        )
        assert any(done), command.title
        asked.clear()
        for dialog in opened:
            dialog.close()
        if after is not before:
            window.session.undo()


def test_an_empty_portfolio_offers_nothing_about_a_use_case(
    qtbot: QtBot, empty_window: MainWindow
) -> None:
    palette = _opened(qtbot, empty_window)
    titles = [entry.title for entry in palette.found.entries]
    assert not [title for title in titles if title.startswith(("Step", "Delete", "Export PRD"))]
    assert "Start from an idea" in titles
    qtbot.keyClick(palette.search, Qt.Key.Key_Escape)


def test_the_steps_are_called_what_they_are_called() -> None:
    commands = {entry.id: [c.title for c in entry.commands()] for entry in PAGES}
    assert commands["scope"] == [f"Step {step.number}: {step.title}" for step in STEPS]
    assert commands["library"] == [f"Library: {name}" for name in SECTIONS]


def test_arrows_move_and_wrap_and_escape_closes(qtbot: QtBot, window: MainWindow) -> None:
    palette = _opened(qtbot, window)
    assert palette.list.currentIndex().row() == 0
    qtbot.keyClick(palette.search, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 1
    qtbot.keyClick(palette.search, Qt.Key.Key_Up)
    qtbot.keyClick(palette.search, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == palette.found.rowCount() - 1
    qtbot.keyClick(palette.search, Qt.Key.Key_PageDown)
    assert palette.list.currentIndex().row() == palette.found.rowCount() - 1
    with qtbot.waitSignal(palette.destroyed):
        qtbot.keyClick(palette.search, Qt.Key.Key_Escape)


def test_a_click_runs_an_entry(qtbot: QtBot, window: MainWindow) -> None:
    palette = _opened(qtbot, window)
    qtbot.keyClicks(palette.search, "go to rank")
    place = palette.list.visualRect(palette.found.index(0)).center()
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.current_page is window.page("ranking")


def test_nothing_found_says_so_and_enter_does_nothing(qtbot: QtBot, window: MainWindow) -> None:
    palette = _opened(qtbot, window)
    before = window.current_page
    qtbot.keyClicks(palette.search, "qqqq")
    assert not palette.list.isVisible()
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert window.current_page is before
    qtbot.keyClick(palette.search, Qt.Key.Key_Escape)


def _opened(qtbot: QtBot, window: MainWindow) -> Palette:
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), Palette))
    found = QApplication.activePopupWidget()
    assert isinstance(found, Palette)
    return found


def test_a_page_without_commands_has_none() -> None:
    """A feature is offered by its place alone until it says what it does."""
    assert NavigationEntry("importing", "Import", "import").commands() == ()


def test_documents_are_offered_as_the_registry_says() -> None:
    (documents,) = [entry for entry in PAGES if entry.id == "documents"]
    titles = [command.title for command in documents.commands()]
    assert titles[: len(DOCUMENTS)] == [document.title for document in DOCUMENTS]
    assert len(titles) == sum(1 + len(document.suffixes) for document in DOCUMENTS)
