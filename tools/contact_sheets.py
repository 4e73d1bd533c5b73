"""Draws every page and dialog by size, zoom and theme: ``python -m tools.contact_sheets``."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from tools.scenes import Scene, Stage

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOMS: Final = (
    (1024, 600, 100),
    *(
        (width, height, zoom)
        for width, height in ((1366, 768), (1920, 1080))
        for zoom in (100, 150, 200)
    ),
)
_ACROSS: Final = 3
_WIDTH: Final = 640
_GAP: Final = 12
_NAME: Final = 24


def main() -> None:
    """Draw the sheets into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the sheets")
    parser.add_argument("--only", default="", help="scenes whose names hold this")
    parser.add_argument("--theme", choices=("light", "dark"), help="one theme instead of both")
    parser.add_argument("--room", nargs=3, type=int, metavar=("WIDTH", "HEIGHT", "ZOOM"))
    wanted = parser.parse_args()
    wanted.out.mkdir(parents=True, exist_ok=True)
    out = wanted.out.resolve()
    themes = (wanted.theme,) if wanted.theme else ("light", "dark")
    rooms = (tuple(wanted.room),) if wanted.room else ROOMS
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SCOPER_HOME"] = str(Path(folder) / "home")
        _draw(Path(folder), out, themes, rooms, wanted.only)


def _draw(
    folder: Path,
    out: Path,
    themes: Sequence[str],
    rooms: Sequence[tuple[int, ...]],
    only: str,
) -> None:
    from PySide6.QtWidgets import QApplication

    from scoper.settings import Theme
    from tools.scenes import EMPTY, FILLED, STARTING, Stage, lengthen_a_title
    from ui.app import make_window

    application = QApplication([])
    window = make_window(application)
    window.show()
    stage = Stage(window, folder)
    drawn: dict[str, list[tuple[str, QImage]]] = {}

    def draw(scenes: Sequence[Scene]) -> None:
        chosen = [scene for scene in scenes if only in scene.name]
        for theme in themes if chosen else ():
            for width, height, zoom in rooms:
                window.preferences.update(theme=Theme(theme), zoom=zoom)
                window.resize(width, height)
                name = f"{width}x{height}-{zoom}-{theme}"
                drawn.setdefault(name, []).extend(_pictures(stage, chosen))

    draw(STARTING)
    window.session.create(folder / "empty.scoper", title="An empty portfolio")
    stage.settle()
    draw(EMPTY)
    window.session.create_sample(folder / "sample.scoper")
    stage.settle()
    lengthen_a_title(window)
    stage.settle()
    draw(FILLED)
    for name, pictures in drawn.items():
        _save(out, name, pictures)
    window.close()


def _pictures(stage: Stage, scenes: Sequence[Scene]) -> Iterator[tuple[str, QImage]]:
    for scene, seen in stage.shown(scenes):
        yield scene.name, _picture(stage.window, seen)


def _picture(window: QWidget, seen: QWidget) -> QImage:
    """Return the window, with a dialog on it where one is looked at."""
    from PySide6.QtGui import QPainter

    image = window.grab().toImage()
    if seen is not window:
        painter = QPainter(image)
        painter.drawPixmap(
            (window.width() - seen.width()) // 2,
            (window.height() - seen.height()) // 2,
            seen.grab(),
        )
        painter.end()
    return image


def _save(out: Path, name: str, pictures: Sequence[tuple[str, QImage]]) -> None:
    for number, start in enumerate(range(0, len(pictures), _ACROSS**2), start=1):
        path = out / f"{name}-{number}.png"
        _sheet(pictures[start : start + _ACROSS**2]).save(str(path))
        print(path)


def _sheet(pictures: Sequence[tuple[str, QImage]]) -> QImage:
    """Return pictures in rows, each below its name."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter

    smooth = Qt.TransformationMode.SmoothTransformation
    small = [(title, picture.scaledToWidth(_WIDTH, smooth)) for title, picture in pictures]
    high = small[0][1].height() + _NAME
    size = (_ACROSS * (_WIDTH + _GAP), -(-len(small) // _ACROSS) * high)
    sheet = QImage(*size, QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.lightGray)
    painter = QPainter(sheet)
    font = painter.font()
    font.setPixelSize(_NAME // 2)
    painter.setFont(font)
    for place, (title, picture) in enumerate(small):
        left, top = (place % _ACROSS) * (_WIDTH + _GAP), (place // _ACROSS) * high
        painter.drawText(left + 4, top + _NAME - 8, title)
        painter.drawImage(left, top + _NAME, picture)
    painter.end()
    return sheet


if __name__ == "__main__":
    main()
