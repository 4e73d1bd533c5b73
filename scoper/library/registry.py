"""Every kind of content, and the library made of the built-in packs and the user's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Final, TypeVar

from scoper.errors import NotFound
from scoper.library import (
    approaches,
    criteria,
    data_checks,
    delivery,
    governance,
    ideas,
    metrics,
    relevance,
    risks,
    roles,
)
from scoper.library.lines import Place
from scoper.library.packs import (
    LIBRARY,
    BrokenPack,
    E,
    Pack,
    PackKind,
    broken,
    load,
    references,
)
from scoper.settings import library_folder
from scoper.text import join

KINDS: Final[tuple[PackKind[Any], ...]] = (
    ideas.KIND,
    relevance.KIND,
    approaches.LADDER,
    approaches.MODELLING,
    metrics.GOALS,
    metrics.METRICS,
    metrics.MODEL_METRICS,
    data_checks.KIND,
    risks.RISKS,
    risks.PREMORTEM,
    governance.ACT_QUESTIONS,
    governance.ACT_DUTIES,
    governance.ACT_DATES,
    governance.RMF,
    delivery.ROADMAP,
    delivery.ROLE_PROFILES,
    delivery.COSTS,
    criteria.KIND,
    roles.KIND,
)
"""The kinds of content, in the order they are listed; a new one is a line here."""

_PLACES = join([f"{place}/" for place in dict.fromkeys(kind.place for kind in KINDS)], "or")

T = TypeVar("T")

FILES_LIMIT: Final = 200
"""Most packs of the user's own that are read."""


@dataclass(frozen=True, slots=True, eq=False)
class PackFile:
    """A pack with its kind and file; ``own`` if it is the user's and not built in."""

    kind: PackKind[Any]
    path: Path
    own: bool
    pack: Pack


@dataclass(frozen=True, slots=True)
class Library:
    """The packs in use, built-in ones first, and what is wrong with those left out.

    ``built_in`` holds the kind and the id of every built-in entry, also of those that one of the
    user's replaces.
    """

    files: tuple[PackFile, ...]
    problems: tuple[BrokenPack, ...]
    built_in: frozenset[tuple[str, str]] = frozenset()
    _made: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, make: Callable[[Library], T]) -> T:
        """Return what ``make`` makes of this library; it is made when it is first asked for."""
        if make not in self._made:
            self._made.setdefault(make, make(self))
        made: T = self._made[make]
        return made

    def entries(self, kind: PackKind[E]) -> tuple[E, ...]:
        """Return the entries of a kind; one of the user's replaces the built-in one of its id."""
        found: dict[str, E] = {}
        for file in self.files:
            if file.kind is kind:
                found.update((kind.id_of(entry), entry) for entry in kind.entries_of(file.pack))
        return tuple(found.values())

    def origins(self, kind: PackKind[E]) -> dict[str, PackFile]:
        """Return the pack that each entry of a kind in use comes from, by id of the entry."""
        return {
            kind.id_of(entry): file
            for file in self.files
            if file.kind is kind
            for entry in kind.entries_of(file.pack)
        }

    def entry(self, kind: PackKind[E], key: str) -> E:
        """Return the entry of a kind with that id.

        Raises:
            NotFound: there is none.
        """
        for entry in self.entries(kind):
            if kind.id_of(entry) == key:
                return entry
        raise NotFound(f"The library has no “{key}” among its {kind.title.lower()}.")


def library() -> Library:
    """Return the library in use; its files are read when it is first asked for.

    A broken pack is left out and named in ``problems``, never raised. Everything takes the same
    library until ``read_again``.
    """
    held = _held.get(library_folder())
    return read_again() if held is None else held.library


def read_again() -> Library:
    """Use from now on what the files hold; where none has changed, the very library as before."""
    with _reading:
        folder, found = library_folder(), tuple(_found())
        held = _held.get(folder)
        if held is None or held.found != found:
            _held.clear()
            _held[folder] = held = _Held(found, _read(found))
        return held.library


@dataclass(frozen=True, slots=True)
class _Found:
    """A file as it was found: a changed one has another stamp (time in ns, size in bytes)."""

    kind: PackKind[Any] | None
    path: Path
    own: bool
    stamp: tuple[int, int]
    refused: str = ""


def _found() -> Iterator[_Found]:
    for kind in KINDS:
        for path in _toml_files(LIBRARY, kind.place):
            yield _Found(kind, path, False, _stamp(path))
    own = library_folder()
    kinds: dict[Path, list[PackKind[Any]]] = defaultdict(list)
    for kind in KINDS:
        for path in _toml_files(own, kind.place):
            kinds[path].append(kind)
    strays = {*own.glob("*.toml"), *own.glob("*/*.toml")}.difference(kinds)
    for path in sorted(strays)[:FILES_LIMIT]:
        yield _Found(None, path, True, _stamp(path), f"packs belong into {_PLACES}")
    for number, path in enumerate(kinds):
        refused = "" if number < FILES_LIMIT else f"there are more than {FILES_LIMIT} packs"
        for kind in kinds[path]:
            yield _Found(kind, path, True, _stamp(path), refused)


def _toml_files(root: Path, place: str) -> list[Path]:
    return [*root.glob(f"{place}.toml"), *sorted((root / place).glob("*.toml"))]


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


@dataclass(frozen=True, slots=True)
class _Held:
    """The library in use, and the files it was read from."""

    found: tuple[_Found, ...]
    library: Library


_reading: Final = Lock()
_held: Final[dict[Path, _Held]] = {}
"""The library in use, under the folder of the user's packs: another folder is another library."""


def _read(found: tuple[_Found, ...]) -> Library:
    files: list[PackFile] = []
    problems: list[BrokenPack] = []
    for file in found:
        try:
            files.append(_load(file))
        except BrokenPack as problem:
            problems.append(problem)
    files = _without_doubles(files, problems)
    files = _without_dangling(files, problems)
    return Library(
        tuple(_in_use(files)),
        tuple({str(p): p for p in problems}.values()),
        frozenset(
            (file.kind.name, file.kind.id_of(entry))
            for file in files
            if not file.own
            for entry in file.kind.entries_of(file.pack)
        ),
    )


def _load(file: _Found) -> PackFile:
    if file.kind is None or file.refused:
        raise BrokenPack(file.path, file.refused)
    pack = load(file.kind.pack, file.path, own=file.own)
    seen: set[str] = set()
    for index, entry in enumerate(file.kind.entries_of(pack)):
        key = file.kind.id_of(entry)
        if key in seen:
            raise _broken(file.path, file.kind.place_of(index), f"“{key}” is there twice")
        seen.add(key)
    return PackFile(file.kind, file.path, file.own, pack)


def _broken(path: Path, place: Place, reason: str) -> BrokenPack:
    return broken(path, path.read_text(encoding="utf-8-sig"), place, reason)


def _without_doubles(files: list[PackFile], problems: list[BrokenPack]) -> list[PackFile]:
    """Return the packs without any that repeats an id of another one from the same side."""
    seen: dict[tuple[str, bool, str], Path] = {}
    kept = []
    for file in files:
        entries = enumerate(file.kind.entries_of(file.pack))
        ids: list[tuple[tuple[str, bool, str], Place]] = [
            ((file.kind.name, file.own, f"pack {file.pack.id}"), ("id",)),
            *(
                ((file.kind.name, file.own, file.kind.id_of(entry)), file.kind.place_of(index))
                for index, entry in entries
            ),
        ]
        double = next(((key, place) for key, place in ids if key in seen), None)
        if double:
            key, place = double
            name = key[2].removeprefix("pack ")
            reason = f"“{name}” is already in {seen[key].name}"
            problems.append(_broken(file.path, place, reason))
            continue
        seen.update((key, file.path) for key, _ in ids)
        kept.append(file)
    return kept


def _without_dangling(files: list[PackFile], problems: list[BrokenPack]) -> list[PackFile]:
    """Return the packs without any of the user's that leaves a reference unresolved.

    Leaving one out can leave another dangling, so it goes on until all references resolve. A
    built-in pack is never left out; its dangling reference is a problem all the same, unless a
    pack of the user's took the entry away, which is then the one to blame.
    """
    while True:
        known = _known(_in_use(files))
        dangling = [
            (file, place, kind, key)
            for file in _in_use(files)
            for place, kind, key in references(file.pack)
            if key not in known[kind]
        ]
        blamed: dict[PackFile, BrokenPack] = {}
        for file, place, kind, key in dangling:
            culprit = file if file.own else _taker(files, kind, key)
            if culprit is None or culprit is file:
                reason = f"there is no “{key}” among the {kind.replace('_', ' ')}"
                problem = _broken(file.path, place, reason)
            else:
                reason = f"“{key}” is missing, which {file.path.name} refers to"
                problem = BrokenPack(culprit.path, reason, field=culprit.kind.entries)
            if culprit is None:
                problems.append(problem)
            else:
                blamed.setdefault(culprit, problem)
        if not blamed:
            return files
        problems.extend(blamed.values())
        files = [file for file in files if file not in blamed]


def _known(files: list[PackFile]) -> dict[str, set[str]]:
    known: dict[str, set[str]] = defaultdict(set)
    for file in files:
        known[file.kind.name].update(map(file.kind.id_of, file.kind.entries_of(file.pack)))
    return known


def _taker(files: list[PackFile], kind: str, key: str) -> PackFile | None:
    """Return the pack of the user's in place of the built-in one that has the entry."""
    for file in files:
        if not file.own and file.kind.name == kind and key in _known([file])[kind]:
            return _replacement(file, files)
    return None


def _replacement(file: PackFile, files: list[PackFile]) -> PackFile | None:
    if file.own:
        return None
    same = (f for f in files if f.own and f.kind is file.kind and f.pack.id == file.pack.id)
    return next(same, None)


def _in_use(files: list[PackFile]) -> list[PackFile]:
    """Return the packs without those replaced; each replacement stands in the place it took."""
    placed = {file: taken for file in files if (taken := _replacement(file, files))}
    return [placed.get(file, file) for file in files if file not in placed.values()]
