"""Copies what is built in into the user's own library, to be adapted there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from scoper.errors import InvalidInput, ScoperError
from scoper.files import write_atomically
from scoper.library.packs import LIBRARY, BrokenPack, PackKind, load, read_toml
from scoper.library.registry import Library, PackFile
from scoper.library.toml_text import write_entry, write_fields
from scoper.settings import library_folder

OWN_FILE: Final = "our-own.toml"
"""The pack that entries are copied into, in the folder of their kind."""

_NOTE: Final = (
    "# Entries of our own. One with the id of a built-in entry is used in its place; give it\n"
    "# another id to have both.\n"
)


@dataclass(frozen=True, slots=True)
class Copied:
    """Where a copy went; ``whole`` if it is the whole pack and not one entry."""

    path: Path
    whole: bool


def copy_to_own(library: Library, kind: PackKind[Any], key: str) -> Copied:
    """Write a built-in entry into the user's own library, where it is used from then on.

    Entries of a kind that holds together are copied with their whole pack. What is there already
    is kept: an entry is written below it, and a pack only where there is none.

    Raises:
        InvalidInput: the entry is the user's own already, or its file is there.
        BrokenPack: the user's own file cannot take the entry; it is left as it was.
        ExportError: the folder cannot be written.
        NotFound: there is no such entry.
    """
    library.entry(kind, key)
    origin = library.origins(kind)[key]
    if origin.own:
        raise InvalidInput("This is your own already.", f"Edit it in {origin.path}.")
    return _copy_pack(origin) if kind.whole else _copy_entry(library, origin, key)


def _copy_pack(origin: PackFile) -> Copied:
    path = library_folder() / origin.path.relative_to(LIBRARY)
    if path.exists():
        raise InvalidInput(
            f"There is already a file {path.name} in your library.",
            f"Edit it, or move it away and copy again. ({path.parent})",
        )
    _write(path, origin.path.read_text(encoding="utf-8"), origin)
    return Copied(path, whole=True)


def _copy_entry(library: Library, origin: PackFile, key: str) -> Copied:
    kind = origin.kind
    path = library_folder() / kind.place / OWN_FILE
    held = read_toml(origin.path)[kind.entries]
    values = next(entry for entry in held if str(entry[kind.key]) == key)
    if path.exists():
        before = _own_text(path, origin)
    else:
        before = _NOTE + write_fields(_head(library, origin))
    _write(path, f"{before.rstrip()}\n\n{write_entry(kind.entries, values)}", origin)
    return Copied(path, whole=False)


def _own_text(path: Path, origin: PackFile) -> str:
    load(origin.kind.pack, path, own=True)
    return path.read_text(encoding="utf-8-sig")


def _head(library: Library, origin: PackFile) -> dict[str, Any]:
    """Return what a new pack of the user's states; it holds what was last checked that day."""
    kind, pack = origin.kind, origin.pack
    taken = {file.pack.id for file in library.files if file.kind is kind}
    wanted = f"our-own-{kind.name.replace('_', '-')}"
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return {
        "id": wanted if wanted not in taken else next(n for n in numbered if n not in taken),
        "title": f"{kind.title}: our own",
        "source": f"Adapted from “{pack.title}”. {pack.source}",
        "as_of": pack.as_of,
        "version": 1,
    }


def _write(path: Path, text: str, origin: PackFile) -> None:
    """Write a pack, unless it would be broken with it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ScoperError(
            f"The folder {path.parent} could not be made.", "Check that you may write there."
        ) from error

    def fill(beside: Path) -> None:
        beside.write_text(text, encoding="utf-8", newline="\n")
        try:
            load(origin.kind.pack, beside, own=True)
        except BrokenPack as problem:
            raise BrokenPack(
                path, problem.reason, line=problem.line, field=problem.field
            ) from problem

    write_atomically(path, fill)
