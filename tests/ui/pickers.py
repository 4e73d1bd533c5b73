"""Choosing from a picker in a test, with the keys and clicks of a person."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.kit.fields.picker import Picker
from ui.kit.fields.picker_list import PickerList


def opened(picker: Picker) -> PickerList:
    """Click a picker and return the list it opens."""
    QTest.mouseClick(picker, Qt.MouseButton.LeftButton)
    assert picker.opened is not None
    return picker.opened


def search_in(picker: Picker, text: str) -> None:
    """Type into a picker that has the focus, and take the first entry found."""
    QTest.keyClick(picker, text[0])
    assert picker.opened is not None
    QTest.keyClicks(picker.opened.search, text[1:])
    QTest.keyClick(picker.opened.search, Qt.Key.Key_Return)
