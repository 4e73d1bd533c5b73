"""Which column of a table becomes which field of a use case: guessed, then put right by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches
from functools import cache

from scoper.errors import ImportProblem
from scoper.exchange.targets import TARGETS, Target
from scoper.text import clean_line, join, shorten

_FUZZY_LENGTH = 8
_FUZZY_RATIO = 0.87
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_HEAD_ENDS = re.compile(r"[:?–—\[(]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_POSSESSIVE = re.compile(r"[’']s\b")
_NOT_WORD = re.compile(r"[^\w]+|_+")
_NUMBERED = re.compile(r"(.+) \(\d+\)")
_FILLERS = {"the", "a", "an", "ai", "of", "your", "our"}
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The header each field is filled from.

    ``ambiguous`` holds fields whose header stands above several columns, with those columns: a
    person has to say which is meant.
    """

    headers: Mapping[str, str] = field(default_factory=dict)
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def unused(self, headers: Sequence[str]) -> tuple[str, ...]:
        """Return the headers that no field is filled from."""
        return tuple(header for header in headers if header not in self.headers.values())


def guess(headers: Sequence[str], targets: Sequence[Target] = TARGETS) -> ColumnMapping:
    """Return the best header for each field, each header used once at most.

    Whole headers count most, then their beginning, then known phrases inside long questions,
    then near misses in spelling.
    """
    scored = [
        (-score, place, column, target.field, header)
        for place, target in enumerate(targets)
        for column, header in enumerate(headers)
        if (score := _likeness(header, target)) > 0
    ]
    found: dict[str, str] = {}
    for _, _, _, name, header in sorted(scored):
        if name not in found and header not in found.values():
            found[name] = header
    ordered = {target.field: found[target.field] for target in targets if target.field in found}
    return ColumnMapping(
        ordered,
        {
            name: rivals
            for name, header in ordered.items()
            if len(rivals := _rivals(header, headers)) > 1
        },
    )


def override(
    mapping: ColumnMapping,
    headers: Sequence[str],
    pairs: Mapping[str, str],
    targets: Sequence[Target] = TARGETS,
) -> ColumnMapping:
    """Return ``mapping`` with fields filled from other headers: field → header, "" for none.

    Fields are named as in the file format or by their label, in any case. A header taken here
    is taken away from the field that was guessed to have it.

    Raises:
        ImportProblem: there is no such field or header; names those there are.
    """
    chosen = {
        _field_named(name, targets): _header_named(header, headers) if header else ""
        for name, header in pairs.items()
    }
    kept = {
        name: header
        for name, header in mapping.headers.items()
        if name not in chosen and header not in chosen.values()
    }
    merged = {**kept, **{name: header for name, header in chosen.items() if header}}
    return ColumnMapping(
        {target.field: merged[target.field] for target in targets if target.field in merged},
        {name: rivals for name, rivals in mapping.ambiguous.items() if name in kept},
    )


def check_unambiguous(mapping: ColumnMapping, remedy: str = "") -> None:
    """Make sure that every field has one column.

    Args:
        mapping: the mapping as it would be used.
        remedy: what to do otherwise, where columns cannot be chosen by hand.

    Raises:
        ImportProblem: a header in use stands above several columns.
    """
    for name, rivals in mapping.ambiguous.items():
        named = join([f"“{header}”" for header in rivals], "or")
        raise ImportProblem(
            f"Several columns could be the {name.replace('_', ' ')}: {named}.",
            remedy or f'Say which one is meant: --map {name}="{rivals[0]}".',
            column=rivals[0],
        )


def listed(headers: Sequence[str]) -> str:
    """Return headers as a phrase that stays readable: long ones cut, the first dozen."""
    shown = [f"“{shorten(header, 40)}”" for header in headers[:_SHOWN]]
    if len(headers) > _SHOWN:
        return f"{', '.join(shown)} and {len(headers) - _SHOWN} more"
    return join(shown)


# ---------------------------------------------------------------- likeness


def _likeness(header: str, target: Target) -> float:
    """Return how well a header fits a field: 0 not at all, 1 exactly."""
    best = 0.0
    for variant, worth in _variants(header):
        for place, synonym in enumerate(_normal(name) for name in target.synonyms):
            if variant == synonym:
                best = max(best, worth - place / 1_000)
    if best:
        return best
    whole = f" {_normal(header)} "
    if any(f" {_normal(phrase)} " in whole for phrase in target.phrases):
        return 0.6
    return _near_miss(whole.strip(), target)


def _near_miss(words: str, target: Target) -> float:
    if len(words) < _FUZZY_LENGTH:
        return 0.0
    ratios = (
        SequenceMatcher(None, words, synonym).ratio()
        for synonym in map(_normal, target.synonyms)
        if len(synonym) >= _FUZZY_LENGTH and abs(len(synonym) - len(words)) <= 3
    )
    ratio = max(ratios, default=0.0)
    return ratio / 2 if ratio >= _FUZZY_RATIO else 0.0


def _variants(header: str) -> Iterator[tuple[str, float]]:
    yield _normal(header), 1.0
    yield _normal(_BRACKETS.sub(" ", header)), 0.9
    yield _normal(_HEAD_ENDS.split(header, maxsplit=1)[0]), 0.8


@cache
def _normal(header: str) -> str:
    """Return the words of a header that matter, in small letters."""
    spaced = _CAMEL.sub(" ", _POSSESSIVE.sub("", clean_line(header)))
    words = _NOT_WORD.sub(" ", spaced.casefold()).split()
    return " ".join([word for word in words if word not in _FILLERS] or words)


def _rivals(header: str, headers: Sequence[str]) -> tuple[str, ...]:
    """Return the headers that were the same in the file before they were numbered."""

    def written(name: str) -> str:
        found = _NUMBERED.fullmatch(name)
        known = {other.casefold() for other in headers}
        return (found[1] if found and found[1].casefold() in known else name).casefold()

    return tuple(other for other in headers if written(other) == written(header))


# ---------------------------------------------------------------- naming


def _field_named(name: str, targets: Sequence[Target]) -> str:
    wanted = _normal(name)
    for target in targets:
        if wanted in (_normal(target.field), _normal(target.label)):
            return target.field
    names = [target.field for target in targets]
    close = get_close_matches(name.casefold(), names, n=1)
    hint = f"Did you mean {close[0]}? " if close else ""
    raise ImportProblem(
        f"There is no field “{name}” to import into.", f"{hint}The fields are {join(names)}."
    )


def _header_named(name: str, headers: Sequence[str]) -> str:
    for same in (
        lambda header: header == name,
        lambda header: clean_line(header).casefold() == clean_line(name).casefold(),
        lambda header: _normal(header) == _normal(name),
    ):
        found = next(filter(same, headers), None)
        if found is not None:
            return found
    close = get_close_matches(name, headers, n=1)
    hint = f"Did you mean “{close[0]}”? " if close else ""
    raise ImportProblem(
        f"The table has no column “{name}”.",
        f"{hint}Its columns are {listed(headers)}.",
        column=name,
    )
