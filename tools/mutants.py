"""The faults that ``tools/mutate.py`` puts into the code: where there can be one, and which.

The operators are those of cosmic-ray, without the ones whose faults show nothing: a sum that
becomes a matrix product fails whatever is tested, and annotations are never evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from random import Random
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

_KIN = (
    {"Add", "Sub", "Mul", "Div"},
    {"FloorDiv", "Mod", "Mul"},
    {"Pow", "Mul"},
    {"BitOr", "BitAnd"},
    {"LShift", "RShift"},
    {"Eq", "NotEq"},
    {"Lt", "LtE", "Gt", "GtE"},
    {"Is", "IsNot"},
    {"USub", "UAdd"},
)
"""Operators that stand for one another: each fault could be a slip of somebody who knows better."""
_PAIR = re.compile(r"Replace(?:Binary|Comparison|Unary)Operator_(\w+?)_(\w+)")
_NEEDS_ARGUMENTS = {"core/VariableReplacer", "core/VariableInserter"}
_DECLARATIONS = ("@dataclass", "@override", "@abstractmethod", "@overload")
"""What is said to the type checker: a fault there changes no behaviour."""

_BLOCKS = {
    "simple_stmt",
    "suite",
    "file_input",
    "if_stmt",
    "for_stmt",
    "while_stmt",
    "with_stmt",
    "try_stmt",
    "funcdef",
    "classdef",
    "decorated",
}


@dataclass(frozen=True)
class Mutant:
    """One fault in one file: the code with it, and the lines of the statement that holds it."""

    path: str
    first: int
    last: int
    before: str
    after: str

    @property
    def diff(self) -> str:
        """Return what the fault changes, without the lines around it."""
        before, after = self.before.splitlines(), self.after.splitlines()
        _, _, place, *lines = unified_diff(before, after, n=0, lineterm="")
        return "\n".join([f"{self.path} {place}", *lines])


@dataclass(frozen=True)
class _Site:
    """A place that can be mutated: each counts once, however many operators fit it."""

    path: Path
    first: int
    last: int
    choices: tuple[tuple[str, int], ...]


def sample(root: Path, folders: list[str], number: int, seed: int) -> list[Mutant]:
    """Return as many faults at places drawn at random from files and folders below a root."""
    files = sorted(path for folder in folders for path in _sources(root / folder))
    sites = [site for path in files for site in _sites(path)]
    random = Random(seed)
    random.shuffle(sites)
    found: list[Mutant] = []
    for site in sites:
        if len(found) == number:
            break
        found.extend(_mutant(root, site, random))
    return found


def _sources(place: Path) -> list[Path]:
    if place.is_dir():
        return list(place.rglob("*.py"))
    if not place.is_file():
        raise SystemExit(f"There is no {place.name} to put faults into.")
    return [place]


def _mutant(root: Path, site: _Site, random: Random) -> Iterator[Mutant]:
    """Yield a fault for a place, unless none of its operators makes another valid program."""
    before = site.path.read_text(encoding="utf-8")
    for name, occurrence in random.sample(site.choices, len(site.choices)):
        after = _mutated(before, name, occurrence)
        if after != before and _is_valid(after):
            path = site.path.relative_to(root).as_posix()
            yield Mutant(path, site.first, site.last, before, after)
            return


def _mutated(code: str, name: str, occurrence: int) -> str:
    try:
        return mutate_code(code, get_operator(name)(), occurrence) or code
    except AttributeError:
        # cosmic-ray cannot replace an exception of a module among others: except (A, b.C).
        return code


def _is_valid(code: str) -> bool:
    try:
        compile(code, "mutant", "exec")
    except (SyntaxError, ValueError):
        return False
    return True


def _sites(path: Path) -> Iterator[_Site]:
    """Yield the places of a file, with every operator and its occurrence that fits each."""
    tree: Any = get_ast(path.read_text(encoding="utf-8"))
    nodes = list(ast_nodes(tree))
    places: dict[Any, list[tuple[str, int]]] = {}
    for name in filter(_shows_something, operator_names()):
        operator, occurrence = get_operator(name)(), 0
        for node in nodes:
            for place in operator.mutation_positions(node):
                places.setdefault(place, []).append((name, occurrence))
                occurrence += 1
    for place, choices in sorted(places.items()):
        leaf = tree.get_leaf_for_position(place[0])
        if not _is_declaration(leaf):
            yield _Site(path, *_lines(leaf), tuple(choices))


def _shows_something(name: str) -> bool:
    pair = _PAIR.search(name)
    if pair is None or pair[1] == "Delete":
        return name not in _NEEDS_ARGUMENTS
    return any(set(pair.groups()) <= kin for kin in _KIN)


def _is_declaration(leaf: Any) -> bool:
    """Return whether a leaf is part of an annotation, or only states what holds anyway."""
    child, parent = leaf, leaf.parent
    if parent.type == "parameters" and leaf.value == "*":
        return True
    while parent is not None:
        match parent.type:
            case "annassign" if child is parent.children[1]:
                return True
            case "tfpdef" | "tname":
                return True
            case "funcdef" if child is parent.annotation:
                return True
            case "param" if child is parent.annotation:
                return True
            case "argument" if parent.children[0].get_code().strip() == "strict":
                return True
            case "decorator" if parent.get_code().strip().startswith(_DECLARATIONS):
                return True
            case "if_stmt" if "TYPE_CHECKING" in parent.children[1].get_code():
                return True
        child, parent = parent, parent.parent
    return False


def _lines(node: Any) -> tuple[int, int]:
    """Return the first and last line of the statement around a node, without its block."""
    while node.parent is not None and node.parent.type not in _BLOCKS:
        node = node.parent
    return int(node.start_pos[0]), int(node.end_pos[0])
