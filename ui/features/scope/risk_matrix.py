"""The risk matrix: where each risk of the register lies, and where its mitigation moves it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from scoper.scoping.risks import Comparison, inherent, left_over, level, outlook
from scoper.snapshot import Risk
from scoper.terms import RiskLevel
from ui.kit.basics import Banner, heading, label
from ui.kit.look.theme import Theme

_GRADES: Final = range(1, 6)
_BANDS: Final = {
    RiskLevel.LOW: "low",
    RiskLevel.MODERATE: "medium",
    RiskLevel.HIGH: "high",
    RiskLevel.EXTREME: "high",
}
_LEFT, _BOTTOM = 34, 34
"""Room for the axes in pixels, before zoom."""


class RiskMatrix(QWidget):
    """Five by five cells with their level in words; risks are numbered as in the register.

    A filled mark is the risk as it is, a hollow one what is left once it is mitigated.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._risks: tuple[Risk, ...] = ()
        self.setAccessibleName("Risk matrix")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.px(240))
        self.setMaximumWidth(theme.px(620))

    def sizeHint(self) -> QSize:
        """Return room for five cells each way and the axes."""
        return QSize(self._theme.px(380), self._theme.px(276))

    def show_risks(self, risks: tuple[Risk, ...]) -> None:
        """Draw the risks of a register, numbered in their order."""
        self._risks = risks
        said = [f"{place} {r.title}: {outlook(r)}." for place, r in enumerate(risks, start=1)]
        self.setAccessibleDescription(" ".join(said) or "No risk is registered.")
        self.update()

    def marks(self) -> dict[tuple[int, bool], QPointF]:
        """Return the centre of each mark by number of the risk and whether it is what is left."""
        places: dict[tuple[int, int], list[tuple[int, bool]]] = {}
        for number, risk in enumerate(self._risks, start=1):
            before, after = inherent(risk), left_over(risk)
            if before:
                places.setdefault(before, []).append((number, False))
            if after and after != before:
                places.setdefault(after, []).append((number, True))
        return {
            mark: self._spot(*cell, at, len(shared))
            for cell, shared in places.items()
            for at, mark in enumerate(shared)
        }

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw cells, axes, the way each mitigation goes, and the marks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_cells(painter)
        self._draw_axes(painter)
        marks = self.marks()
        painter.setPen(QPen(QColor(self._theme.colours.text), 1.2, Qt.PenStyle.DotLine))
        for (number, left), spot in marks.items():
            if left and (number, False) in marks:
                painter.drawLine(marks[number, False], spot)
        for (number, left), spot in marks.items():
            self._draw_mark(painter, number, spot, left=left)

    # ------------------------------------------------------------ parts

    def _cell(self, likelihood: int, severity: int) -> QRectF:
        px = self._theme.px
        wide = (self.width() - px(_LEFT)) / 5
        high = (self.height() - px(_BOTTOM)) / 5
        return QRectF(px(_LEFT) + (severity - 1) * wide, (5 - likelihood) * high, wide, high)

    def _spot(self, likelihood: int, severity: int, at: int, shared: int) -> QPointF:
        cell = self._cell(likelihood, severity)
        columns = min(shared, 3)
        rows = -(-shared // columns)
        line, column = divmod(at, columns)
        room = cell.height() - self._theme.px(14)
        return QPointF(
            cell.left() + cell.width() * (column + 1) / (columns + 1),
            cell.top() + self._theme.px(12) + room * (line + 1) / (rows + 1),
        )

    def _draw_cells(self, painter: QPainter) -> None:
        colours, px = self._theme.colours, self._theme.px
        painter.setFont(self._theme.font(9))
        for likelihood in _GRADES:
            for severity in _GRADES:
                name = level(likelihood, severity)
                fore, ground = colours.of_band(_BANDS[name])
                cell = self._cell(likelihood, severity).adjusted(1, 1, -1, -1)
                painter.fillRect(cell, QColor(ground))
                extreme = name is RiskLevel.EXTREME
                painter.setPen(QPen(QColor(fore), 1.5) if extreme else Qt.PenStyle.NoPen)
                painter.drawRect(cell.adjusted(0.75, 0.75, -0.75, -0.75))
                painter.setPen(QColor(fore))
                words = cell.adjusted(px(4), px(2), -px(2), 0)
                painter.drawText(words, Qt.AlignmentFlag.AlignTop, name.label)

    def _draw_axes(self, painter: QPainter) -> None:
        px, centre = self._theme.px, Qt.AlignmentFlag.AlignCenter
        painter.setFont(self._theme.font(11))
        painter.setPen(QColor(self._theme.colours.secondary))
        for grade in _GRADES:
            row, column = self._cell(grade, 1), self._cell(1, grade)
            painter.drawText(QRectF(px(16), row.top(), px(16), row.height()), centre, str(grade))
            foot = QRectF(column.left(), column.bottom(), column.width(), px(16))
            painter.drawText(foot, centre, str(grade))
        below = QRectF(px(_LEFT), self.height() - px(17), self.width() - px(_LEFT), px(16))
        painter.drawText(below, centre, "Severity")
        painter.save()
        painter.translate(0, self.height() - px(_BOTTOM))
        painter.rotate(-90)
        painter.drawText(QRectF(0, 0, self.height() - px(_BOTTOM), px(16)), centre, "Likelihood")
        painter.restore()

    def _draw_mark(self, painter: QPainter, number: int, spot: QPointF, *, left: bool) -> None:
        colours, reach = self._theme.colours, self._theme.px(9)
        painter.setPen(QPen(QColor(colours.text), 1.4))
        painter.setBrush(QColor(colours.panel if left else colours.text))
        painter.drawEllipse(spot, reach, reach)
        painter.setFont(self._theme.font(10, bold=True))
        painter.setPen(QColor(colours.text if left else colours.panel))
        box = QRectF(spot.x() - reach, spot.y() - reach, 2 * reach, 2 * reach)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))


class RiskPicture(QWidget):
    """The matrix with its key, and the register beside the risk ratings of the group."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.matrix = RiskMatrix(theme)
        self.key = label(wrap=True)
        self.disagreement = label(wrap=True)
        self.agreement = label(secondary=True, wrap=True)
        self._banner = Banner("warning")
        self._banner.body.addWidget(heading("Register and ratings disagree", "label"))
        self._banner.body.addWidget(self.disagreement)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(10)
        self._drawn = QWidget()
        drawn = QVBoxLayout(self._drawn)
        drawn.setContentsMargins(0, 0, 0, 0)
        drawn.setSpacing(6)
        drawn.addWidget(self.matrix)
        note = "Filled: as it is. Hollow: what is left once it is mitigated."
        drawn.addWidget(label(note, secondary=True, wrap=True))
        drawn.addWidget(self.key)
        layout.addWidget(self._drawn)
        layout.addWidget(self._banner)
        layout.addWidget(self.agreement)

    def show_register(self, risks: tuple[Risk, ...], views: tuple[Comparison, ...]) -> None:
        """Draw the risks and say where the ratings see them otherwise."""
        self.matrix.show_risks(risks)
        self.key.setText(
            "\n".join(f"{n}  {risk.title}: {outlook(risk)}" for n, risk in enumerate(risks, 1))
        )
        self._drawn.setVisible(bool(risks))
        apart = [view.sentence for view in views if view.disagrees]
        self.disagreement.setText("\n".join(f"•  {sentence}" for sentence in apart))
        self._banner.setVisible(bool(apart))
        others = [v.sentence for v in views if not v.disagrees] if risks else []
        self.agreement.setText(" ".join(others))
        self.agreement.setVisible(bool(others))
