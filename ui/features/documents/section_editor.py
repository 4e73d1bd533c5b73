"""One section of a document: its text, where it stands, who works on it, and newer sources."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from scoper.scoping.forms import SECTION_PEOPLE, SECTION_TEXT
from scoper.terms import SectionState
from scoper.text import plural
from ui.features.documents.document_view import DocumentView
from ui.kit.basics import Banner, Pill, ScrollColumn, button, heading, label
from ui.kit.fields.editor import Editor
from ui.kit.fields.typed import LineEditor, TextEditor
from ui.kit.layout.flow import Flow, flow
from ui.kit.layout.tab_order import chain_tabs
from ui.kit.lists.forms import side_by_side
from ui.kit.look.plain import set_tip
from ui.kit.look.theme import Theme

if TYPE_CHECKING:
    from scoper.exchange.documents import DraftedSection
    from scoper.snapshot import SectionPlace

_BANDS: Final = {SectionState.IN_REVIEW: "medium", SectionState.APPROVED: "low"}
_ABOUT_DRAFT: Final = "Drafted from the steps. It follows them until you change a word."
_ABOUT_EDITED: Final = "Edited: it stays as it is when the steps change."


class SectionEditor(ScrollColumn):
    """Edits one section; what it says about it comes with the next document.

    Signals: ``state_asked(state)``, ``merged(how)`` with ``keep``, ``redraft`` or ``keep_both``,
    and ``closed()``.
    """

    state_asked = Signal(object)
    merged = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(margin=8)
        self._theme = theme
        self._shown: SectionPlace | None = None
        self._mark = ""
        self._compared = ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.setSpacing(10)
        self.back_button = button("← Back to the document", self.closed.emit, kind="link")
        set_tip(self.back_button, "Esc")
        self.title = heading("")
        self.title.setWordWrap(True)
        self.state = Pill()
        self.about = label(secondary=True, wrap=True)
        self.text = TextEditor(SECTION_TEXT, least_lines=11)
        self.body.addLayout(flow(self.back_button, None, self.state))
        for widget in (self.title, self.about, self._make_banner(), self.text):
            self.body.addWidget(widget)
        self.body.addWidget(label(SECTION_TEXT.help, secondary=True, wrap=True))
        self.people = {field.name: LineEditor(field) for field in SECTION_PEOPLE}
        self.body.addWidget(side_by_side(list(self.people.values())))
        self.body.addLayout(self._make_buttons())
        self.body.addStretch(1)
        chain_tabs(self)

    def show_section(self, place: SectionPlace, section: DraftedSection, mark: str) -> None:
        """Show a section; where it is the one shown before, what is being typed in it stays."""
        if place != self._shown:
            self._shown = place
            for editor in self.fields():
                editor.forget()
        kept = section.kept
        self._mark = mark
        self.title.setText(section.spec.title)
        self.text.set_value(section.source)
        for name, person in self.people.items():
            person.set_value(getattr(kept, name) if kept else "")
        self._show_state(section)
        self._show_banner(section)

    def flush(self) -> None:
        """Announce what is still being typed."""
        for editor in self.fields():
            editor.flush()

    def fields(self) -> Iterator[Editor]:
        """Yield the text and who works on it."""
        yield self.text
        yield from self.people.values()

    @property
    def pending(self) -> bool:
        """Whether something was typed that is not saved yet."""
        return self.text.pending

    def seen(self) -> str:
        """Return the text as it stands in the field."""
        return self.text.widget.toPlainText()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the document with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    # ------------------------------------------------------------ building

    def _make_banner(self) -> QWidget:
        self.banner = Banner("warning")
        self.banner.body.addWidget(heading("Sources have changed", "label"))
        self.banner.body.addWidget(
            label("The steps say something else since this was drafted. They now say:", wrap=True)
        )
        self.new_draft = DocumentView(self._theme)
        self.new_draft.setAccessibleName("New draft")
        self.banner.body.addWidget(self.new_draft)
        self.keep_button = button("Keep mine", partial(self.merged.emit, "keep"))
        self.redraft_button = button("Take the new draft", partial(self.merged.emit, "redraft"))
        self.both_button = button("Keep both", partial(self.merged.emit, "keep_both"))
        self.banner.body.addLayout(flow(self.keep_button, self.redraft_button, self.both_button))
        return self.banner

    def _make_buttons(self) -> Flow:
        ask = self.state_asked.emit
        self.review_button = button("Send to review", partial(ask, SectionState.IN_REVIEW))
        self.approve_button = button("Approve", partial(ask, SectionState.APPROVED))
        self.reopen_button = button("Back to drafting", partial(ask, SectionState.DRAFTING))
        self.follow_button = button("Follow the steps again", partial(self.merged.emit, "redraft"))
        return flow(
            self.review_button, self.approve_button, self.reopen_button, None, self.follow_button
        )

    # ------------------------------------------------------------ showing

    def _show_state(self, section: DraftedSection) -> None:
        state, kept = section.state, section.kept
        text = state.label
        if state is SectionState.APPROVED and kept and kept.approved_on:
            on, short = kept.approved_on, QLocale.FormatType.ShortFormat
            day = QLocale().toString(QDate(on.year, on.month, on.day), short)
            text = f"Approved by {kept.approved_by}, {day}" if kept.approved_by else text
        self.state.show_band(text, _BANDS.get(state), shape=False)
        about = _ABOUT_EDITED if section.is_edited else _ABOUT_DRAFT
        gaps = f", {plural(section.gaps, 'place')} to be written" if section.gaps else ""
        self.about.setText(f"{about} {plural(section.words, 'word')}{gaps}.")
        self.review_button.setVisible(state is SectionState.DRAFTING)
        self.approve_button.setVisible(state is not SectionState.APPROVED)
        self.approve_button.setEnabled(not section.is_stale and not section.gaps)
        set_tip(self.approve_button, "Decide what to keep first" if section.is_stale
            else "Write what is marked first" if section.gaps else ""
        )  # fmt: skip
        self.reopen_button.setVisible(state is not SectionState.DRAFTING)
        self.follow_button.setVisible(section.is_edited and not section.is_stale)

    def _show_banner(self, section: DraftedSection) -> None:
        self.banner.setVisible(section.is_stale)
        if section.is_stale:
            same = self._compared == section.draft
            self._compared = section.draft
            self.new_draft.show_markdown(section.draft, self._mark, keep_place=same)
            self.new_draft.setFixedHeight(self._theme.px(150))
