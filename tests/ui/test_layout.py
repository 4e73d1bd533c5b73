"""Every page and dialog at several sizes and zooms: all of it can be read and reached."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QSize
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QApplication,
    QHeaderView,
    QPushButton,
    QSplitter,
    QTableView,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from scoper.board import Board
from tools.layout_faults import faults
from tools.scenes import EMPTY, FILLED, LONG_TITLE, STARTING, Scene, Stage, lengthen_a_title
from ui.features.portfolio.page import PortfolioPage
from ui.features.ranking.page import RankingPage
from ui.features.scope.page import ScopePage
from ui.kit.basics import ElidedButton, ElidedLabel
from ui.kit.layout.beside import Beside
from ui.kit.layout.flow import flow
from ui.kit.tables.use_case_view import UseCaseView
from ui.shared.explanation import Explanation
from ui.shell.main_window import MainWindow

# The platform without a screen says so about every dialog.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ROOMS = [(1024, 600, 100), (1366, 768, 150), (1920, 1080, 200), (1366, 768, 250)]
Open = Callable[[Path], MainWindow]
Settled = Callable[[MainWindow], Board]


@pytest.fixture
def portfolios(_empty_file: Path, _sample_file: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Return copies of an empty portfolio and of the sample."""
    empty, sample = tmp_path / "empty.scoper", tmp_path / "sample.scoper"
    shutil.copyfile(_empty_file, empty)
    shutil.copyfile(_sample_file, sample)
    return empty, sample


class Restless(QObject):
    """Counts how often something is laid out."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.LayoutRequest
        return False


def comes_to_rest(qapp: QApplication) -> bool:
    """Return whether nothing is laid out again once all has been."""
    for _ in range(20):
        watch = Restless()
        qapp.installEventFilter(watch)
        qapp.processEvents()
        qapp.processEvents()
        qapp.removeEventFilter(watch)
        if not watch.count:
            return True
    return False


def found_in(stage: Stage, scenes: tuple[Scene, ...], *, whole: bool) -> Iterator[str]:
    for scene, seen in stage.shown(scenes):
        if seen.width() > stage.window.width() or seen.height() > stage.window.height():
            yield f"{scene.name}: is larger than the window"
        if not comes_to_rest(QApplication.instance()):
            yield f"{scene.name}: never comes to rest"
        yield from (f"{scene.name}: {fault}" for fault in faults(seen, whole=whole))


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: f"{room[0]}x{room[1]} at {room[2]} %")
def test_nothing_is_cut_or_covered_or_out_of_reach(
    bare_window: MainWindow,
    open_file: Open,
    portfolios: tuple[Path, Path],
    tmp_path: Path,
    room: tuple[int, int, int],
) -> None:
    window, stage = bare_window, Stage(bare_window, tmp_path)
    whole = room[2] < 250
    window.preferences.update(zoom=room[2])
    window.resize(*room[:2])
    assert window.size() == QSize(*room[:2])
    found = list(found_in(stage, STARTING, whole=whole))
    for path, scenes in zip(portfolios, (EMPTY, FILLED), strict=True):
        open_file(path)
        if scenes is FILLED:
            lengthen_a_title(window)
        stage.settle()
        found += found_in(stage, scenes, whole=whole)
    assert not found, "\n".join(found)


def test_a_fault_of_each_kind_is_found(qtbot: QtBot, qapp: QApplication) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    cut, beyond = QPushButton("Far too long for its width", holder), QPushButton("Away", holder)
    cut.setFixedWidth(40)
    beyond.move(500, 0)
    holder.resize(300, 60)
    layout = flow(QPushButton("One"), QPushButton("Two"))
    holder.setLayout(layout)
    holder.show()
    qapp.processEvents()
    one, two = layout.itemAt(0).widget(), layout.itemAt(1).widget()
    two.setGeometry(one.geometry())
    found = "\n".join(faults(holder, whole=True))
    assert "“Far too long for its width”: text is cut" in found
    assert "“Away”: is out of view" in found
    assert "“One” overlaps" in found


# ---------------------------------------------------------------- both ways


def measures(window: QWidget) -> dict[str, list[int]]:
    """Return the widths of all columns and parts that are shown."""
    sizes = {
        f"{type(s.parent()).__name__} {s.accessibleName()}": s.sizes()
        for s in window.findChildren(QSplitter)
        if s.isVisible()
    }
    for header in window.findChildren(QHeaderView):
        if header.isVisible():
            name = f"{type(header.parent()).__name__} {header.orientation().name}"
            sizes[name] = [header.sectionSize(n) for n in range(header.count())]
    sizes["parts"] = [w.width() for w in window.findChildren(QWidget) if w.isVisible()]
    return sizes


@pytest.mark.parametrize("place", ["portfolio", "scope", "workshop", "ranking", "documents"])
def test_widths_are_the_same_again_after_zooming_there_and_back(
    window: MainWindow, tmp_path: Path, place: str
) -> None:
    stage = Stage(window, tmp_path)
    window.go(place)
    stage.settle()
    before = measures(window)
    for zoom in (250, 80, 100):
        window.preferences.update(zoom=zoom)
        stage.settle()
    assert measures(window) == before


@pytest.mark.parametrize("place", ["scope", "workshop", "ranking", "documents", "library"])
def test_what_was_not_in_view_while_zooming_has_the_new_size_when_it_is(
    window: MainWindow, tmp_path: Path, place: str
) -> None:
    stage = Stage(window, tmp_path)
    window.resize(1920, 1080)
    for page in (place, "portfolio"):
        window.go(page)
        stage.settle()
    window.preferences.update(zoom=200)
    window.go(place)
    stage.settle()
    assert comes_to_rest(QApplication.instance())
    assert faults(window, whole=True) == []


def test_how_far_all_is_saved_is_said_whole_after_zooming(
    window: MainWindow, tmp_path: Path
) -> None:
    stage = Stage(window, tmp_path)
    lengthen_a_title(window)
    stage.settle()
    window.preferences.update(zoom=150)
    stage.settle()
    assert window.saved.text.text().startswith("All changes saved")
    assert not window.saved.text.is_cut


# ---------------------------------------------------------------- where room is short


def test_the_window_fits_a_small_screen_at_any_zoom(window: MainWindow, tmp_path: Path) -> None:
    stage = Stage(window, tmp_path)
    for zoom in (80, 100, 250):
        window.preferences.update(zoom=zoom)
        for page in ("portfolio", "scope", "workshop", "ranking", "documents", "library"):
            window.go(page)
            stage.settle()
            window.resize(1024, 560)
            assert window.size() == QSize(1024, 560), (zoom, page)


@pytest.mark.parametrize("zoom", [100, 150, 200, 250])
def test_the_decision_is_in_view_while_the_chart_folds_away(
    window: MainWindow, board_of: Settled, tmp_path: Path, zoom: int
) -> None:
    stage = Stage(window, tmp_path)
    lengthen_a_title(window)
    board_of(window)
    window.preferences.update(zoom=zoom)
    page = stage.page(RankingPage, "ranking")
    stage.settle()
    view = page.view
    decision = next(n for n, c in enumerate(view.table.columns) if c.id == "decision")
    cell = view.visualRect(view.table.index(0, decision))
    assert not view.isColumnHidden(decision)
    assert view.viewport().rect().contains(cell)
    assert view.columnWidth(view.title_column) >= window.theme.px(126)
    assert page.chart.isVisible() == (zoom == 100)


def test_a_panel_that_is_folded_away_is_one_click_away(window: MainWindow, tmp_path: Path) -> None:
    stage = Stage(window, tmp_path)
    window.preferences.update(zoom=150)
    page = stage.page(RankingPage, "ranking")
    stage.settle()
    assert not page.chart.isVisible()
    toggle = page.findChild(Beside).toggle
    toggle.click()
    assert page.chart.isVisible()
    toggle.click()
    assert page.view.isVisible()
    window.preferences.update(zoom=100)
    stage.settle()
    assert page.chart.isVisible()
    assert page.view.isVisible()
    assert not toggle.isVisible()


def test_what_a_gate_asks_for_leads_from_the_panel_to_the_field(
    empty_window: MainWindow, board_of: Settled, tmp_path: Path
) -> None:
    from scoper.commands import use_cases

    window, stage = empty_window, Stage(empty_window, tmp_path)
    window.session.run(lambda store: use_cases.create(store, title="Late invoices"))
    board_of(window)
    window.preferences.update(zoom=150)
    page = stage.page(ScopePage, "scope")
    stage.settle()
    assert not page.side.isVisible()
    beside = page.findChild(Beside)
    beside.toggle.click()
    page.side.field_asked.emit("problem")
    assert page.form(1).isVisible()
    assert page.form(1).editors["problem"].widget.hasFocus()


@pytest.mark.parametrize("zoom", [100, 150, 200])
def test_the_decision_is_in_view_beside_its_reasons(
    window: MainWindow, tmp_path: Path, zoom: int
) -> None:
    stage = Stage(window, tmp_path)
    window.preferences.update(zoom=zoom)
    page = stage.page(RankingPage, "ranking")
    page.select(stage.use_case_id())
    dialog = stage.dialog(page.explain)
    assert isinstance(dialog, Explanation)
    stage.settle()
    choice = dialog.choice.widget
    assert choice.visibleRegion().boundingRect().height() == choice.height()
    stage.close_dialogs()


def test_a_long_title_takes_two_lines_before_it_is_cut(
    window: MainWindow, board_of: Settled, tmp_path: Path
) -> None:
    stage = Stage(window, tmp_path)
    page = stage.page(PortfolioPage, "portfolio")
    stage.settle()
    view: UseCaseView = page.view
    row = view.table.row_of(stage.use_case_id())
    cell = view.visualRect(view.table.index(row, view.title_column))
    one_line = inked_rows(view, cell)
    lengthen_a_title(window)
    board_of(window)
    stage.settle()
    assert inked_rows(view, cell) > 1.5 * one_line
    assert view.table.index(row, view.title_column).data() == LONG_TITLE


def inked_rows(view: QTableView, cell: object) -> int:
    image = view.viewport().grab(cell).toImage()
    rows = range(image.height())
    return sum(len({image.pixel(x, y) for x in range(12, image.width() - 12, 2)}) > 2 for y in rows)


@pytest.mark.parametrize("kind", ["label", "button"])
def test_a_text_that_is_cut_says_all_of_it_when_pointed_at(
    qtbot: QtBot, qapp: QApplication, kind: str
) -> None:
    text = "<b>Evidence</b> " * 20
    widget = ElidedLabel() if kind == "label" else ElidedButton(lambda: None, "entry")
    qtbot.addWidget(widget)
    widget.setText(text) if isinstance(widget, ElidedLabel) else widget.show_text(text)
    widget.resize(120, 30)
    widget.show()
    event = QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), widget.mapToGlobal(QPoint(5, 5)))
    qapp.sendEvent(widget, event)
    assert "Evidence" in QToolTip.text()
    assert "<b>" not in QToolTip.text()
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
