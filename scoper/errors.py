"""What can go wrong, as the person using Scoper would say it.

Every error carries what happened and what to do about it. Anything raised that is not a
``ScoperError`` is a bug.
"""

from __future__ import annotations

from typing import Any


class ScoperError(Exception):
    """Base of every error that is shown to a person.

    ``message`` says what happened and where, ``remedy`` what to do; both are plain text.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class InvalidInput(ScoperError):
    """A value that cannot be accepted; ``field`` names where it was entered."""

    def __init__(self, message: str, remedy: str = "", *, field: str = "") -> None:
        super().__init__(message, remedy)
        self.field = field


class NotFound(ScoperError):
    """Something named by the person does not exist (any more)."""


class Conflict(ScoperError):
    """The row was changed elsewhere since it was read; nothing was overwritten."""


class Overtaken(Conflict):
    """A field no longer holds what its edit started from; nothing was overwritten.

    ``theirs`` is what it holds now, ``yours`` what was to replace it; ``where`` says which of
    several it is, where an edit has several.
    """

    def __init__(
        self, message: str, remedy: str = "", *, yours: Any, theirs: Any, where: Any = None
    ) -> None:
        super().__init__(message, remedy)
        self.yours = yours
        self.theirs = theirs
        self.where = where


class StorageError(ScoperError):
    """The portfolio file cannot be opened, read or written."""


class NotSaved(StorageError):
    """A change could not be written now; the same change may be taken later."""


class FileGone(NotSaved):
    """The open file is not at its place any more; what was read of it is still there."""


class ImportProblem(ScoperError):
    """A table from outside cannot be read.

    ``sheet``, ``row`` (1 = first line of the file) and ``column`` say where, as far as known.
    """

    def __init__(
        self,
        message: str,
        remedy: str = "",
        *,
        sheet: str | None = None,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        super().__init__(message, remedy)
        self.sheet = sheet
        self.row = row
        self.column = column


class ExportError(ScoperError):
    """A file could not be written; what stood there before is untouched."""


class Cancelled(ScoperError):
    """The person stopped a long job; nothing is shown."""
