"""Blocks as Markdown that says the same in every program: nothing in it loads, links or runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from scoper.exchange.documents.blocks import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Run,
    Runs,
    Table,
    parse,
    plain,
)
from scoper.exchange.documents.render import LINE_BREAK, escape
from scoper.text import clean

_LINES: Final = re.compile(r"\s*\n\s*")


def settle(text: str) -> str:
    """Return Markdown written by anybody so that only its words and plain structure are left.

    Emphasis, lists, quotations and tables stay. Links, pictures, code and HTML become the
    characters they are, and a heading becomes a bold line: headings are those of the document.
    """
    return to_markdown(parse(clean(text)))


def to_markdown(blocks: tuple[Block, ...]) -> str:
    """Return blocks as Markdown that ``parse`` reads as the same blocks, headings bold."""
    return "\n\n".join(filter(None, map("\n".join, map(_lines, blocks))))


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(runs=runs):
            yield from _paragraph((Run(plain(runs).strip(), bold=True),), "")
        case Paragraph(runs=runs, quoted=quoted):
            yield from _paragraph(runs, "> " if quoted else "")
        case Bullets(items=items, numbered=numbered):
            for place, item in enumerate((item for item in items if plain(item).strip()), start=1):
                yield f"{f'{place}.' if numbered else '-'} {_inline(item)}"
        case Table(header=header, rows=rows, right=right):
            yield _row([_inline(cell) for cell in header])
            yield _row(["---:" if aligned else "---" for aligned in right])
            for row in rows:
                yield _row([_inline(cell) for cell in row])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _paragraph(runs: Runs, before: str) -> Iterator[str]:
    if plain(runs).strip():
        yield from (f"{before}{line}" for line in _written(runs, "\\\n").split("\n"))


def _inline(runs: Runs) -> str:
    return _written(runs, LINE_BREAK)


def _written(runs: Runs, line_break: str) -> str:
    """Return runs as Markdown; without their styles where Markdown cannot tell where they end."""
    tidy = _tidied(runs)
    styled = "".join(_style(run, line_break) for run in tidy)
    read = parse(styled)
    if len(read) == 1 and isinstance(read[0], Paragraph) and _same(read[0].runs, tidy):
        return styled
    return _style(Run(" ".join(plain(runs).split(" ")).strip()), line_break)


def _tidied(runs: Runs) -> list[Run]:
    """Move the space at the ends of a styled stretch out of it, and join stretches of one style."""
    tidy: list[Run] = []
    for run in runs:
        inner = run.text.strip()
        head, _, tail = run.text.partition(inner) if inner else (run.text, "", "")
        for part in (Run(head), Run(inner, run.bold, run.italic), Run(tail)):
            last = tidy[-1] if tidy else None
            if last and (last.bold, last.italic) == (part.bold, part.italic):
                tidy[-1] = Run(last.text + part.text, part.bold, part.italic)
            elif part.text:
                tidy.append(part)
    return tidy


def _same(read: Runs, meant: list[Run]) -> bool:
    def look(runs: Iterable[Run]) -> list[tuple[str, bool, bool]]:
        return [(" ".join(run.text.split()), run.bold, run.italic) for run in runs]

    return look(read) == look(meant)


def _style(run: Run, line_break: str) -> str:
    sign = "*" * (2 * run.bold + run.italic)
    return f"{sign}{line_break.join(map(escape, _LINES.split(run.text)))}{sign}"
