"""The window from a first start: beginning, places, undo, zoom, damage."""

from __future__ import annotations

import gc
import linecache
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import use_cases
from scoper.settings import Theme
from scoper.store import Store
from ui.app import make_window
from ui.bridge.warm_up import EDITS, WarmUp, run_gently
from ui.shell.main_window import MainWindow
from ui.shell.registry import MODULES, PAGES

LEFT = Qt.MouseButton.LeftButton


def test_a_first_start_offers_three_ways_to_begin(bare_window: MainWindow) -> None:
    start = bare_window.start_page
    assert start.sample_button.isVisible()
    assert start.empty_button.isVisible()
    assert start.import_button.isVisible()
    assert not bare_window.undo_button.isVisible()


def test_what_needs_a_portfolio_is_offered_once_one_is_open(
    bare_window: MainWindow, qtbot: QtBot
) -> None:
    without = {
        *("New portfolio…", "Open portfolio…", "Try the sample portfolio", "Import use cases…"),
        *("Larger", "Smaller", "Normal size", "Full screen", "Settings", "Help on this page"),
        *("Theme: system", "Theme: light", "Theme: dark", "Quit"),
    }
    actions = [action for action in bare_window.actions() if action.text()]
    assert {action.text() for action in actions if action.isEnabled()} == without
    with qtbot.waitSignal(bare_window.session.board_changed):
        qtbot.mouseClick(bare_window.start_page.sample_button, LEFT)
    # Nothing is there yet to be taken back.
    assert {a.text() for a in actions if not a.isEnabled()} == {"Undo", "Redo"}


def test_the_sample_is_one_click_away(bare_window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bare_window.session.board_changed):
        qtbot.mouseClick(bare_window.start_page.sample_button, LEFT)
    assert bare_window.session.board is not None
    assert len(bare_window.session.board.use_cases) == 12
    assert bare_window.count.text() == "12 use cases"
    assert bare_window.session.path is not None
    assert bare_window.session.path.exists()


def test_starting_empty_asks_where_and_makes_the_file(
    bare_window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = tmp_path / "Our ideas"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen), ""))
    with qtbot.waitSignal(bare_window.session.board_changed):
        qtbot.mouseClick(bare_window.start_page.empty_button, LEFT)
    assert (tmp_path / "Our ideas.scoper").exists()
    assert bare_window.title.text() == "Our ideas"


def test_every_place_opens_by_its_shortcut(window: MainWindow) -> None:
    for number, place in enumerate(PAGES, start=1):
        QTest.keyClick(
            window, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.ControlModifier
        )
        assert window.current_page is window.page(place.id)
        assert window.places[place.id].isChecked()


def test_undo_is_named_and_takes_the_step_back(
    window: MainWindow, board_of: Callable[[MainWindow], Board]
) -> None:
    board = board_of(window)
    first = board.use_cases[0]
    window.session.run(
        lambda store: use_cases.set_field(
            store, use_case_id=first.id, field="title", value="Renamed"
        )
    )
    board_of(window)
    assert "Edit “Title”" in window.undo_button.toolTip()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert board_of(window).use_cases[0].title == first.title
    QTest.keyClick(
        window,
        Qt.Key.Key_Z,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert board_of(window).use_cases[0].title == "Renamed"


def test_the_sample_cannot_be_undone_out_of_existence(window: MainWindow) -> None:
    assert not window.undo_button.isEnabled()


def test_zoom_moves_within_its_range_and_is_remembered(window: MainWindow) -> None:
    for _ in range(30):
        QTest.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert window.theme.zoom == 250
    for _ in range(30):
        QTest.keyClick(window, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert window.theme.zoom == 80
    QTest.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert window.theme.zoom == 100


def test_dark_and_light_use_different_grounds(window: MainWindow) -> None:
    window.preferences.update(theme=Theme.DARK)
    dark = window.palette().window().color().lightness()
    window.preferences.update(theme=Theme.LIGHT)
    light = window.palette().window().color().lightness()
    assert dark < 60
    assert light > 200


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "is empty"), (b"just text", "is not a Scoper portfolio")],
)
def test_a_file_that_is_something_else_is_refused_in_words(
    bare_window: MainWindow, qtbot: QtBot, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "other.scoper"
    path.write_bytes(content)
    with qtbot.waitSignal(bare_window.session.failed):
        bare_window.open_path(path)
    (box,) = bare_window.findChildren(QMessageBox)
    assert said in box.text()
    assert box.informativeText()
    assert path.read_bytes() == content
    box.close()


def test_a_failed_opening_keeps_the_present_portfolio(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, board_of: Callable[[MainWindow], Board]
) -> None:
    path = tmp_path / "other.scoper"
    path.write_bytes(b"text")
    with qtbot.waitSignal(window.session.failed):
        window.open_path(path)
    for box in window.findChildren(QMessageBox):
        box.close()
    first = board_of(window).use_cases[0]
    window.session.run(
        lambda store: use_cases.set_field(store, use_case_id=first.id, field="owner", value="Kim")
    )
    assert board_of(window).use_cases[0].owner == "Kim"


def test_what_another_program_wrote_is_shown_when_asked(
    window: MainWindow, qtbot: QtBot, board_of: Callable[[MainWindow], Board]
) -> None:
    path = window.session.path
    assert path is not None
    with Store.open(path, "somebody else") as other:
        use_cases.create(other, title="From the command line")
    window.session.refresh()
    qtbot.waitUntil(lambda: len(board_of(window).use_cases) == 13)


def test_closing_keeps_what_was_still_being_typed(
    window: MainWindow, board_of: Callable[[MainWindow], Board]
) -> None:
    board = board_of(window)
    window.go("scope", board.use_cases[11].id)
    page = window.page("scope")
    editor = page.form(1).editors["problem"].widget  # type: ignore[attr-defined]
    QTest.keyClicks(editor, "Chargebacks rose")
    path = window.session.path
    window.close()
    assert path is not None
    from scoper.queries import load_board

    with Store.open(path, "me") as store:
        assert load_board(store).use_cases[11].problem == "Chargebacks rose"


def test_garbage_is_collected_again_after_the_warm_up_even_when_it_fails() -> None:
    with pytest.raises(ImportError, match="no_such_page"):
        run_gently(lambda: import_module("ui.features.no_such_page"), last=True)
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0


def test_a_portfolio_that_is_open_is_not_searched_for_garbage(
    window: MainWindow, board_of: Callable[[MainWindow], Board]
) -> None:
    use_case = board_of(window).use_cases[0]
    assert gc.is_tracked(use_case)
    assert not any(found is use_case for found in gc.get_objects())
    assert gc.isenabled()


def test_the_warm_up_loads_all_that_edits_and_pages_need_one_by_one(qtbot: QtBot) -> None:
    asked: list[object] = []
    completed_at: list[int] = []

    def submit(job: Callable[[], object], done: Callable[[object], None]) -> None:
        asked.append(job)
        job()
        done(None)

    parent = QObject()
    warm_up = WarmUp(submit, lambda: completed_at.append(len(asked)), MODULES, parent)
    warm_up.start()
    qtbot.waitUntil(lambda: len(asked) == len(EDITS) + 1 + len(MODULES))
    assert completed_at == [len(EDITS) + 1]
    assert gc.isenabled()


def test_the_warm_up_asks_for_nothing_more_once_it_is_stopped(qtbot: QtBot) -> None:
    """Another one, started after it, shows that there was time to ask for more."""
    asked, of_the_other = list[object](), list[object]()

    def submit(job: Callable[[], object], done: Callable[[object], None]) -> None:
        asked.append(job)
        warm_up.stop()
        done(None)

    def go_on(job: Callable[[], object], done: Callable[[object], None]) -> None:
        of_the_other.append(job)
        done(None)

    parent = QObject()
    warm_up = WarmUp(submit, lambda: None, MODULES, parent)
    other = WarmUp(go_on, lambda: None, MODULES, parent)
    warm_up.start()
    other.start()
    qtbot.waitUntil(lambda: len(of_the_other) == 3)
    other.stop()
    assert len(asked) == 1


def test_importing_reads_no_source_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "imported_after_qt.py").write_text("VALUE = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    module = __import__("imported_after_qt")
    assert module.VALUE == 1
    assert module.__file__ not in linecache.cache


def test_the_first_window_fits_the_screen(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCOPER_HOME", str(tmp_path / "home"))
    window = make_window(qapp)
    window.show()
    qtbot.waitExposed(window)
    room = window.screen().availableSize()
    assert window.width() <= max(room.width(), window.minimumWidth())
    assert window.height() < room.height()
    window.close()
    window.deleteLater()


def focusable(page: QWidget) -> list[QWidget]:
    """Return what Tab is to reach in a page."""
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    ]


def called(widget: QWidget) -> str:
    return widget.accessibleName() or type(widget).__name__


@pytest.mark.parametrize("page_id", ["portfolio", "ranking", "documents"])
def test_tab_reaches_everything_on_a_page(window: MainWindow, qtbot: QtBot, page_id: str) -> None:
    window.activateWindow()
    window.go(page_id)
    page = window.page(page_id)
    qtbot.waitUntil(lambda: not window.busy)
    assert page.entry is not None
    qtbot.waitUntil(page.entry.hasFocus)
    passed: list[QWidget] = []
    while (held := window.focusWidget()) is not None and held not in passed:
        passed.append(held)
        QTest.keyClick(held, Qt.Key.Key_Tab)
    assert [called(widget) for widget in focusable(page) if widget not in passed] == []


@pytest.mark.parametrize("page_id", ["portfolio", "workshop", "ranking", "documents"])
def test_the_focus_is_always_visible(window: MainWindow, qtbot: QtBot, page_id: str) -> None:
    window.activateWindow()
    window.go(page_id)
    qtbot.waitUntil(lambda: not window.busy)
    unseen = []
    for widget in focusable(window.page(page_id)):
        if held := window.focusWidget():
            held.clearFocus()
        before = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if widget.hasFocus() and widget.grab().toImage() == before:
            unseen.append(called(widget))
    assert unseen == []
