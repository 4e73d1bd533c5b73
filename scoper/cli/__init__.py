"""The command-line verbs: the same commands as the window, without Qt."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from scoper import __version__
from scoper.cli import (
    agreement,
    library,
    methods,
    portfolios,
    results,
    robustness,
    scoring,
    selection,
    sensitivity,
    tables,
)
from scoper.cli.parts import Parser, tell, write_anything
from scoper.errors import ScoperError

_GROUPS = (
    portfolios,
    tables,
    results,
    methods,
    scoring,
    agreement,
    sensitivity,
    robustness,
    selection,
    library,
)
VERBS = tuple(verb for group in _GROUPS for verb in group.VERBS)
"""The verbs, in the order of the help."""

_DESCRIPTION = "Scope, score and rank AI use cases. Without a verb the window opens."


def run_verb(arguments: Sequence[str]) -> int:
    """Run a verb and return the exit code: 0 done, 2 bad usage or input, 1 a fault."""
    write_anything()
    parser = _parser()
    try:
        options = parser.parse_args(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    try:
        verb: Callable[[argparse.Namespace], int] = options.run
        code = verb(options)
        if sys.stdout:
            sys.stdout.flush()
        return code
    except ScoperError as error:
        tell(str(error))
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # flushed again at the end
        return 0
    except KeyboardInterrupt:
        tell("stopped")
        return 1
    except Exception as error:  # noqa: BLE001 - a fault is told in one line, never as a traceback
        tell(f"unexpected fault: {type(error).__name__}: {error}")
        return 1


def window_file(arguments: Sequence[str]) -> tuple[Path | None, str]:
    """Return the file the window should open, and what is wrong with the arguments, if anything."""
    if not arguments:
        return None, ""
    if len(arguments) > 1:
        return None, f"scoper: “{arguments[0]}” is not a verb. Verbs: {', '.join(VERBS)}."
    path = Path(arguments[0])
    if not path.exists():
        return (
            None,
            f"scoper: there is no file or verb “{arguments[0]}”. Verbs: {', '.join(VERBS)}.",
        )
    return path, ""


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="scoper", description=_DESCRIPTION)
    parser.add_argument("--version", action="version", version=f"scoper {__version__}")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for group in _GROUPS:
        group.register(verbs)
    return parser
