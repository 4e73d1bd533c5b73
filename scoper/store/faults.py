"""Translates database errors into what a person can act on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import exc

from scoper.errors import Conflict, NotSaved, StorageError

_PASSING: tuple[tuple[str, str, str], ...] = (
    (
        "locked",
        "is being written by another program",
        "Close the other window or wait a moment, then try again.",
    ),
    (
        "readonly",
        "is read-only",
        "Make a copy in a folder you can write to, and open the copy.",
    ),
    (
        "disk is full",
        "could not be saved: the disk is full",
        "Free some space, then try again.",
    ),
    (
        "unable to open",
        "cannot be opened",
        "Check that the folder exists and that you may write in it.",
    ),
    (
        "disk i/o error",
        "cannot be read or written",
        "Check the disk or the network drive, then try again.",
    ),
)
"""What may be over in a moment: a sign, the problem, and what to do."""

_LASTING: tuple[tuple[str, str, str], ...] = (
    (
        "no such table",
        "is damaged or was overwritten",
        "Restore it from a backup, or save what you see under another name.",
    ),
    (
        "malformed",
        "is damaged",
        "Restore it from a backup.",
    ),
    (
        "could not decode",
        "is damaged",
        "Restore it from a backup.",
    ),
    (
        "not a database",
        "is not a Scoper portfolio",
        "Open a file that ends in .scoper, or import a table into a new portfolio.",
    ),
)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn database errors about the file at ``path`` into storage errors.

    Raises:
        NotSaved: the file is locked, read-only or out of reach, or the disk full.
        StorageError: it is damaged, or no portfolio.
        Conflict: a row clashes with one that is already there.
    """
    try:
        yield
    except exc.IntegrityError as error:
        raise Conflict(
            "This change clashes with what the portfolio holds.",
            "Someone may have changed it meanwhile: look again and repeat it.",
        ) from error
    except exc.DBAPIError as error:
        raise storage_error(path, str(error.orig)) from error
    except UnicodeDecodeError as error:
        raise _damaged(path.name) from error


@contextmanager
def legible(name: str) -> Iterator[None]:
    """Take stored values that cannot be what was written for damage, while only reading.

    Args:
        name: the file, as a person knows it.

    Raises:
        StorageError: an identifier, date, word or number is none, or belongs to nothing.
    """
    try:
        yield
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(name) from error


def locked(error: exc.DBAPIError) -> bool:
    """Return whether another program is writing just now."""
    return "locked" in str(error.orig).casefold()


def storage_error(path: Path, reason: str) -> StorageError:
    """Return the storage error for what the database said."""
    for kind, known in ((NotSaved, _PASSING), (StorageError, _LASTING)):
        for sign, problem, remedy in known:
            if sign in reason.casefold():
                return kind(f"{path.name} {problem}.", remedy)
    return StorageError(
        f"{path.name} could not be used: {reason}.", "Try again, or restore a backup."
    )


def _damaged(name: str) -> StorageError:
    return StorageError(f"{name} is damaged.", "Restore it from a backup.")
