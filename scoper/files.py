"""Writing files so that what stood there before survives every failure."""

from __future__ import annotations

import os
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path

from scoper.errors import ExportError

_RESERVED = {"con", "prn", "aux", "nul"} | {f"{n}{i}" for n in ("com", "lpt") for i in range(1, 10)}


def write_atomically(target: Path, write: Callable[[Path], None]) -> Path:
    """Have ``write`` fill a file beside ``target``, then swap it in.

    The new file is flushed to disk and must not be empty before it replaces the old one, so a
    full disk or a crash leaves the old file as it was. Returns ``target``.

    Raises:
        ExportError: the folder is missing or cannot be written, or the disk is full.
    """
    try:
        handle, name = tempfile.mkstemp(
            prefix=f".{target.stem[:40]}-", suffix=target.suffix, dir=target.parent
        )
    except OSError as error:
        raise _failed(target, error) from error
    os.close(handle)
    beside = Path(name)
    try:
        write(beside)
        _flush(beside)
        keep_mode(target, beside)
        os.replace(beside, target)
    except OSError as error:
        raise _failed(target, error) from error
    finally:
        beside.unlink(missing_ok=True)
    return target


def write_text(target: Path, content: str) -> Path:
    """Write ``content`` as UTF-8 to ``target``, all of it or nothing."""
    return write_atomically(target, lambda path: _write_bytes(path, content.encode("utf-8")))


def safe_name(title: str, fallback: str = "untitled") -> str:
    """Return a file name part that is valid everywhere: no separators, dots first, reserved words.

    Letters of every script are kept with their marks; the result has at most 80 characters and
    200 bytes, which leaves room for an ending.
    """
    folded = unicodedata.normalize("NFC", title)
    kept = "".join(c if c in "-_" or unicodedata.category(c)[0] in "LMN" else " " for c in folded)
    short = " ".join(kept.split()).strip(" -_")[:80]
    name = short.encode()[:200].decode(errors="ignore").rstrip(" -_")
    return fallback if not name or name.casefold() in _RESERVED else name


def free_path(folder: Path, name: str, suffix: str) -> Path:
    """Return a path in ``folder`` where nothing stands: ``name``, with a number where it must."""
    number, path = 1, folder / f"{name}{suffix}"
    while os.path.lexists(path):
        number += 1
        path = folder / f"{name} {number}{suffix}"
    return path


def keep_mode(target: Path, beside: Path) -> None:
    """Give ``beside`` the permissions of ``target``, or those of any new file."""
    umask = os.umask(0)
    os.umask(umask)
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~umask
    beside.chmod(mode)


def _write_bytes(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)


def _flush(path: Path) -> None:
    with path.open("rb+") as stream:
        if os.fstat(stream.fileno()).st_size == 0:
            raise OSError("nothing was written")
        os.fsync(stream.fileno())


def _failed(target: Path, error: OSError) -> ExportError:
    reason = error.strerror or str(error)
    return ExportError(
        f"{target.name} could not be written: {reason[:1].lower()}{reason[1:]}.",
        f"Choose another folder or free some space, then export again. ({target.parent})",
    )
