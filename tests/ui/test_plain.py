"""Data are shown as they are: never read as markup, and nothing of them is lost or loaded."""

from __future__ import annotations

import ast
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractListModel, QEvent, QPoint
from PySide6.QtGui import QAction, QColor, QHelpEvent, QPixmap, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QPlainTextEdit,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.scoping import STEPS
from ui.kit.look.plain import escaped, set_tip, tip, unescaped
from ui.shell.main_window import MainWindow
from ui.shell.registry import PAGES

# The platform without a screen says so about every dialog.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

UI = Path(__file__).resolve().parents[2] / "ui"
RED = QColor("#FF0000")
TEXTS = {
    "portfolio": ("title", "organisation"),
    "criterion": ("title", "question"),
    "anchor": ("meaning",),
    "participant": ("name", "team"),
    "role": ("title", "skills"),
    "use_case": ("title", "organisation", "owner", "problem", "benefit_basis"),
    "solution": ("title", "reason"),
    "evidence": ("statement", "source"),
    "kpi": ("title", "owner", "definition"),
    "milestone": ("title", "exit_criteria"),
    "cost": ("title",),
    "risk": ("title", "mitigation"),
    "dataset": ("title", "owner"),
    "change_step": ("label",),
}

BoardOf = Callable[[MainWindow], Board]


@pytest.fixture
def picture(qapp: QApplication, tmp_path: Path) -> Path:
    """Return a file with a picture that is red all over."""
    red = QPixmap(60, 60)
    red.fill(RED)
    path = tmp_path / "p.png"
    red.save(str(path))
    return path


@pytest.fixture
def hostile_window(
    open_file: Callable[[Path], MainWindow], _sample_file: Path, tmp_path: Path, picture: Path
) -> MainWindow:
    """Return a window with a portfolio whose every text asks for a picture, and holds an &."""
    path = tmp_path / "hostile.scoper"
    shutil.copyfile(_sample_file, path)
    markup = f"R&D <img src='{picture.as_uri()}'> "
    with closing(sqlite3.connect(path)) as file, file:
        for table, columns in TEXTS.items():
            for column in columns:
                file.execute(f"UPDATE {table} SET {column} = ? || {column}", (markup,))
    return open_file(path)


def widgets(window: QWidget) -> Iterator[QWidget]:
    """Yield everything that exists in a window, shown or not."""
    yield window
    yield from window.findChildren(QWidget)


def misread(window: QWidget) -> list[str]:
    """Return what Qt would take for markup or a mnemonic in a window."""
    found = []
    for widget in widgets(window):
        texts = [widget.toolTip(), widget.whatsThis(), widget.statusTip()]
        if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
            texts.append(widget.text())
        found += [text for text in texts if Qt.mightBeRichText(text)]
        if isinstance(widget, QAbstractButton):
            shown = QAbstractButton.text(widget)
            found += [shown] if "&" in shown.replace("&&", "") else []
        if isinstance(widget, QAbstractItemView):
            found += [text for text in item_tips(widget) if Qt.mightBeRichText(text)]
    shown = [action.text() for action in window.findChildren(QAction)]
    return found + [text for text in shown if "&" in text.replace("&&", "")]


def item_tips(view: QAbstractItemView) -> Iterator[str]:
    """Yield the tips of the first cells and headers of a list or table."""
    model, role = view.model(), Qt.ItemDataRole.ToolTipRole
    if model is None:
        return
    rows = min(40, model.rowCount())
    columns = 1 if isinstance(model, QAbstractListModel) else min(40, model.columnCount())
    for row in range(rows):
        yield str(model.headerData(row, Qt.Orientation.Vertical, role) or "")
        for column in range(columns):
            yield str(model.index(row, column).data(role) or "")
    for column in range(columns):
        yield str(model.headerData(column, Qt.Orientation.Horizontal, role) or "")


def test_no_page_reads_data_as_markup(hostile_window: MainWindow, board_of: BoardOf) -> None:
    window = hostile_window
    first = board_of(window).use_cases[0]
    assert first.title.startswith("R&D <img")
    for place in PAGES:
        window.go(place.id, first.id)
        board_of(window)
        assert misread(window) == [], place.title
    for step in STEPS:
        window.go("scope", first.id, step.number)
        board_of(window)
        assert misread(window) == [], step.title
    library = window.page("library")
    for name, entry in library.entries.items():  # type: ignore[attr-defined]
        window.go("library")
        QTest.keyClick(entry, Qt.Key.Key_Space)
        board_of(window)
        assert misread(window) == [], name


def test_no_message_or_undo_reads_data_as_markup(
    qtbot: QtBot, hostile_window: MainWindow, board_of: BoardOf
) -> None:
    window = hostile_window
    page = window.page("portfolio")
    QTest.keyClick(page.entry, Qt.Key.Key_Delete)
    board_of(window)
    assert "<img" in window.notice.text.text()
    (undo,) = [action.text() for action in window.actions() if action.text().startswith("Undo")]
    assert "R&D" in undo.replace("&&", "&")
    assert misread(window) == []
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    palette = QApplication.activePopupWidget()
    assert misread(palette) == []
    palette.close()


def test_a_tip_on_data_shows_characters_and_no_picture(
    qtbot: QtBot, hostile_window: MainWindow, picture: Path
) -> None:
    where = QPoint(5, 5)
    title = hostile_window.title
    QApplication.sendEvent(title, QHelpEvent(QEvent.Type.ToolTip, where, title.mapToGlobal(where)))
    qtbot.waitUntil(QToolTip.isVisible)
    (shown,) = [w for w in QApplication.topLevelWidgets() if w.inherits("QTipLabel")]
    image = shown.grab().toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    assert RED not in pixels
    assert picture.name in QToolTip.text()
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


@pytest.mark.parametrize(
    "text", ["<b>x</b>", "&lt;b&gt;x", "a < b", "R&D", "<img src='file:///x'>", "", "a\nb", "<<b>"]
)
def test_a_tip_reads_as_its_text_and_is_never_rich(text: str) -> None:
    shown = tip(text)
    assert not Qt.mightBeRichText(shown)
    assert shown.replace("\u2060", "") == text


def test_a_long_tip_is_broken_into_lines_and_bounded() -> None:
    shown = tip("word " * 5_000)
    assert len(shown) <= 1_000
    assert max(map(len, shown.splitlines())) <= 100


def test_an_ampersand_survives_a_button(qtbot: QtBot) -> None:
    from ui.kit.basics import button, tick_box

    made = button("R&D && more")
    qtbot.addWidget(made)
    assert made.text() == "R&D && more"
    assert QAbstractButton.text(made) == "R&&D &&&& more"
    box = tick_box("R&D")
    qtbot.addWidget(box)
    assert box.text() == "R&&D"
    assert unescaped(escaped("a & b && c")) == "a & b && c"


def test_a_tip_is_set_on_anything(qtbot: QtBot) -> None:
    field = QPlainTextEdit()
    qtbot.addWidget(field)
    set_tip(field, "<b>x")
    assert not Qt.mightBeRichText(field.toolTip())


# ---------------------------------------------------------------- no other way

ONLY_IN = {
    "QCheckBox": {"basics.py"},
    "QErrorMessage": set(),
    "QGroupBox": set(),
    "QInputDialog": set(),
    "QLabel": {"basics.py"},
    "QMessageBox": {"message.py"},
    "QProgressDialog": {"tasks.py"},
    "QPushButton": {"basics.py"},
    "QRadioButton": set(),
    "QStaticText": set(),
    "QTextBrowser": {"document_view.py"},
    "QTextDocument": set(),
    "QTextEdit": set(),
    "QToolButton": {"basics.py", "calendar.py", "main_window.py"},
    "insertHtml": set(),
    "setHtml": set(),
    "setMarkdown": {"document_view.py"},
    "setStatusTip": set(),
    "setToolTip": {"plain.py"},
    "setWhatsThis": set(),
}
"""What guesses or shows rich text, and the files that see to it that data in it stay plain."""


def named(node: ast.AST) -> str:
    """Return the last name of what is called or derived from."""
    return getattr(node, "attr", getattr(node, "id", ""))


def parts() -> Iterator[tuple[str, ast.AST]]:
    """Yield all code of the window, piece by piece, with the file it is in."""
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield path.name, node


def test_data_reach_rich_text_in_no_other_way() -> None:
    found = set()
    for file, node in parts():
        if isinstance(node, ast.Call):
            owner = named(getattr(node.func, "value", node.func))
            found.add((owner if owner in ONLY_IN else named(node.func), file))
        elif isinstance(node, ast.ClassDef):
            found |= {(named(base), file) for base in node.bases if named(base) != "QLabel"}
    assert {(name, file) for name, file in found if file not in ONLY_IN.get(name, {file})} == set()


def test_every_kind_of_label_is_of_plain_text() -> None:
    def plain(call: ast.Call) -> bool:
        return named(call.func) == "setTextFormat" and named(call.args[0]) == "PlainText"

    for file, node in parts():
        calls = [inner for inner in ast.walk(node) if isinstance(inner, ast.Call)]
        if isinstance(node, ast.Call) and named(node.func) == "setTextFormat":
            assert plain(node), file
        elif isinstance(node, ast.ClassDef) and "QLabel" in map(named, node.bases):
            assert any(map(plain, calls)), f"{file}: {node.name}"


def calls_tip(node: ast.AST) -> bool:
    """Tell whether ``tip`` is called in a piece of code."""
    calls = (inner.func for inner in ast.walk(node) if isinstance(inner, ast.Call))
    return any(isinstance(func, ast.Name) and func.id == "tip" for func in calls)


def test_every_tip_of_an_item_or_a_mark_is_made_plain() -> None:
    def names_role(node: ast.AST) -> bool:
        return any(getattr(inner, "attr", "") == "ToolTipRole" for inner in ast.walk(node))

    unsafe = []
    for file, node in parts():
        if isinstance(node, ast.If) and names_role(node.test):
            inside = (inner for line in node.body for inner in ast.walk(line))
            answers = [each.value for each in inside if isinstance(each, ast.Return)]
            unsafe += [(file, node.lineno) for each in answers if each and not calls_tip(each)]
        elif isinstance(node, ast.Call) and any(map(names_role, node.args)):
            unsafe += [] if calls_tip(node) else [(file, node.lineno)]
    assert unsafe == []
