"""Changes that somebody asked for, from the field where they were typed until they are saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from shiboken6 import isValid

from ui.kit.fields.place import Place

if TYPE_CHECKING:
    from scoper.errors import Overtaken, ScoperError, StorageError
    from scoper.snapshot import Changes
    from scoper.store import Store
    from scoper.store.unit import Seen
    from ui.kit.fields.editor import Editor

R = TypeVar("R", bound="Changes")
"""What a command returns: ``Changes``, or ``Done`` where it has a value besides."""


@dataclass(frozen=True, slots=True)
class Asker:
    """The field that asks for a change.

    ``value`` is what was entered, ``words`` says a value as the field would. ``seen`` is what the
    field has seen of what it changes, None where that does not matter. ``settled`` tells the
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
    seen: Seen = None
    settled: Callable[[], object] = lambda: None
    refused: Callable[[str], bool] = lambda _: False
    dropped: Callable[[], object] = lambda: None
    types: Callable[[], bool] = lambda: False
    burst: object | None = None
    chosen: Callable[[Overtaken, bool], object] | None = None


@dataclass(frozen=True, slots=True)
class Edit(Generic[R]):
    """A change that was asked for, and who waits for how it ends.

    ``change`` gets the store and what its field has seen by the time it is tried.
    """

    change: Callable[[Store, Seen], R]
    done: Callable[[R], object] | None = None
    refused: Callable[[ScoperError], object] | None = None
    asker: Asker | None = None

    @property
    def seen(self) -> Seen:
        """What the field that asks has seen; None where that does not matter."""
        return self.asker.seen if self.asker else None

    def having_seen(self, seen: Seen) -> Edit[R]:
        """Return the edit as it is when its field has seen that."""
        return replace(self, asker=replace(self.asker, seen=seen)) if self.asker else self

    def going_on_from(self, older: Edit[Any]) -> Edit[R]:
        """Return the edit as it is when its field has also seen all that an older one had seen."""
        if older.seen is None or self.seen is None:
            return self
        return self.having_seen([*older.seen, *self.seen])


@dataclass(frozen=True, slots=True)
class Refused:
    """What was entered in a field and cannot be saved as it is, and why."""

    asker: Asker
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an edit, or another job of the lane, ended.

    ``tell`` hands the result to who waits for it; ``error`` says why there is none.
    """

    edit: Edit[Any] | None = None
    tell: Callable[[], object] | None = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class Saving:
    """How far what was entered is saved.

    ``unsaved`` are edits that are tried again until they are saved, and ``reason`` why they are
    not. ``lost`` says that the file is not at its place any more, or is damaged. ``waits`` while
    another program has been writing for a while. ``refused`` is what stands in fields and cannot
    be saved as it is.
    """

    unsaved: tuple[Edit[Any], ...] = ()
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


def asked_by(editor: Editor, value: Any, place: Place) -> Asker:
    """Return a field as who asks for an edit, with all that it has seen.

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

    return Asker(
        place,
        value,
        editor.field.label,
        editor.words,
        editor.seen,
        settled,
        refused,
        dropped,
        types,
        editor.burst,
    )
