"""The sections of the document that is shown: the list, the editor, and what they ask for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal

from scoper.snapshot import SectionPlace
from scoper.terms import SectionState
from scoper.text import plural
from ui.bridge.context import Context
from ui.bridge.edits import asked_by
from ui.features.documents.section_editor import SectionEditor
from ui.features.documents.section_list import SectionList
from ui.kit.basics import Card, button, heading, label
from ui.kit.fields.editor import Editor
from ui.kit.fields.place import Place
from ui.kit.look.plain import set_tip

if TYPE_CHECKING:
    from scoper.exchange.documents import Document, DraftedSection


class Sections(QObject):
    """Ties the list and the editor of sections to a document and to the commands on it.

    Signals: ``reached(section_id)`` when a section is to be brought into view, ``shown()`` when
    the editor shows one,
    ``editing(is_open)`` when the editor opens or closes.
    """

    reached = Signal(str)
    shown = Signal()
    editing = Signal(bool)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._session = context.session
        self._document_place: tuple[UUID, str] | None = None
        self._document: Document | None = None
        self._open = ""
        self._mark = ""
        self.list = SectionList(context.theme)
        self.list.reached.connect(self._reach)
        self.list.opened.connect(self.open)
        self.editor = SectionEditor(context.theme)
        self.editor.text.edited.connect(self._edit)
        for person in self.editor.people.values():
            person.edited.connect(partial(self._name, person))
        self.editor.state_asked.connect(self._move)
        self.editor.merged.connect(self._merge)
        self.editor.closed.connect(self.close)
        self.card = self._make_card()

    def _make_card(self) -> Card:
        card = Card()
        card.body.setContentsMargins(12, 12, 4, 8)
        self.count = heading("Sections")
        self.progress = label(secondary=True, wrap=True)
        self.edit_button = button("Edit section", lambda: self.open(self.list.current))
        set_tip(self.edit_button, "Enter")
        card.body.addWidget(self.count)
        card.body.addWidget(self.progress)
        card.body.addWidget(self.list, 1)
        card.body.addWidget(self.edit_button, alignment=Qt.AlignmentFlag.AlignLeft)
        return card

    # ------------------------------------------------------------ showing

    def show_document(
        self, use_case_id: UUID, kind: str, document: Document | None, mark: str
    ) -> None:
        """Show the sections of a document; the editor closes when it is about another one."""
        place = (use_case_id, kind)
        if place != self._document_place:
            self.close()
        self._document_place, self._document, self._mark = place, document, mark
        self.list.show_document(document)
        sections = document.sections if document else ()
        approved = sum(section.state is SectionState.APPROVED for section in sections)
        stale = sum(section.is_stale for section in sections)
        words = [f"{approved} of {len(sections)} approved"] if sections else []
        if stale:
            words.append(f"{plural(stale, 'section')} with changed sources")
        self.progress.setText(", ".join(words))
        self.edit_button.setEnabled(bool(sections))
        self._show_open()

    def open(self, section_id: str) -> None:
        """Edit a section; without one, the first."""
        if not self._document or not self._document.sections:
            return
        self.flush()
        self._open = section_id or self._document.sections[0].spec.id
        self.list.select(self._open)
        self._show_open()
        self.editing.emit(True)
        self.editor.text.setFocus()

    def close(self) -> None:
        """Go back to the document."""
        if not self._open:
            return
        self.flush()
        section, self._open = self._open, ""
        self.editing.emit(False)
        self.reached.emit(section)
        self.list.setFocus()

    def flush(self) -> None:
        """Save what is still being typed."""
        if self._open:
            self.editor.flush()

    @property
    def is_open(self) -> bool:
        """Whether a section is being edited."""
        return bool(self._open)

    def _section(self) -> DraftedSection | None:
        sections = self._document.sections if self._document else ()
        return next((s for s in sections if s.spec.id == self._open), None)

    def _show_open(self) -> None:
        section = self._section()
        if section is not None and self._document_place is not None:
            place = SectionPlace(*self._document_place, self._open)
            self.editor.show_section(place, section, self._mark)
            self.shown.emit()
        elif self._open:
            self.close()

    def _reach(self, section_id: str) -> None:
        if self._open:
            self.flush()
            self._open = section_id
            self._show_open()
        else:
            self.reached.emit(section_id)

    # ------------------------------------------------------------ acting

    def _edit(self, text: str) -> None:
        from scoper.commands import sections

        if asked := self._asked():
            place, draft = asked
            editor = self.editor.text
            self._session.edit(
                lambda store, seen: sections.edit(
                    store, place=place, text=text, draft=draft, seen=seen
                ),
                asked_by(editor, text, _field(place, editor)),
            )

    def _name(self, editor: Editor, text: str) -> None:
        from scoper.commands import sections

        if asked := self._asked():
            place, name = asked[0], editor.field.name
            self._session.edit(
                lambda store, seen: sections.set_people(
                    store, place=place, field=name, value=text, seen=seen
                ),
                asked_by(editor, text, _field(place, editor)),
            )

    def fields(self) -> Iterator[tuple[Place, Editor]]:
        """Yield the fields of the section that is edited."""
        if asked := self._asked():
            for editor in self.editor.fields():
                yield _field(asked[0], editor), editor

    def _move(self, state: SectionState) -> None:
        from scoper.commands import sections

        self.flush()
        text = self.editor.seen()
        if asked := self._asked():
            place, draft = asked
            self._session.run(
                lambda store: sections.set_state(
                    store, place=place, state=state, text=text, draft=draft
                )
            )

    def _merge(self, how: str) -> None:
        from scoper.commands import sections

        self.flush()
        self.editor.text.forget()
        if asked := self._asked():
            place, draft = asked
            if how == "keep":
                self._session.run(lambda store: sections.keep(store, place=place, draft=draft))
            elif how == "keep_both":
                self._session.run(lambda store: sections.keep_both(store, place=place, draft=draft))
            else:
                self._session.run(lambda store: sections.redraft(store, place=place))

    def _asked(self) -> tuple[SectionPlace, str] | None:
        """Return the section that is edited, and what its draft says."""
        section = self._section()
        if section is None or self._document_place is None:
            return None
        return SectionPlace(*self._document_place, self._open), section.draft


def _field(place: SectionPlace, editor: Editor) -> Place:
    use_case_id, document, section = place
    return Place.of(use_case_id, field=(document, section, editor.field.name))
