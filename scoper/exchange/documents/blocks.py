"""A document as a few kinds of blocks: what every writer draws."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

MARK: Final = "[To be written"
"""How every place begins that still has to be written; it is always bold."""

_LOOSE_PERCENT: Final = re.compile(r"(?<=\d) (?=%)")
_WORD: Final = re.compile(r"[^\s-]+-?")
_BOLD: Final = 1.2
"""How much wider letters of a heading are."""
_LEFT_OUT: Final = [
    *("link", "image", "autolink", "html_inline", "html_block", "reference", "linkify"),
    *("code", "fence", "backticks", "lheading"),
]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; a ``mark`` is a place that has to be written."""

    text: str
    bold: bool = False
    italic: bool = False
    mark: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (the title) to 3."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, or a quotation."""

    runs: Runs
    quoted: bool = False

    @property
    def introduces(self) -> bool:
        """Whether it announces what follows, so that a page must not end between the two."""
        said = [run for run in self.runs if run.text.strip()]
        return all(run.bold and not run.mark for run in said) or plain(said).rstrip().endswith(":")


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of paragraphs, numbered or not."""

    items: tuple[Runs, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``right`` tells which columns hold numbers, aligned to the right."""

    header: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    right: tuple[bool, ...]

    def shares(self, most: float = 116.0) -> list[float]:
        """Return the width of each column as a share of the whole, by what it holds.

        ``most`` is about how many letters fit side by side. No column gets less than its
        longest word, as far as that is possible.
        """
        columns = list(zip(self.header, *self.rows, strict=True))
        texts = [[plain(runs) for runs in column] for column in columns]
        words = [max(_BOLD * _longest_word(c[:1]), _longest_word(c[1:])) for c in texts]
        least = [1.3 * min(longest, 18) + 4.2 for longest in words]
        wanted = [1.2 * min(max(len(t) for t in c), 160) + 4.2 for c in texts]
        spare = most - sum(least)
        extra = [w - n for w, n in zip(wanted, least, strict=True)]
        if 0 < spare < sum(extra):
            widths = [n + e * spare / sum(extra) for n, e in zip(least, extra, strict=True)]
        else:
            widths = wanted if spare > 0 else least
        return [width / sum(widths) for width in widths]


def _longest_word(texts: list[str]) -> int:
    return max((len(word) for text in texts for word in _WORD.findall(text)), default=1)


Block = Heading | Paragraph | Bullets | Table


def tied(words: str) -> str:
    """Return a text in which no line ends between a number and its per cent sign."""
    return _LOOSE_PERCENT.sub("\u00a0", words)


def plain(runs: Iterable[Run]) -> str:
    """Return the text of runs without their styles."""
    return "".join(run.text for run in runs)


def stretches(block: Block) -> tuple[Runs, ...]:
    """Return every stretch of text of a block, in the order it is read."""
    match block:
        case Heading(runs=runs) | Paragraph(runs=runs):
            return (runs,)
        case Bullets(items=items):
            return items
        case Table(header=header, rows=rows):
            return (*header, *(cell for row in rows for cell in row))


def parse(markdown: str) -> tuple[Block, ...]:
    """Return the blocks of a document written by ``render``.

    Links, pictures, code and HTML are not read: they stay the characters they are.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(_LEFT_OUT, True)
    return tuple(_blocks(parser.parse(markdown)))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    place, quoted = 0, False
    while place < len(tokens):
        token = tokens[place]
        end = _end(tokens, place) if token.nesting == 1 else place
        match token.type:
            case "heading_open":
                yield Heading(int(token.tag[1:]), _runs(tokens[place + 1]))
            case "paragraph_open":
                yield Paragraph(_runs(tokens[place + 1]), quoted)
            case "bullet_list_open" | "ordered_list_open":
                items = _items(tokens[place : end + 1])
                yield Bullets(items, numbered=token.type.startswith("ordered"))
            case "table_open":
                yield _table(tokens[place : end + 1])
            case "blockquote_open" | "blockquote_close":
                quoted, end = token.nesting == 1, place
            case _:
                end = place
        place = end + 1


def _end(tokens: Sequence[Token], start: int) -> int:
    closing = tokens[start].type.replace("_open", "_close")
    return next(
        place
        for place in range(start + 1, len(tokens))
        if tokens[place].type == closing and tokens[place].level == tokens[start].level
    )


def _items(tokens: Sequence[Token]) -> tuple[Runs, ...]:
    items: list[list[Runs]] = []
    for token in tokens:
        if token.type == "list_item_open":
            items.append([])
        elif token.type == "inline":
            items[-1].append(_runs(token))
    return tuple(_joined(paragraphs) for paragraphs in items)


def _joined(paragraphs: list[Runs]) -> Runs:
    joined: list[Run] = []
    for runs in paragraphs:
        joined += [Run("\n"), *runs] if joined else runs
    return tuple(joined)


def _table(tokens: Sequence[Token]) -> Table:
    rows: list[list[Runs]] = []
    right: list[bool] = []
    for place, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in {"th_open", "td_open"}:
            rows[-1].append(_runs(tokens[place + 1]))
            if token.type == "th_open":
                right.append("right" in str(token.attrGet("style") or ""))
    header, *body = (tuple(row) for row in rows)
    return Table(header, tuple(body), tuple(right))


def _runs(inline: Token) -> Runs:
    bold, italic = 0, 0
    runs: list[Run] = []
    for token in inline.children or []:
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "softbreak":
                runs.append(Run(" ", bold > 0, italic > 0))
            case "hardbreak":
                runs.append(Run("\n"))
            case _:
                runs.append(Run(token.content, bold > 0, italic > 0))
    return _merged([run for run in runs if run.text])


def _merged(runs: list[Run]) -> Runs:
    """Join runs of one style, and tell the places to be written from other bold text."""
    merged: list[Run] = []
    for run in runs:
        if merged and (merged[-1].bold, merged[-1].italic) == (run.bold, run.italic):
            merged[-1] = Run(merged[-1].text + run.text, run.bold, run.italic)
        else:
            merged.append(run)
    return tuple(
        Run(
            run.text.replace(" \n", "\n"),
            run.bold,
            run.italic,
            mark=run.bold and run.text.startswith(MARK),
        )
        for run in merged
    )
