"""The window: top bar, navigation and the pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QByteArray, QEvent, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from scoper.errors import ScoperError
from ui.bridge.context import Context
from ui.bridge.latest import Latest
from ui.bridge.problems import Problems
from ui.bridge.session import Session
from ui.bridge.tasks import Tasks
from ui.kit.asking.notice import Notice
from ui.kit.basics import ElidedLabel, button, column, label, row
from ui.kit.layout.reach import Reach
from ui.kit.layout.roomy_label import keep_room
from ui.kit.look.plain import set_tip
from ui.kit.look.theme import Theme
from ui.shell.actions import WindowActions
from ui.shell.pages import Pages
from ui.shell.preferences import Preferences
from ui.shell.registry import MODULES, PAGES
from ui.shell.safekeeping import Safekeeping
from ui.shell.save_state import SaveState
from ui.shell.start import StartPage

if TYPE_CHECKING:
    from scoper.board import Board
    from ui.bridge.page import Page

_ROOMY, _WIDE = 1_100, 1_020
"""Widths in pixels, before zoom, from which the navigation has words and the search a button."""
_LEAST_SIZE = QSize(800, 480)
_FIRST_SIZE = QSize(1_440, 900)
"""Size of the window at the very first start, where the screen has room for it."""
_UNDO, _UNDO_SHORT = 246, 160
"""Widths in pixels, before zoom, of the button that takes back a step, whatever it says."""
_UNDO_FROM = 1_240
"""Width in pixels, before zoom, from which that button is wide."""
_TITLE_BAR = 36
"""Height in pixels to leave for what the system draws above the window."""


class MainWindow(QMainWindow):
    """Shows the start page, or the open portfolio in its six places."""

    opening_failed = Signal()

    def __init__(self, theme: Theme, preferences: Preferences) -> None:
        super().__init__()
        self.setWindowTitle("Scoper")
        self.setMinimumSize(_LEAST_SIZE)
        self.theme = theme
        self.preferences = preferences
        self.session = Session(lambda: preferences.settings.who, self, pages=MODULES)
        self.tasks = Tasks(self)
        self.latest = Latest(self)
        self.problems = Problems(self, theme)
        self._applied = preferences.settings.theme, preferences.settings.zoom
        self._build()
        self.context = Context(
            window=self,
            session=self.session,
            tasks=self.tasks,
            latest=self.latest,
            theme=theme,
            problems=self.problems,
            notice=self.notice,
            go=self.go,
            flush=self.flush,
            actions=self.actions_,
        )
        self.actions_.build(self.context)
        self.safekeeping = Safekeeping(self.context, self.saved)
        self._gives_up = False
        self._shown_path: Path | None = None
        self._connect()
        self._dress()
        self._show_open(False)
        self._restore()

    # ------------------------------------------------------------ places

    def go(self, page_id: str, use_case_id: UUID | None = None, step: int = 0) -> None:
        """Show a page, with a use case in view when one is given, at a step of it if not 0."""
        self._stack.go(page_id, use_case_id, step)

    def page(self, page_id: str) -> Page:
        """Return a page, made when it is first asked for."""
        return self._stack.page(page_id)

    @property
    def busy(self) -> bool:
        """Whether anything asked for, of whichever lane, is not done and shown yet."""
        return self.session.busy or self.latest.busy or self.tasks.busy

    @property
    def current_page(self) -> Page | None:
        """The page in view; None while no portfolio is open."""
        return self._stack.current

    def open_path(self, path: Path) -> None:
        """Open a portfolio file."""
        self.leave(lambda: self.session.open(path))

    def leave(self, go_on: Callable[[], object]) -> None:
        """Do what leaves the open portfolio, once everything entered is saved or given up."""
        self.flush()
        if self.safekeeping.may_leave(go_on):
            go_on()

    def flush(self) -> None:
        """Save what is still being typed."""
        self._stack.flush()

    # ------------------------------------------------------------ building

    def _build(self) -> None:
        self.start_page = StartPage(self.theme, self.preferences)
        self._stack = Pages(self.session, self.start_page, lambda shown: shown.make(self.context))
        self.actions_ = WindowActions(self, self._stack, self.preferences, self.leave)
        self._navigation = self._make_navigation()
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        self._rail = Reach(self._navigation)
        body.addWidget(self._rail)
        body.addLayout(column(self._stack, self._make_foot(), spacing=0), 1)
        central = QWidget()
        outer = QVBoxLayout(central)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._make_top_bar())
        outer.addLayout(body, 1)
        self.setCentralWidget(central)

    def _make_foot(self) -> QWidget:
        """Return the room for notices: it is always there, so they cover and move nothing."""
        self.notice = Notice(self.actions_.undo)
        self._foot = QWidget()
        line = row(self.notice, None)
        line.setContentsMargins(24, 2, 24, 2)
        self._foot.setLayout(line)
        return self._foot

    def _make_top_bar(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("topbar")
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(8, 7, 16, 7)
        layout.setSpacing(10)
        self.menu_button = QToolButton()
        self.menu_button.setText("Scoper")
        self.menu_button.setObjectName("brand")
        self.menu_button.setAccessibleName("Scoper menu")
        set_tip(self.menu_button, "New, open, import, export, settings")
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.title = ElidedLabel()
        self.title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.title.setMinimumWidth(1)
        self.title.setObjectName("portfolio")
        self.count = label(secondary=True)
        self.saved = SaveState(self.theme)
        self.undo_button = button("Undo")
        self.redo_button = button("")
        keep_room(self.redo_button)
        self.redo_button.hide()
        self.search_button = button("Search or run…  Ctrl K")
        for about in (self.menu_button, self.title, self.count):
            layout.addWidget(about)
        layout.addStretch(1)
        layout.addWidget(self.saved, 1_000)
        for tool in (self.undo_button, self.redo_button, self.search_button):
            layout.addWidget(tool)
        return bar

    def _make_navigation(self) -> QFrame:
        frame = QFrame()
        frame.setObjectName("navigation")
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(8, 12, 8, 12)
        layout.setSpacing(2)
        self._group = QButtonGroup(self)
        self.places: dict[str, QPushButton] = {}
        for number, place in enumerate(PAGES, start=1):
            entry = button(place.title, kind="nav", tip=f"{place.title} (Ctrl+{number})")
            entry.setCheckable(True)
            entry.setAccessibleName(place.title)
            entry.clicked.connect(lambda _=False, page_id=place.id: self.go(page_id))
            self._group.addButton(entry)
            self.places[place.id] = entry
            layout.addWidget(entry)
        layout.addStretch(1)
        self.settings_button = button("Settings", kind="nav", tip="Settings (Ctrl+,)")
        self.settings_button.setAccessibleName("Settings")
        layout.addWidget(self.settings_button)
        return frame

    def _connect(self) -> None:
        session = self.session
        session.opened.connect(self._leave_portfolio)
        session.board_changed.connect(self._board_changed)
        session.saved.connect(self._saved)
        session.failed.connect(self._failed)
        session.crashed.connect(self.problems.report)
        session.saving_changed.connect(self._show_history)
        self._stack.shown.connect(lambda page_id: self.places[page_id].setChecked(True))
        for lane in (self.tasks, self.latest):
            lane.failed.connect(self.problems.show)
            lane.crashed.connect(self.problems.report)
        self.preferences.failed.connect(self.problems.show)
        self.preferences.changed.connect(self._apply_preferences)
        self.theme.changed.connect(self._dress)
        self.undo_button.clicked.connect(self.actions_.undo)
        self.redo_button.clicked.connect(self.actions_.redo)
        self.search_button.clicked.connect(self.actions_.palette)
        self.settings_button.clicked.connect(self.actions_.settings)
        self.menu_button.setMenu(self.actions_.menu)
        self.start_page.sample_asked.connect(self.actions_.try_sample)
        self.start_page.empty_asked.connect(self.actions_.new)
        self.start_page.import_asked.connect(self.actions_.import_use_cases)
        self.start_page.open_asked.connect(self.actions_.open)
        self.start_page.recent_asked.connect(self.open_path)

    def _dress(self) -> None:
        theme = self.theme
        for place in PAGES:
            self.places[place.id].setIcon(theme.icon(place.icon))
            self.places[place.id].setIconSize(theme.icon_size())
        self.settings_button.setIcon(theme.icon("settings"))
        self.undo_button.setIcon(theme.icon("undo-2"))
        self.redo_button.setIcon(theme.icon("redo-2"))
        self.search_button.setIcon(theme.icon("search"))
        for widget in (
            self.settings_button,
            self.undo_button,
            self.redo_button,
            self.search_button,
        ):
            widget.setIconSize(theme.icon_size())
        self._fit()

    def _fit(self) -> None:
        """Show the navigation with words, or as icons where the window is narrow for its zoom."""
        px, roomy = self.theme.px, self.width() >= self.theme.px(_ROOMY)
        self._rail.setFixedWidth(px(176) if roomy else px(60))
        self._foot.setFixedHeight(px(28))
        for place in PAGES:
            self.places[place.id].setText(place.title if roomy else "")
        self.settings_button.setText("Settings" if roomy else "")
        is_open = self.session.board is not None
        self.count.setVisible(roomy and is_open)
        self.search_button.setVisible(self.width() >= px(_WIDE) and is_open)
        self.title.setMaximumWidth(px(360))
        self._show_history()

    def _apply_preferences(self) -> None:
        settings = self.preferences.settings
        if (settings.theme, settings.zoom) != self._applied:
            self._applied = settings.theme, settings.zoom
            self.theme.apply(settings.theme, settings.zoom)

    # ------------------------------------------------------------ what happens

    def _board_changed(self, board: Board) -> None:
        self.title.setText(board.portfolio.title)
        number = len(board.use_cases)
        self.count.setText(f"{number:,} use case{'' if number == 1 else 's'}")
        self._show_history()
        self.notice.follow(self.session.history)
        path = self.session.path
        if path is not None and path != self._shown_path:
            self._shown_path = path
            self._show_path(path)

    def _leave_portfolio(self) -> None:
        self._stack.leave()
        self._shown_path = None

    def _show_path(self, path: Path) -> None:
        """Show which portfolio is open now, and where it lies."""
        self.setWindowTitle(f"{path.stem} – Scoper")
        self.saved.show_saved(None)
        self.preferences.remember(path)
        self._show_open(True)
        if self.current_page is None:
            self.go("portfolio")
        self._tell_of_upgrade()

    def _tell_of_upgrade(self) -> None:
        """Say once what an older file's scores are now, and offer to look at the new terms."""
        board, schema = self.session.board, self.session.upgraded_from
        if board is None or schema is None:
            return
        from scoper.studies.upgrade_notice import told_of_upgrade
        from ui.features.ranking.commands import TRY_NEW_TERMS

        self.session.upgraded_from = None
        if told := told_of_upgrade(board, schema):
            try_them = partial(self.actions_.run_on, "ranking", TRY_NEW_TERMS, None)
            self.notice.say(told, (TRY_NEW_TERMS.title, try_them))

    def _show_open(self, is_open: bool) -> None:
        for widget in (self._rail, self.title, self.saved, self.undo_button):
            widget.setVisible(is_open)
        self.actions_.enable(is_open)
        self._fit()
        if not is_open:
            self.start_page.take_focus()

    def _show_history(self) -> None:
        history, unsaved = self.session.history, self.session.saving.unsaved
        undo, redo = (history.undo, history.redo) if history else (None, None)
        if unsaved and unsaved[-1].asker:
            undo = f"Edit “{unsaved[-1].asker.label}”"
        self.undo_button.setEnabled(undo is not None)
        text = f"Undo: {undo}" if undo else "Undo"
        px = self.theme.px
        width = px(_UNDO if self.width() >= px(_UNDO_FROM) else _UNDO_SHORT)
        width = min(width, self.width() // 5)
        self.undo_button.setMinimumWidth(width if undo else 0)
        self.undo_button.setMaximumWidth(width)
        self.undo_button.setText(_elided(self.undo_button, text, width - px(56)))
        set_tip(self.undo_button, f"{text} (Ctrl+Z)")
        self.redo_button.setVisible(redo is not None)
        self.redo_button.setAccessibleName(f"Redo: {redo}")
        set_tip(self.redo_button, f"Redo: {redo} (Ctrl+Shift+Z)")
        self.actions_.name_history(undo, redo)

    def _saved(self, when: dt.datetime) -> None:
        self.saved.show_saved(when)

    def _failed(self, error: ScoperError) -> None:
        self.problems.show(error)
        self.opening_failed.emit()

    # ------------------------------------------------------------ the window itself

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave more room to the page where there is little."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Read the file again, when the window comes back, if another program wrote to it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.session.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is being typed, then stop the lanes; ask where something cannot be saved."""
        self.flush()
        if not (self._gives_up or self.safekeeping.may_leave(self.close_anyway)):
            event.ignore()
            return
        self._keep_geometry()
        self.tasks.close()
        self.latest.close()
        self.session.close()
        super().closeEvent(event)

    def close_anyway(self) -> None:
        """Close without asking about what is not saved."""
        self._gives_up = True
        self.close()

    def _restore(self) -> None:
        room = self.screen().availableSize() - QSize(0, _TITLE_BAR)
        self.resize(room.boundedTo(_FIRST_SIZE))
        geometry = _window_state().value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)

    def _keep_geometry(self) -> None:
        _window_state().setValue("geometry", self.saveGeometry())


def _window_state() -> QSettings:
    from scoper.settings import settings_path

    return QSettings(str(settings_path().with_name("window.ini")), QSettings.Format.IniFormat)


def _elided(widget: QPushButton, text: str, width: int) -> str:
    return widget.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
