"""Packs of one's own that cannot be used: which, where, why, and how to mend them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from scoper.settings import library_folder
from scoper.text import plural
from ui.kit.basics import Banner, button, clear, heading, label
from ui.kit.look.plain import set_tip

if TYPE_CHECKING:
    from scoper.library.packs import BrokenPack

_SHOWN: Final = 5


class PackProblems(Banner):
    """The packs that were left out. ``file_asked(path)``: open this file."""

    file_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__("warning")
        self.files: list[QPushButton] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self._title = heading("", "label")
        self.body.addWidget(self._title)
        self.body.addLayout(self._list)
        self.hide()

    def show_problems(self, problems: Sequence[BrokenPack]) -> None:
        """Name what is wrong; the banner goes away when nothing is."""
        clear(self._list)
        self.files = []
        left_out = plural(len(problems), "pack was", "packs were")
        self._title.setText(f"{left_out} left out; everything else works on")
        for problem in problems[:_SHOWN]:
            where = [_name(problem.file), f"line {problem.line}" if problem.line else ""]
            place = ", ".join(filter(None, (*where, problem.field)))
            self._list.addWidget(label(f"{place}: {problem.reason}. {problem.remedy}", wrap=True))
            self._list.addWidget(self._link(problem.file), alignment=Qt.AlignmentFlag.AlignLeft)
        if len(problems) > _SHOWN:
            self._list.addWidget(label(f"and {len(problems) - _SHOWN:,} more", secondary=True))
        self.setVisible(bool(problems))

    def _link(self, path: Path) -> QPushButton:
        link = button(
            f"Open {_name(path)}".replace("&", "&&"),
            lambda: self.file_asked.emit(path),
            kind="link",
        )
        set_tip(link, str(path))
        self.files.append(link)
        return link


def _name(path: Path) -> str:
    own = library_folder()
    return path.relative_to(own).as_posix() if path.is_relative_to(own) else path.name
