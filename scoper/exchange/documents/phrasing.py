"""Numbers, dates and phrases the way a British colleague would write them."""

from __future__ import annotations

import datetime as dt
from typing import Final

from scoper.snapshot import Kpi
from scoper.terms import Direction
from scoper.text import clean

NO_BREAK: Final = "\u00a0"
_SYMBOLS: Final = {"EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥", "INR": "₹"}
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_COUNTS: Final = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip
_ENDINGS: Final = (".", "!", "?", "…", ":", ".”", "!”", "?”", '."', '!"', '?"', ".)", "。")
_LITTLE_WORDS: Final = frozenset({
    "a", "about", "after", "all", "almost", "an", "and", "any", "around", "as", "at", "before",
    "between", "both", "each", "every", "five", "for", "four", "from", "half", "how", "if",
    "in", "it", "its", "less", "more", "most", "nearly", "no", "none", "not", "of", "on", "one",
    "only", "our", "over", "roughly", "six", "some", "ten", "that", "the", "their", "there",
    "these", "they", "this", "three", "to", "two", "under", "up", "we", "what", "when", "where",
    "with", "without",
})  # fmt: skip


def number(value: float) -> str:
    """Return a number with thousands separators and no more decimals than it has."""
    rounded = round(value, 2) if abs(value) >= 1 else float(f"{value:.3g}")
    written = f"{abs(rounded):,.12f}".rstrip("0").rstrip(".")
    return f"−{written}" if rounded < 0 and written != "0" else written


def money(value: float, currency: str) -> str:
    """Return an amount with its currency, without cents from 100 on."""
    amount = f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:,.2f}"
    symbol = _SYMBOLS.get(currency)
    return f"{symbol}{amount}" if symbol else f"{currency}{NO_BREAK}{amount}"


def day(date: dt.date | None) -> str:
    """Return a date such as 12 October 2026; an empty text for None."""
    return f"{date.day}{NO_BREAK}{_MONTHS[date.month - 1]} {date.year}" if date else ""


def percent(share: float) -> str:
    """Return a share as a whole percentage."""
    return f"{100 * share:.0f}{NO_BREAK}%"


def stopped(words: str) -> str:
    """Return a phrase with a full stop at its end, unless it ends a sentence already."""
    phrase = words.strip()
    return phrase if not phrase or phrase.endswith(_ENDINGS) else phrase.rstrip(" ,;") + "."


def sentence(words: str) -> str:
    """Return a phrase as a sentence: first letter large, full stop at the end."""
    ended = stopped(words)
    return ended[:1].upper() + ended[1:]


def sentences(words: str) -> str:
    """Return the lines of a text as sentences, one after the other on one line."""
    return " ".join(sentence(line) for line in clean(words).split("\n") if line.strip())


def clause(words: str) -> str:
    """Return a phrase to go on within a sentence: no full stop, no large first letter.

    Only little words lose their capital: any other word may be a name.
    """
    phrase = words.strip()
    if phrase.endswith(".") and not phrase.endswith("..."):
        phrase = phrase[:-1]
    first = phrase.split(" ", 1)[0].rstrip(",")
    if first.casefold() in _LITTLE_WORDS and not (len(first) > 1 and first.isupper()):
        return phrase[:1].lower() + phrase[1:]
    return phrase


def first_sentence(words: str) -> str:
    """Return the first sentence of a text, as far as it can be told."""
    return _sentences(words)[0]


def opening(words: str, most: int) -> str:
    """Return the first sentences of a text that have ``most`` words together, at least one."""
    found = _sentences(words)
    kept = 1
    while kept < len(found) and len(" ".join(found[: kept + 1]).split()) <= most:
        kept += 1
    return " ".join(found[:kept])


def _sentences(words: str) -> list[str]:
    """Return the sentences of the first paragraph; one of few letters is an abbreviation."""
    line = " ".join(words.strip().split("\n\n", 1)[0].split())
    found, start = [], 0
    for place, letter in enumerate(line):
        after = line[place + 1 : place + 3]
        ends = letter in ".!?" and after[:1] == " " and (after[1:2].isupper() or after[1:2] == "“")
        if ends and place - start > 20:
            found.append(line[start : place + 1])
            start = place + 2
    return [*found, line[start:]] if start < len(line) or not found else found


def measure(value: float, unit: str, currency: str) -> str:
    """Return a value with its unit; a unit that begins with the currency becomes money."""
    if unit.startswith("%"):
        return f"{number(value)}{NO_BREAK}{unit}"
    first, _, rest = unit.partition(" ")
    if first == currency:
        return f"{money(value, currency)} {rest}".strip()
    return f"{number(value)} {unit}".strip()


def aim(kpi: Kpi, currency: str) -> str:
    """Return the target of a KPI with its better side, "at most 15 % of invoices"; 0 needs none."""
    goal = measure(kpi.target or 0.0, clean(kpi.unit), currency)
    if not kpi.target and kpi.direction is Direction.DOWN:
        return goal
    return f"at {'least' if kpi.direction is Direction.UP else 'most'} {goal}"


def change(kpi: Kpi, currency: str) -> str:
    """Return where a KPI stands and should go: "from 38 to 15 % of invoices by 31 May 2027"."""
    until = f" by {day(kpi.due)}" if kpi.due else ""
    if kpi.baseline is None and kpi.target is None:
        return f"baseline and target open{until and f', due{until}'}"
    if kpi.target is None:
        return f"{measure(kpi.baseline or 0.0, kpi.unit, currency)} today, target open"
    goal = measure(kpi.target, kpi.unit, currency)
    if kpi.baseline is None:
        return f"{goal}{until}, today's value open"
    if kpi.baseline == kpi.target:
        return f"to stay at {goal}"
    is_money = kpi.unit.partition(" ")[0] == currency
    start = money(kpi.baseline, currency) if is_money else number(kpi.baseline)
    return f"from {start} to {goal}{until}"


def counted(count: int, noun: str, *, figures: bool = False) -> str:
    """Return a count with its noun, in words up to twelve: "three parts"."""
    many = noun if count == 1 else f"{noun}s"
    return f"{count:,} {many}" if figures or count >= len(_COUNTS) else f"{_COUNTS[count]} {many}"


def ordinal(place: int) -> str:
    """Return 1st, 2nd, 3rd, 4th …"""
    if place % 100 in (11, 12, 13):
        return f"{place}th"
    return f"{place}{({1: 'st', 2: 'nd', 3: 'rd'}).get(place % 10, 'th')}"
