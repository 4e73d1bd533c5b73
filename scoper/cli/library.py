"""Verbs on the library: what it holds, whether its packs are sound, and copies to adapt."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from scoper.cli.parts import Verbs, print_json
from scoper.text import plural

if TYPE_CHECKING:
    from scoper.library.registry import Library

VERBS = ("library",)


def register(verbs: Verbs) -> None:
    """Describe these verbs to the parser."""
    library = verbs.add_parser("library", help="check or list the content packs")
    actions = library.add_subparsers(required=True, metavar="check|list|copy")

    check = actions.add_parser("check", help="check every pack, built-in and your own")
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=_check)

    listing = actions.add_parser("list", help="list what the library holds")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=_list)

    copy = actions.add_parser("copy", help="copy a built-in entry into your own library to adapt")
    copy.add_argument("kind", help="the kind, as `library list --json` names it")
    copy.add_argument("id", help="the id of the entry (key or title where it has no id)")
    copy.add_argument("--json", action="store_true")
    copy.set_defaults(run=_copy)


def _check(options: argparse.Namespace) -> int:
    from scoper.library.registry import read_again  # noqa: PLC0415

    found = read_again()
    if options.json:
        print_json({"sound": not found.problems, "packs": _packs(found), "problems": _told(found)})
    else:
        _tell(found)
        if not found.problems:
            entries = sum(pack["entries"] for pack in _packs(found))
            packs = plural(len(found.files), "pack")
            print(f"The library is sound: {packs} with {plural(entries, 'entry', 'entries')}")
    return 2 if found.problems else 0


def _list(options: argparse.Namespace) -> int:
    from scoper.library.registry import KINDS, read_again  # noqa: PLC0415

    found = read_again()
    _tell(found)
    if options.json:
        lists = {kind.name: found.entries(kind) for kind in KINDS}
        print_json({name: [e.model_dump(mode="json") for e in es] for name, es in lists.items()})
        return 0
    for kind in KINDS:
        print(f"{len(found.entries(kind)):>4}  {kind.title}")
    return 0


def _copy(options: argparse.Namespace) -> int:
    from scoper.errors import NotFound  # noqa: PLC0415
    from scoper.library.copying import copy_to_own  # noqa: PLC0415
    from scoper.library.registry import KINDS, read_again  # noqa: PLC0415

    kind = next((kind for kind in KINDS if kind.name == options.kind), None)
    if kind is None:
        names = ", ".join(kind.name for kind in KINDS)
        raise NotFound(f"There is no kind of content “{options.kind}”.", f"Choose one of: {names}.")
    copied = copy_to_own(read_again(), kind, options.id)
    if options.json:
        print_json({"file": str(copied.path), "whole_pack": copied.whole})
    else:
        print(f"{'The whole pack was copied' if copied.whole else 'Copied'} to {copied.path}")
    return 0


def _tell(found: Library) -> None:
    for problem in found.problems:
        print(" ".join(str(problem).split()), file=sys.stderr)


def _packs(found: Library) -> list[dict[str, Any]]:
    return [
        {
            "kind": file.kind.name,
            "own": file.own,
            "file": str(file.path),
            **file.pack.model_dump(
                mode="json", include={"id", "title", "source", "as_of", "version"}
            ),
            "entries": len(file.kind.entries_of(file.pack)),
        }
        for file in found.files
    ]


def _told(found: Library) -> list[dict[str, Any]]:
    return [
        {"file": str(p.file), "line": p.line, "field": p.field, "problem": p.reason}
        for p in found.problems
    ]
