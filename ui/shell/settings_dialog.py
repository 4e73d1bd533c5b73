"""The settings of this machine."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from scoper.settings import ZOOM_RANGE, Settings, Theme
from ui.bridge.context import Context
from ui.kit.asking.dialog import Dialog
from ui.kit.basics import ScrollColumn, button, heading, label, row, tick_box
from ui.shell.preferences import Preferences

_THEMES = (
    (Theme.SYSTEM, "As the system", "settings"),
    (Theme.LIGHT, "Light", "sun"),
    (Theme.DARK, "Dark", "moon"),
)
_ZOOM_STEP = 10


class SettingsDialog(Dialog):
    """Theme, zoom, name and start; every change applies at once."""

    def __init__(self, context: Context, preferences: Preferences) -> None:
        super().__init__(context.window, context.theme, "Settings", (520, 450))
        self._preferences = preferences
        layout = self.body
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._body = ScrollColumn(20)
        self._body.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body.body.setSpacing(18)
        for section in (
            self._make_theme(),
            self._make_zoom(),
            self._make_name(),
            self._make_start(),
        ):
            self._body.body.addWidget(section)
        self._body.body.addStretch(1)
        layout.addWidget(self._body, 1)
        self.close_button = button("Close", self.accept, kind="primary")
        self._foot = row(label("Changes apply at once.", secondary=True), None, self.close_button)
        self._foot.setContentsMargins(20, 8, 20, 16)
        layout.addLayout(self._foot)
        self._show(preferences.settings)
        preferences.changed.connect(self._refresh)
        self._theme.changed.connect(self._dress)
        self._dress()
        self.themes[preferences.settings.theme].setFocus()

    def done(self, result: int) -> None:
        """Keep the name that is still being typed."""
        self._keep_name()
        self._preferences.changed.disconnect(self._refresh)
        self._theme.changed.disconnect(self._dress)
        super().done(result)

    # ------------------------------------------------------------ building

    def _make_theme(self) -> QWidget:
        self._group = QButtonGroup(self)
        self.themes: dict[Theme, QPushButton] = {}
        line = QHBoxLayout()
        line.setSpacing(4)
        for theme, title, _ in _THEMES:
            choice = button(title, partial(self._preferences.update, theme=theme), kind="nav")
            choice.setCheckable(True)
            self._group.addButton(choice)
            self.themes[theme] = choice
            line.addWidget(choice)
        line.addStretch(1)
        return _section("Theme", line)

    def _make_zoom(self) -> QWidget:
        low, high = ZOOM_RANGE
        self.zoom = QSlider(Qt.Orientation.Horizontal)
        self.zoom.setAccessibleName("Zoom in percent")
        self.zoom.setRange(low // _ZOOM_STEP, high // _ZOOM_STEP)
        self.zoom.setPageStep(5)
        self.zoom.setTracking(False)
        self.zoom.sliderMoved.connect(lambda value: self._say_zoom(value * _ZOOM_STEP))
        self.zoom.valueChanged.connect(self._zoom_chosen)
        self._percent = label()
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.reset = button("Back to 100 %", lambda: self._preferences.update(zoom=100))
        line = row(self.zoom, self._percent, self.reset, spacing=12)
        line.setStretch(0, 1)
        return _section(
            "Size", line, "Ctrl + and Ctrl − do the same anywhere, for a projector or small type."
        )

    def _make_name(self) -> QWidget:
        self.name = QLineEdit()
        self.name.setAccessibleName("Your name")
        self.name.setMaxLength(120)
        self.name.setPlaceholderText(Settings().who)
        self.name.editingFinished.connect(self._keep_name)
        line = row(self.name)
        return _section("Your name", line, "Signs the changes you make in a portfolio.")

    def _make_start(self) -> QWidget:
        self.reopen = tick_box("Open the portfolio used last")
        self.reopen.toggled.connect(lambda on: self._preferences.update(reopen=on))
        return _section("When Scoper starts", row(self.reopen, None))

    # ------------------------------------------------------------ showing

    def _refresh(self) -> None:
        self._show(self._preferences.settings)

    def _show(self, settings: Settings) -> None:
        self.themes[settings.theme].setChecked(True)
        for widget in (self.zoom, self.reopen):
            widget.blockSignals(True)
        self.zoom.setValue(round(settings.zoom / _ZOOM_STEP))
        self.reopen.setChecked(settings.reopen)
        for widget in (self.zoom, self.reopen):
            widget.blockSignals(False)
        self._say_zoom(settings.zoom)
        self.reset.setEnabled(settings.zoom != 100)
        if not self.name.hasFocus():
            self.name.setText(settings.name)

    def _say_zoom(self, zoom: int) -> None:
        self._percent.setText(f"{zoom} %")

    def _dress(self) -> None:
        theme = self._theme
        for choice, _, icon in _THEMES:
            self.themes[choice].setIcon(theme.icon(icon))
            self.themes[choice].setIconSize(theme.icon_size())
        self._percent.setFixedWidth(theme.px(52))
        self.zoom.setMinimumHeight(theme.px(24))
        self.fit()

    # ------------------------------------------------------------ changing

    def _zoom_chosen(self, value: int) -> None:
        self._preferences.update(zoom=value * _ZOOM_STEP)

    def _keep_name(self) -> None:
        name = " ".join(self.name.text().split())
        if name != self._preferences.settings.name:
            self._preferences.update(name=name)


def _section(title: str, line: QHBoxLayout, help_text: str = "") -> QWidget:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(6)
    layout.addWidget(heading(title, "label"))
    layout.addLayout(line)
    if help_text:
        layout.addWidget(label(help_text, secondary=True, wrap=True))
    return holder
