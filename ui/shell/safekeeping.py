"""Sees to it that nothing entered is lost: what is not saved, what others changed, and leaving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from shiboken6 import isValid

from scoper.errors import Overtaken
from scoper.files import free_path
from scoper.text import join, plural, shorten
from ui.bridge.context import Context
from ui.bridge.edits import Asker, Edit
from ui.kit.asking.file_choice import PORTFOLIO, file_to_write
from ui.kit.asking.message import choose
from ui.kit.fields.place import Place
from ui.shell.save_state import SaveState

if TYPE_CHECKING:
    from ui.shell.conflict_dialog import ConflictDialog

_LOOK_AGAIN = 200
"""Milliseconds after which to look whether somebody still types."""
_PATIENCE = 1.5
"""Seconds to wait for what is on its way before a person is asked."""


class Safekeeping(QObject):
    """Asks a person wherever something entered could be lost."""

    def __init__(self, context: Context, state: SaveState) -> None:
        super().__init__(context.window)
        self._context, self._window = context, context.window
        self._session = context.session
        self._conflicts: dict[Place, tuple[ConflictDialog, Edit[Any], Overtaken]] = {}
        self._newest: dict[Place, Edit[Any]] = {}
        self._asking: QDialog | None = None
        self._session.saving_changed.connect(lambda: state.show_saving(self._session.saving))
        self._session.overtaken.connect(self._ask_which)
        state.elsewhere_asked.connect(self.save_elsewhere)
        state.stop_asked.connect(self._session.stop_waiting)

    def may_leave(self, leave: Callable[[], object]) -> bool:
        """Return whether the portfolio can be left; where it cannot, ask and ``leave`` later."""
        if self._session.path is None:
            return True
        if self._asking is not None and isValid(self._asking):
            return False
        saving = self._session.settle(_PATIENCE)
        if saving.is_clear and not saving.waits:
            return self._may_drop(leave)
        if saving.refused and replace(saving, refused=()).is_clear and not saving.waits:
            self._asking = choose(
                self._window,
                f"{plural(len(saving.refused), 'field')} not saved. Leave all the same?",
                "\n".join(each.reason for each in saving.refused),
                {"Leave without saving": leave},
            )
            return False
        count = len(saving.unsaved)
        problem = saving.lost or saving.reason
        said = f"{plural(count, 'change')} not saved yet" if count else "Not everything is saved"
        why = (
            f"{problem.message} {problem.remedy}"
            if problem
            else "Scoper is still writing, or waits for another program that does."
        )
        self._asking = choose(
            self._window,
            f"{said}. Leave all the same?",
            why,
            {"Save elsewhere…": self.save_elsewhere, "Leave without saving": leave},
        )
        return False

    def _may_drop(self, leave: Callable[[], object]) -> bool:
        """Return whether nothing typed is still to be added; where something is, ask."""
        from ui.kit.fields.line import Line
        from ui.kit.fields.search_line import SearchLine

        lines = self._window.findChildren(Line)
        typed = [line.text().strip() for line in lines if not isinstance(line, SearchLine)]
        drafts = [f"“{shorten(text, 60)}”" for text in typed if text]
        if drafts:
            said = f"{join(drafts)} {'is' if len(drafts) == 1 else 'are'} not added yet."
            self._asking = choose(
                self._window,
                f"{said} Leave all the same?",
                "What is typed and not added is lost.",
                {"Leave without adding": leave},
            )
        return not drafts

    def save_elsewhere(self) -> None:
        """Ask where, save everything there and go on with that file."""
        path = self._session.path
        if path is None:
            return
        folder = path.parent if path.parent.is_dir() else path.home()
        proposed = free_path(folder, f"{path.stem} saved", ".scoper")
        target = file_to_write(
            self._window, "Save elsewhere", proposed, PORTFOLIO, spared=path, replaces=True
        )
        if target is not None:
            self._context.flush()
            self._session.move_to(target)

    def _ask_which(self, edit: Edit[Any], error: Overtaken) -> None:
        """Show both values; a newer edit of the same field takes the place of the older one.

        Nothing is asked while somebody types, or over a message that has not been read.
        """
        asker = edit.asker
        assert asker
        self._newest[asker.place] = edit
        if asker.types() or isinstance(QApplication.activeModalWidget(), QMessageBox):
            QTimer.singleShot(_LOOK_AGAIN, self, partial(self._ask_later, edit, error))
        else:
            self._ask_now(asker, edit, error)

    def _ask_later(self, edit: Edit[Any], error: Overtaken) -> None:
        assert edit.asker
        if self._newest.get(edit.asker.place) is edit:
            self._ask_which(edit, error)

    def _ask_now(self, asker: Asker, edit: Edit[Any], error: Overtaken) -> None:
        if asker.place in self._conflicts and isValid(self._conflicts[asker.place][0]):
            dialog = self._conflicts[asker.place][0]
        else:
            from ui.shell.conflict_dialog import ConflictDialog

            above = QApplication.activeModalWidget() or self._window
            dialog = ConflictDialog(above, self._context.theme, asker.label)
            dialog.chosen.connect(lambda mine: self._choose(asker.place, mine))
            dialog.open()
        self._conflicts[asker.place] = dialog, edit, error
        dialog.show_values(asker.words(error.yours), asker.words(error.theirs))

    def _choose(self, place: Place, mine: bool) -> None:
        _, edit, error = self._conflicts.pop(place)
        self._newest.pop(place, None)
        self._session.choose(edit, error, mine=mine)
