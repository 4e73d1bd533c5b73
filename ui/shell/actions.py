"""What can be done from anywhere: the menu, the shortcuts and the command palette."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from scoper.files import free_path
from scoper.settings import ZOOM_RANGE, Theme, portfolio_folder
from ui.kit.asking.file_choice import PORTFOLIO, file_to_read, file_to_write
from ui.kit.look.plain import escaped, unescaped
from ui.shell.registry import PAGES

if TYPE_CHECKING:
    from ui.bridge.context import Context
    from ui.bridge.page_command import PageCommand
    from ui.shell.pages import Pages
    from ui.shell.palette import Offer
    from ui.shell.preferences import Preferences

_FILTER = "Scoper portfolios (*.scoper)"


class WindowActions(QObject):
    """The actions of the window; pages ask for some of them as ``Context.actions``.

    There are none until ``build`` has been given the context, which they are a part of themselves.
    """

    def __init__(
        self,
        window: QWidget,
        pages: Pages,
        preferences: Preferences,
        leave: Callable[[Callable[[], object]], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._pages, self._preferences, self._leave = pages, preferences, leave
        self._all: list[QAction] = []
        self._words: dict[QAction, str] = {}
        self._needs_portfolio: list[QAction] = []
        self.menu = QMenu(window)

    def build(self, context: Context) -> None:
        """Make the actions, which act on what the context holds."""
        self._context, self._session = context, context.session
        self._build_files()
        self._build_edits()
        self._build_window()

    # ------------------------------------------------------------ portfolios

    def try_sample(self) -> None:
        """Make a fresh copy of the sample portfolio and open it."""
        path = free_path(portfolio_folder(), "Sample portfolio", ".scoper")
        self._leave(lambda: self._session.create_sample(path))

    def new(self) -> None:
        """Ask where, then make an empty portfolio."""
        proposed = free_path(portfolio_folder(), "AI use cases", ".scoper")
        proposed.parent.mkdir(parents=True, exist_ok=True)
        path = file_to_write(
            self._window,
            "New portfolio",
            proposed,
            PORTFOLIO,
            spared=self._session.path,
            replaces=False,
        )
        if path:
            self._leave(lambda: self._session.create(path, title=path.stem))

    def open(self) -> None:
        """Ask for a portfolio file and open it."""
        start = self._session.path or portfolio_folder()
        path = file_to_read(self._window, "Open portfolio", start, _FILTER)
        if path:
            self._leave(lambda: self._session.open(path))

    def save_copy(self) -> None:
        """Ask where, then copy the portfolio as it is now."""
        path = self._session.path
        if path is None:
            return
        proposed = free_path(path.parent, f"{path.stem} copy", ".scoper")
        target = file_to_write(self._window, "Save a copy", proposed, PORTFOLIO, spared=path)
        if target:
            self._context.flush()
            self._session.ask(
                self._window,
                lambda store: store.backup(target),
                lambda done: self._context.notice.say(f"Copied to {done.name}"),
            )

    # ------------------------------------------------------------ in and out

    def import_use_cases(self) -> None:
        """Ask for a table and import use cases from it."""
        from ui.features.importing.dialog import start_import

        start_import(self._context)

    def import_ratings(self) -> None:
        """Ask for a table and import ratings from it."""
        from ui.features.importing.dialog import start_ratings_import

        start_ratings_import(self._context)

    def export_workbook(self) -> None:
        """Ask where, then export the ranked workbook."""
        from ui.bridge.exports import export

        board = self._session.board
        if board is not None:
            export(self._context, board, "workbook")

    # ------------------------------------------------------------ editing

    def undo(self) -> None:
        """Take back the last step."""
        self._context.flush()
        self._session.undo()

    def redo(self) -> None:
        """Repeat the step undone last."""
        self._context.flush()
        self._session.redo()

    def new_use_case(self) -> None:
        """Go to the portfolio and type a new title."""
        from ui.features.portfolio.commands import NEW

        self.run_on("portfolio", NEW, None)

    # ------------------------------------------------------------ the window

    def palette(self) -> None:
        """Search use cases, places and actions by name."""
        from ui.shell.palette import Offer, Palette

        entries = [
            Offer(
                unescaped(action.text()).rstrip("…"),
                action.trigger,
                self._words[action],
                key=action.shortcut().toString(),
            )
            for action in self._all
            if action.isEnabled() and action is not self._search
        ]
        Palette(self._window, self._context.theme, entries + self._on_pages()).open()

    def _on_pages(self) -> list[Offer]:
        """Return what the pages do, and the use cases to go to."""
        from ui.shell.palette import Offer

        board, current = self._session.board, self._pages.current
        use_cases = board.use_cases if board else ()
        subject = current.subject if current else None
        offered = (
            Offer(
                command.title.rstrip("…"),
                partial(self.run_on, shown.id, command, subject),
                command.words,
                where=shown.title,
            )
            for shown in PAGES
            for command in shown.commands()
            if (use_cases or not command.needs_use_case) and (subject or not command.needs_subject)
        )
        known = (
            Offer(
                use_case.title,
                partial(self._context.go, "scope", use_case.id),
                key=use_case.key,
                acts=False,
            )
            for use_case in use_cases
        )
        return [*offered, *known]

    def run_on(self, page_id: str, command: PageCommand[Any], subject: UUID | None) -> None:
        """Have a page do something, with the use case that was in view on any other."""
        page = self._pages.page(page_id)
        if page is not self._pages.current:
            self._context.go(page_id, subject)
        command.run(page)

    def settings(self) -> None:
        """Show the settings of this machine."""
        from ui.shell.settings_dialog import SettingsDialog

        SettingsDialog(self._context, self._preferences).open()

    def help(self) -> None:
        """Explain the page in view."""
        from ui.shell.help_dialog import HelpDialog

        HelpDialog(self._context, self._pages.current, self._all).open()

    def zoom(self, by: int) -> None:
        """Make everything larger or smaller by percent points; 0 goes back to 100 %."""
        low, high = ZOOM_RANGE
        now = self._preferences.settings.zoom
        self._preferences.update(zoom=min(high, max(low, now + by)) if by else 100)

    def full_screen(self) -> None:
        """Fill the screen, or go back."""
        window = self._window
        window.showNormal() if window.isFullScreen() else window.showFullScreen()

    def enable(self, is_open: bool) -> None:
        """Tell whether a portfolio is open."""
        for action in self._needs_portfolio:
            action.setEnabled(is_open)

    def name_history(self, undo: str | None, redo: str | None) -> None:
        """Name the steps that undo and redo would take."""
        self._undo.setText(escaped(f"Undo: {undo}") if undo else "Undo")
        self._undo.setEnabled(undo is not None)
        self._redo.setText(escaped(f"Redo: {redo}") if redo else "Redo")
        self._redo.setEnabled(redo is not None)

    # ------------------------------------------------------------ building

    def _build_files(self) -> None:
        add = self._add
        add("New portfolio…", self.new, "Ctrl+Shift+N", words="create start empty blank file")
        add("Open portfolio…", self.open, QKeySequence.StandardKey.Open, words="load file recent")
        add("Try the sample portfolio", self.try_sample, words="example demo tutorial learn")
        add(
            "Save a copy…",
            self.save_copy,
            "Ctrl+Shift+S",
            portfolio=True,
            words="duplicate backup save as clone keep share send",
        )
        self.menu.addSeparator()
        add(
            "Import use cases…",
            self.import_use_cases,
            "Ctrl+I",
            words="excel csv spreadsheet table xlsx load upload list inventory",
        )
        add(
            "Import ratings…",
            self.import_ratings,
            portfolio=True,
            words="excel csv spreadsheet table votes scores load upload forms survey",
        )
        add(
            "Export workbook…",
            self.export_workbook,
            "Ctrl+E",
            portfolio=True,
            words="excel xlsx spreadsheet table print report save share send results ranking",
        )
        self.menu.addSeparator()

    def _build_edits(self) -> None:
        add, keys = self._add, QKeySequence.StandardKey
        add("New use case", self.new_use_case, keys.New, portfolio=True, words="add create idea")
        self._undo = add(
            "Undo", self.undo, keys.Undo, portfolio=True, words="back revert take mistake restore"
        )
        self._redo = add(
            "Redo", self.redo, "Ctrl+Shift+Z", portfolio=True, words="again repeat forward"
        )
        self._redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        self.menu.addSeparator()
        for number, shown in enumerate(PAGES, start=1):
            add(
                f"Go to {shown.title}",
                partial(self._context.go, shown.id),
                f"Ctrl+{number}",
                portfolio=True,
                listed=False,
                words=shown.words,
            )

    def _build_window(self) -> None:
        add, size = self._add, "zoom size font text scale"
        larger = add("Larger", lambda: self.zoom(10), "Ctrl++", words=f"{size} in bigger magnify")
        larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        add("Smaller", lambda: self.zoom(-10), "Ctrl+-", words=f"{size} out less")
        add("Normal size", lambda: self.zoom(0), "Ctrl+0", words=f"{size} reset 100")
        for theme in Theme:
            add(
                f"Theme: {theme.value}",
                partial(self._preferences.update, theme=theme),
                listed=False,
                words="colours colors look appearance mode palette night day bright",
            )
        add(
            "Full screen",
            self.full_screen,
            "F11",
            words="present projector presentation beamer window maximise",
        )
        self.menu.addSeparator()
        self._search = add("Search or run…", self.palette, "Ctrl+K", portfolio=True)
        add("Settings", self.settings, "Ctrl+,", words="preferences options name theme reopen")
        add("Help on this page", self.help, "F1", words="shortcuts keys keyboard manual guide how")
        add("Quit", self._window.close, QKeySequence.StandardKey.Quit, words="exit close leave")

    def _add(
        self,
        text: str,
        run: Callable[[], object],
        shortcut: str | QKeySequence.StandardKey | None = None,
        *,
        portfolio: bool = False,
        listed: bool = True,
        words: str = "",
    ) -> QAction:
        action = QAction(text, self._window)
        if shortcut is not None:
            action.setShortcut(QKeySequence(shortcut))
        action.triggered.connect(lambda: run())
        self._window.addAction(action)
        if listed:
            self.menu.addAction(action)
        self._all.append(action)
        self._words[action] = words
        if portfolio:
            self._needs_portfolio.append(action)
        return action
