"""Colours, type and spacing, and the style sheet made of them.

Our own palettes on the Fusion style look the same on every platform. All lengths are given at
100 % and scaled by the zoom.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QSize, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from scoper.settings import Theme as Choice
from ui.kit.look.dressing import Dressing
from ui.kit.look.icons import TintedIcon, tinted

AROUND_CELL: Final = 3
"""Pixels Qt leaves free at each side of the text of a cell, besides those of the style sheet."""
_RESOURCES: Final = Path(__file__).parents[2] / "resources"
_FAMILIES: Final = (
    "Segoe UI",
    "SF Pro Text",
    ".AppleSystemUIFont",
    "Inter",
    "Noto Sans",
    "DejaVu Sans",
)


@dataclass(frozen=True, slots=True)
class Colours:
    """The tokens of one palette: ``line`` parts areas, ``edge`` bounds what can be filled in."""

    window: str
    panel: str
    line: str
    edge: str
    text: str
    secondary: str
    accent: str
    wash: str
    on_accent: str
    low: str
    low_wash: str
    medium: str
    medium_wash: str
    high: str
    high_wash: str
    hover: str

    def of_band(self, band: str | None) -> tuple[str, str]:
        """Return text and background colour of a risk band."""
        return {
            "low": (self.low, self.low_wash),
            "medium": (self.medium, self.medium_wash),
            "high": (self.high, self.high_wash),
        }.get(band or "", (self.secondary, self.window))


LIGHT: Final = Colours(
    window="#F6F7F9",
    panel="#FFFFFF",
    line="#E2E5EA",
    edge="#868E9C",
    text="#1B1F27",
    secondary="#5A6372",
    accent="#2F57D9",
    wash="#E9EEFD",
    on_accent="#FFFFFF",
    low="#0B6E69",
    low_wash="#DDF3F1",
    medium="#9A5200",
    medium_wash="#FCEBD5",
    high="#B3261E",
    high_wash="#FBE3E1",
    hover="#EEF0F4",
)
DARK: Final = Colours(
    window="#14171C",
    panel="#1C2027",
    line="#2E343E",
    edge="#687181",
    text="#E8EBF0",
    secondary="#A3ACBA",
    accent="#8AA5FF",
    wash="#26304F",
    on_accent="#10131A",
    low="#5CC7BF",
    low_wash="#163533",
    medium="#F0B26B",
    medium_wash="#3A2A14",
    high="#FF8A80",
    high_wash="#40201E",
    hover="#242A33",
)


class Theme(QObject):
    """The look of the application.

    Signals: ``changed()`` when colours or zoom have moved; ``zoomed()`` before that when it is the
    zoom, and nothing has its new size yet.
    """

    changed = Signal()
    zoomed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._choice = Choice.SYSTEM
        self.zoom = 100
        self.colours = LIGHT
        self._family = _first_family()
        self._files = QTemporaryDir()
        self._icons: dict[tuple[str, str], QIcon] = {}
        self._dressing = Dressing(application)
        application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._system_changed)

    def apply(self, choice: Choice, zoom: int) -> None:
        """Use a palette and a zoom in percent throughout the application."""
        self._choice, is_zoomed = choice, zoom != self.zoom
        self.zoom = zoom
        self.colours = DARK if self._is_dark(choice) else LIGHT
        font = QFont(self._family)
        font.setPixelSize(self.px(13))
        font.setFeature(QFont.Tag("tnum"), 1)
        if is_zoomed:
            self.zoomed.emit()
        if font != self._application.font():
            self._application.setFont(font)
        self._application.setPalette(_palette(self.colours))
        self._dressing.wear(_style_sheet(self))
        self.changed.emit()

    def px(self, length: float) -> int:
        """Return a length given at 100 % in pixels at the present zoom."""
        return max(1, round(length * self.zoom / 100))

    def font(self, size: float = 13, *, bold: bool = False) -> QFont:
        """Return the interface font at ``size`` pixels, before zoom."""
        font = QFont(self._application.font())
        font.setPixelSize(self.px(size))
        if bold:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def icon(self, name: str, token: str = "secondary") -> QIcon:
        """Return an icon of the set, tinted with a token of the palette of the moment."""
        if (name, token) not in self._icons:
            engine = TintedIcon(name, lambda: str(getattr(self.colours, token)))
            self._icons[name, token] = QIcon(engine)
        return self._icons[name, token]

    def icon_file(self, name: str, colour: str) -> str:
        """Return the path of a tinted icon: style sheets can only name files."""
        path = Path(self._files.filePath(f"{name}-{colour.strip('#')}.svg"))
        if not path.exists():
            path.write_bytes(tinted(name, colour))
        return path.as_posix()

    def icon_size(self) -> QSize:
        """Return the size icons are shown in."""
        return QSize(self.px(16), self.px(16))

    def _system_changed(self) -> None:
        if self._choice is Choice.SYSTEM:
            self.apply(self._choice, self.zoom)

    def _is_dark(self, choice: Choice) -> bool:
        if choice is Choice.SYSTEM:
            return self._application.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return choice is Choice.DARK


def _first_family() -> str:
    installed = set(QFontDatabase.families())
    return next((family for family in _FAMILIES if family in installed), "Sans Serif")


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for target, colour in (
        (role.Window, c.window),
        (role.Base, c.panel),
        (role.AlternateBase, c.window),
        (role.Button, c.panel),
        (role.Text, c.text),
        (role.WindowText, c.text),
        (role.ButtonText, c.text),
        (role.PlaceholderText, c.secondary),
        (role.Highlight, c.wash),
        (role.HighlightedText, c.text),
        (role.ToolTipBase, c.panel),
        (role.ToolTipText, c.text),
        (role.Link, c.accent),
        (role.Accent, c.accent),
        (role.Mid, c.line),
        (role.Midlight, c.line),
        (role.Dark, c.line),
        (role.Light, c.panel),
        (role.Shadow, c.window),
    ):
        palette.setColor(target, QColor(colour))
    for target in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(c.secondary))
    return palette


def _style_sheet(theme: Theme) -> str:
    c, px = theme.colours, theme.px
    arrow = {
        "{down}": theme.icon_file("chevron-down", c.secondary),
        "{check}": theme.icon_file("check", c.on_accent),
        "{calendar}": theme.icon_file("calendar", c.secondary),
        "{back}": theme.icon_file("chevron-left", c.secondary),
        "{on}": theme.icon_file("chevron-right", c.secondary),
    }
    values = {
        **{f"{{{name}}}": str(getattr(c, name)) for name in Colours.__slots__},
        **{f"{{{n}px}}": f"{px(n)}px" for n in range(1, 65)},
        **{f"{{{n}px cell}}": f"{px(n) + AROUND_CELL}px" for n in range(1, 17)},
        **{f"{{{n}px inside}}": f"{px(n) + 1 - px(2)}px" for n in range(1, 65)},
        **arrow,
    }
    sheet = (_RESOURCES / "style.qss").read_text(encoding="utf-8")
    for name, value in values.items():
        sheet = sheet.replace(name, value)
    return sheet
