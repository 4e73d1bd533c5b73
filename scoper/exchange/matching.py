"""Finds out which rows of a table are known already, so that importing twice changes nothing."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from scoper.exchange.records import Record


@dataclass(frozen=True, slots=True)
class Known:
    """A use case that is in the portfolio; ``values`` are its fields."""

    values: Mapping[str, Any]

    @property
    def id(self) -> UUID:
        """Its id."""
        found: UUID = self.values["id"]
        return found

    @property
    def key(self) -> str:
        """Its key."""
        return str(self.values["key"])

    @property
    def title(self) -> str:
        """Its title."""
        return str(self.values["title"])

    @property
    def source_id(self) -> str:
        """Its identifier where it came from, "" if none."""
        return str(self.values["source_id"])


_Sign = Callable[[Any], Hashable | None]


def match(
    records: Sequence[Record], existing: Sequence[Known], by_organisation: bool
) -> list[Known | None]:
    """Return for each record the use case it is about, each use case used once.

    In this order: identifier and title (the key stands in where a use case has no identifier),
    one occurrence after the other; identifier alone where one record and one use case are left
    with it; without identifier the title, and the organisation if the table has one.
    """
    found: list[Known | None] = [None] * len(records)
    matcher = _Matcher(records, existing, found)
    matcher.pair(
        lambda record: (record.source_id, record.title) if record.source_id else None,
        lambda known: (known.source_id or known.key, known.title),
    )
    matcher.pair(
        lambda record: record.source_id or None,
        lambda known: known.source_id or None,
        only_single=True,
    )

    def organisation(values: Mapping[str, Any]) -> str:
        return str(values.get("organisation", "")) if by_organisation else ""

    matcher.pair(
        lambda record: None if record.source_id else (record.title, organisation(record.values)),
        lambda known: None if known.source_id else (known.title, organisation(known.values)),
    )
    return found


class _Matcher:
    def __init__(
        self, records: Sequence[Record], existing: Sequence[Known], found: list[Known | None]
    ) -> None:
        self._records = records
        self._existing = existing
        self._found = found
        self._used: set[UUID] = set()

    def pair(self, of_record: _Sign, of_known: _Sign, *, only_single: bool = False) -> None:
        """Pair what is left and has the same sign; None is no sign."""
        open_places = [place for place, known in enumerate(self._found) if known is None]
        groups: dict[Hashable, deque[Known]] = defaultdict(deque)
        for known in self._existing:
            sign = of_known(known) if known.id not in self._used else None
            if sign is not None:
                groups[sign].append(known)
        signs = {place: of_record(self._records[place]) for place in open_places}
        counts = _counts(signs.values())
        for place, sign in signs.items():
            group = groups.get(sign) if sign is not None else None
            if not group or (only_single and (len(group) > 1 or counts[sign] > 1)):
                continue
            known = group.popleft()
            self._found[place] = known
            self._used.add(known.id)


def _counts(signs: Iterable[Hashable | None]) -> Counter[Hashable | None]:
    return Counter(signs)
