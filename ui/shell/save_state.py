"""How far everything is saved, in the top bar."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from scoper.text import plural
from ui.bridge.edits import Saving
from ui.kit.basics import ElidedLabel, button, repolish
from ui.kit.look.plain import set_tip
from ui.kit.look.theme import Theme

_LEAST = 170
"""Pixels at 100 % that what is said gets in any case; the tip says all of it."""


class SaveState(QWidget):
    """Says when everything was saved, or what is not and what can be done.

    Signals: ``elsewhere_asked()`` to save everything under another name, ``stop_asked()`` to wait
    for another program no longer.
    """

    elsewhere_asked = Signal()
    stop_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._saving = Saving()
        self._when: dt.datetime | None = None
        self.text = ElidedLabel(secondary=True)
        self.text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.elsewhere = button("Save elsewhere…", self.elsewhere_asked.emit)
        self.stop = button("Stop waiting", self.stop_asked.emit)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addStretch(1)
        layout.addWidget(self.text, 1_000)
        layout.addWidget(self.elsewhere)
        layout.addWidget(self.stop)
        theme.changed.connect(self._show)
        self._show()

    def show_saved(self, when: dt.datetime | None) -> None:
        """Say when the last change was saved; None where nothing was changed yet."""
        self._when = when
        self._show()

    def show_saving(self, saving: Saving) -> None:
        """Say how far everything is saved."""
        self._saving = saving
        self._show()

    def _show(self) -> None:
        saving = self._saving
        problem = saving.lost or saving.reason
        said = _words(saving, self._when)
        self.text.setText(said)
        needed = self.text.fontMetrics().horizontalAdvance(said) + 4
        least = min(self._theme.px(_LEAST), self.window().width() // 5)
        self.text.setMinimumWidth(max(1, min(needed, least)))
        self.text.setMaximumWidth(needed)
        reasons = "\n".join(each.reason for each in saving.refused)
        set_tip(self.text, f"{said} {problem.remedy}" if problem else reasons or said)
        self.elsewhere.setVisible(problem is not None)
        self.stop.setVisible(saving.waits and problem is None)
        wrong = problem is not None or bool(saving.refused)
        if bool(self.text.property("error")) != wrong:
            self.text.setProperty("error", wrong)
            repolish(self.text)


def _words(saving: Saving, when: dt.datetime | None) -> str:
    if saving.lost:
        return saving.lost.message
    if saving.unsaved:
        return f"{plural(len(saving.unsaved), 'change')} not saved yet: {saving.why}"
    if saving.refused:
        first = saving.refused[0]
        more = f" and {len(saving.refused) - 1} more" if len(saving.refused) > 1 else ""
        return f"Not saved: “{first.asker.label}”{more}"
    if saving.waits:
        return "Waiting for another program to finish writing…"
    return f"All changes saved {when:%H:%M}" if when else "All changes saved"
