"""Composition root: a command-line verb, or the window."""

from __future__ import annotations

import sys

from scoper.cli import VERBS, run_verb, window_file


def main(argv: list[str] | None = None) -> int:
    """Run Scoper and return its exit code: 0 done, 2 bad usage or input, 1 a fault."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments and (arguments[0] in VERBS or arguments[0].startswith("-")):
        return run_verb(arguments)
    path, problem = window_file(arguments)
    if problem:
        print(problem, file=sys.stderr)
        return 2
    from ui.app import run  # noqa: PLC0415 - no Qt is imported for a verb

    return run(path)


if __name__ == "__main__":
    sys.exit(main())
