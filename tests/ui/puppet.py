"""A window in a process of its own, moved by real keys and clicks that a test asks for.

``python -m tests.ui.puppet FILE`` opens FILE and then does what it is told, a line of JSON each:
``{"do": name, "with": [arguments], "until": value}``. The answer is what it sees then; with
``until`` it waits until it sees that value (in a text: as a part of it), but not for ever.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from ui.app import make_window
from ui.features.scope.page import ScopePage
from ui.features.workshop.page import WorkshopPage
from ui.kit.fields.editor import Editor

PATIENCE = 60_000
"""Milliseconds to wait for what is expected."""


class Puppet:
    """What a person can do and see."""

    def __init__(self, application: QApplication, path: Path) -> None:
        self.application = application
        self.path = path
        self.window = make_window(application)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.open_path(path)

    # ------------------------------------------------------------ doing

    def scope(self, place: int = 0, step: int = 1) -> None:
        """Show a use case in Scope."""
        board = self.window.session.board
        assert board
        self.window.go("scope", board.use_cases[place].id, step)

    def workshop(self) -> None:
        """Show the ratings of the first person."""
        self.window.go("workshop")

    def click(self, field: str) -> None:
        """Click into a field."""
        entry = self._editor(field).entry
        assert entry
        QTest.mouseClick(entry, Qt.MouseButton.LeftButton)

    def type(self, text: str) -> None:
        """Type where the cursor is."""
        QTest.keyClicks(self._focus(), text)

    def press(self, keys: str) -> None:
        """Press a key with its modifiers."""
        QTest.keySequence(self._focus(), QKeySequence(keys))

    def answer(self, checklist: str, place: int, value: str) -> None:
        """Click an answer to a question, counted through the checklist."""
        line = self._question(checklist, place)
        QTest.mouseClick(line.buttons[value], Qt.MouseButton.LeftButton)

    def cell(self, row: int, column: int) -> None:
        """Put the cursor on a cell of the ratings."""
        view = self._workshop().view
        QTest.mouseClick(
            view.viewport(),
            Qt.MouseButton.LeftButton,
            pos=view.visualRect(view.grid.index(row, column)).center(),
        )

    def button(self, text: str) -> None:
        """Click a button of the dialog that is open, or of the window."""
        top = QApplication.activeModalWidget() or self.window
        found = [b for b in top.findChildren(QPushButton) if b.text() == text and b.isVisible()]
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
        if QApplication.activeModalWidget() is None:
            self.window.activateWindow()  # what a window manager does

    def button_that_asks(self, text: str) -> None:
        """Click a button that opens a dialog for a file."""
        QTimer.singleShot(0, lambda: self.button(text))

    def name_file(self, path: str) -> None:
        """Type a path into the dialog for a file, and Enter."""
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        name = dialog.findChild(QLineEdit)
        name.selectAll()
        QTest.keyClicks(name, path)
        QTest.keyClick(name, Qt.Key.Key_Return)

    def close(self) -> bool:
        """Close the window; return whether it is gone."""
        return self.window.close()

    def fill(self) -> None:
        """Fill the disk on which the file stands."""
        with suppress(OSError), (self.path.parent / "filler").open("ab", buffering=0) as filler:
            while filler.write(b"x" * 512):
                pass

    def free(self) -> None:
        """Free the disk again."""
        (self.path.parent / "filler").unlink()

    # ------------------------------------------------------------ seeing

    def text(self, field: str) -> str:
        """Return what stands in a field."""
        entry = self._editor(field).entry
        return entry.toPlainText() if isinstance(entry, QPlainTextEdit) else entry.text()

    def problem(self, field: str) -> str:
        """Return what is said below a field."""
        return self._editor(field).problem

    def answered(self, checklist: str, place: int) -> str:
        """Return the answer that is marked at a question, and what is said below it."""
        line = self._question(checklist, place)
        marked = [value for value, choice in line.buttons.items() if choice.isChecked()]
        return f"{marked} {line.answer.problem}"

    def stored(self, field: str) -> str:
        """Return what the file holds in a field of the use case that is shown, read afresh."""
        from scoper.queries import load_board
        from scoper.store import Store

        shown = self._scope().use_case_id
        with Store.open(self.path, "Reader") as store:
            use_case = next(u for u in load_board(store).use_cases if u.id == shown)
        return str(getattr(use_case, field))

    def rating(self, row: int, column: int) -> str:
        """Return what a cell of the ratings shows."""
        grid = self._workshop().view.grid
        return str(grid.data(grid.index(row, column)))

    def rating_being_typed(self) -> str:
        """Return what stands in the field that is open in the ratings."""
        field = QApplication.focusWidget()
        return field.text() if isinstance(field, QLineEdit) else ""

    def look(self) -> None:
        """Have the window take in what others have changed."""
        self.window.session.refresh()
        wait_for(lambda: not self.window.busy)

    def bar(self) -> str:
        """Return what the top bar says about saving."""
        return self.window.saved.text.text()

    def undo(self) -> str:
        """Return what Undo offers."""
        history = self.window.session.history
        return (history.undo if history else None) or ""

    def dialog(self) -> str:
        """Return the words of the dialog that is open."""
        top = QApplication.activeModalWidget()
        if top is None:
            return ""
        words = [top.windowTitle(), *(w.text() for w in top.findChildren(QLabel))]
        words += [field.toPlainText() for field in top.findChildren(QPlainTextEdit)]
        return " | ".join(words)

    # ------------------------------------------------------------ parts

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def _scope(self) -> ScopePage:
        page = self.window.page("scope")
        assert isinstance(page, ScopePage)
        return page

    def _workshop(self) -> WorkshopPage:
        page = self.window.page("workshop")
        assert isinstance(page, WorkshopPage)
        return page

    def _question(self, checklist: str, place: int) -> Any:
        page = self._scope()
        form = page.form(page.step)
        wait_for(lambda: checklist in form.checklists)
        groups = list(form.checklists[checklist].groups.values())
        for group in groups:
            if not group.is_open:
                group.set_open(True)
        lines = [line for group in groups for line in group.rows.values()]
        page.form(page.step).ensureWidgetVisible(lines[place])
        return lines[place]

    def _editor(self, field: str) -> Editor:
        page = self._scope()
        return page.form(page.step).editors[field]


def wait_for(is_there: Callable[[], bool]) -> bool:
    """Let the window live until something is so; return whether it came to be."""
    if is_there():
        return True
    loop, clock = QEventLoop(), QTimer(interval=30)
    clock.timeout.connect(lambda: is_there() and loop.quit())
    clock.start()
    QTimer.singleShot(PATIENCE, loop.quit)
    loop.exec()
    return is_there()


def obey(puppet: Puppet, line: str) -> Any:
    """Do what a line asks for, and return what is seen."""
    asked = json.loads(line)
    look: Callable[[], Any] = lambda: getattr(puppet, asked["do"])(*asked["with"])  # noqa: E731
    if "until" not in asked:
        return look()
    wanted, seen = asked["until"], [look()]

    def is_there() -> bool:
        seen[0] = look()
        return wanted == seen[0] or (bool(wanted) and str(wanted) in str(seen[0]))

    wait_for(is_there)
    return seen[0]


def main() -> None:
    """Do what standard input asks for until it ends."""
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    puppet = Puppet(application, Path(sys.argv[1]))
    assert wait_for(lambda: puppet.window.session.board is not None)
    pending = b""

    def read() -> None:
        nonlocal pending
        got = os.read(0, 65_536)
        if not got:
            puppet.window.close_anyway()
            application.quit()
        *lines, pending = (pending + got).split(b"\n")
        for line in lines:
            print(json.dumps(obey(puppet, line.decode())), flush=True)

    notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
    notifier.activated.connect(read)
    print(json.dumps("ready"), flush=True)
    application.exec()
    puppet.window.close()


if __name__ == "__main__":
    main()
