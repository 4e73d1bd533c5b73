"""Changes that somebody asked for, from the field where they were typed until they are saved."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from shiboken6 import isValid

from ui.kit.fields.place import Place

if TYPE_CHECKING:
    from scoper.errors import Overtaken, ScoperError, StorageError
    from ui.kit.fields import Editor


@dataclass(frozen=True, slots=True)
class Asker:
    """The field that asks for a change.

    ``value`` is what was entered, ``words`` says a value as the field would. ``settled`` tells the
    field that it is saved; ``refused`` why it was not, and returns whether the field is still
    there to say so. ``dropped`` tells it that what was entered does not stay. What is asked for
    in one ``burst`` is one step to undo. ``chosen``, where given, settles a conflict in place of
    ``Session.choose``: it gets the error and whether one's own value stays. Nothing is asked while
    somebody ``types`` into the field.
    """

    place: Place
    value: Any
    label: str
    words: Callable[[Any], str]
    settled: Callable[[], object] = lambda: None
    refused: Callable[[str], bool] = lambda _: False
    dropped: Callable[[], object] = lambda: None
    types: Callable[[], bool] = lambda: False
    burst: object | None = None
    chosen: Callable[[Overtaken, bool], object] | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """A command with its arguments, and who waits for how it ends."""

    command: Callable[..., Any]
    arguments: Mapping[str, Any] = field(default_factory=dict)
    done: Callable[[Any], object] | None = None
    refused: Callable[[ScoperError], object] | None = None
    asker: Asker | None = None

    def having_seen(self, theirs: Any) -> Edit:
        """Return the edit as it is when the present value of its field was seen."""
        return replace(self, arguments={**self.arguments, "seen": [theirs]})


@dataclass(frozen=True, slots=True)
class Refused:
    """What was entered in a field and cannot be saved as it is, and why."""

    asker: Asker
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an edit ended: its result, or the error."""

    edit: Edit
    result: Any = None
    error: BaseException | None = None


@dataclass(frozen=True, slots=True)
class Saving:
    """How far what was entered is saved.

    ``unsaved`` are edits that are tried again until they are saved, and ``reason`` why they are
    not. ``lost`` says that the file is not at its place any more, or is damaged. ``waits`` while
    another program has been writing for a while. ``refused`` is what stands in fields and cannot
    be saved as it is.
    """

    unsaved: tuple[Edit, ...] = ()
    reason: StorageError | None = None
    lost: StorageError | None = None
    waits: bool = False
    refused: tuple[Refused, ...] = ()

    @property
    def is_clear(self) -> bool:
        """Whether everything is saved, in a file that stands at its place."""
        return not (self.unsaved or self.refused) and self.lost is None

    def refused_at(self, place: Place) -> Refused | None:
        """Return what stands at a place and cannot be saved as it is."""
        return next((each for each in self.refused if each.asker.place == place), None)

    @property
    def why(self) -> str:
        """Why what was entered is not saved yet; empty where nothing waits."""
        return self.reason.message if self.reason else ""

    def typed(self, place: Place) -> Asker | None:
        """Return what was entered last at a place and is not saved yet."""
        found = (edit.asker for edit in reversed(self.unsaved))
        return next((asker for asker in found if asker and asker.place == place), None)


def asked_by(editor: Editor, value: Any, *place: Hashable) -> dict[str, Any]:
    """Return what ``Session.run`` needs to know of an edit: what its field has seen, and the field.

    The field may be about something else by the time it learns how the edit ended, or be gone
    because its list or form was built anew.
    """
    turn = editor.turn

    def is_there() -> bool:
        return isValid(editor) and editor.turn is turn

    def settled() -> None:
        if is_there():
            editor.settle()

    def refused(reason: str) -> bool:
        if is_there():
            editor.refuse(reason)
        return is_there()

    def dropped() -> None:
        if is_there():
            editor.forget()

    def types() -> bool:
        return is_there() and editor.is_typing

    label, words = editor.field.label, editor.words
    asker = Asker(place, value, label, words, settled, refused, dropped, types, editor.burst)
    return {"seen": editor.seen, "asker": asker}
