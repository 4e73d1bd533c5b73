"""Shows a document written in Markdown. Nothing is loaded and no link opens unasked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from PySide6.QtCore import QByteArray, Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QDesktopServices,
    QFont,
    QImage,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from ui.kit.asking.message import offer
from ui.kit.look.theme import Theme

SCHEMES: Final = ("http", "https", "mailto")
"""What a link may point at."""

_FEATURES: Final = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | (
    QTextDocument.MarkdownFeature.MarkdownNoHTML
)
_WIDEST: Final = 720
_HEADINGS: Final = {1: (20, 4, 10), 2: (15, 18, 6), 3: (13, 12, 4)}
"""Size, space above and space below of a heading, by level."""


class DocumentView(QTextBrowser):
    """A read-only page of text in the look of the window.

    Pictures and files named in the text are never read, and a link opens only on the web or as
    a message, after its target was shown.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._no_picture = QImage(1, 1, QImage.Format.Format_ARGB32)
        self._no_picture.fill(Qt.GlobalColor.transparent)
        self.setUndoRedoEnabled(False)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.anchorClicked.connect(self._ask)

    def show_markdown(self, text: str, mark: str, *, keep_place: bool = False) -> None:
        """Show ``text``, from its top or where the one before was being read.

        Bold stretches that begin with ``mark`` are set off.
        """
        place = self.verticalScrollBar().value() if keep_place else 0
        document = self.document()
        document.setDefaultFont(self._theme.font(13))
        document.setIndentWidth(self._theme.px(24))
        document.setMarkdown(text, _FEATURES)
        self._dress(document, mark)
        self._centre()
        self.verticalScrollBar().setValue(place)

    def show_heading(self, number: int) -> None:
        """Bring a heading to the top; the first one of the document is 0."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel():
                if number == 0:
                    cursor = QTextCursor(block)
                    top = self.document().documentLayout().blockBoundingRect(block).top()
                    self.setTextCursor(cursor)
                    self.verticalScrollBar().setValue(round(top) - self._theme.px(8))
                    return
                number -= 1
            block = block.next()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Load nothing: a text from outside must not read files or call home.

        An empty answer will not do: Qt then reads the file itself.
        """
        if kind == QTextDocument.ResourceType.ImageResource.value:
            return self._no_picture
        return QByteArray(b" ")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines short enough to read, in the middle."""
        super().resizeEvent(event)
        self._centre()

    # ------------------------------------------------------------ look

    def _centre(self) -> None:
        px, frame = self._theme.px, self.document().rootFrame()
        side = max(px(16), (self.viewport().width() - px(_WIDEST)) // 2)
        look = frame.frameFormat()
        if look.leftMargin() != side:
            look.setLeftMargin(side)
            look.setRightMargin(side)
            frame.setFrameFormat(look)

    def _dress(self, document: QTextDocument, mark: str) -> None:
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        block = document.begin()
        while block.isValid():
            cursor.setPosition(block.position())
            self._dress_block(cursor, block.blockFormat())
            block = block.next()
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._dress_table(frame)
        self._show_marks(document, mark)
        cursor.endEditBlock()

    def _dress_block(self, cursor: QTextCursor, present: QTextBlockFormat) -> None:
        px = self._theme.px
        look = QTextBlockFormat()
        if cursor.currentTable():
            look.setTopMargin(0)
            look.setBottomMargin(0)
            cursor.mergeBlockFormat(look)
            return
        level = present.headingLevel()
        size, above, below = _HEADINGS.get(level, (13, 0, 3 if cursor.currentList() else 8))
        look.setTopMargin(px(above) if above else 0)
        look.setBottomMargin(px(below))
        look.setLineHeight(132, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.mergeBlockFormat(look)
        if level:
            cursor.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            words = cursor.charFormat()
            words.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)
            words.setFont(self._theme.font(size, bold=True))
            cursor.setCharFormat(words)

    def _dress_table(self, table: QTextTable) -> None:
        px, colours = self._theme.px, self._theme.colours
        look = QTextTableFormat(table.format())
        look.setBorder(1)
        look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        look.setBorderBrush(QBrush(QColor(colours.line)))
        look.setBorderCollapse(True)
        look.setCellPadding(px(6))
        look.setCellSpacing(0)
        look.setTopMargin(px(6))
        look.setBottomMargin(px(12))
        look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table.setFormat(look)
        ground = QTextCharFormat()
        ground.setBackground(QColor(colours.window))
        ground.setFontWeight(QFont.Weight.DemiBold)
        for column in range(table.columns()):
            cell = table.cellAt(0, column)
            cell.setFormat(ground)

    def _show_marks(self, document: QTextDocument, mark: str) -> None:
        look = QTextCharFormat()
        look.setForeground(QColor(self._theme.colours.medium))
        look.setBackground(QColor(self._theme.colours.medium_wash))
        look.setFontWeight(QFont.Weight.Normal)
        cursor = QTextCursor(document)
        for start, end in list(_marked(document, mark)):
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(look)

    # ------------------------------------------------------------ links

    def _ask(self, target: QUrl) -> None:
        if target.scheme().lower() not in SCHEMES:
            return
        address = bytes(target.toEncoded().data()).decode("ascii", "replace")
        offer(
            self,
            f"The document links to this address:\n\n{address}",
            "Open",
            lambda: QDesktopServices.openUrl(target),
        )


def _marked(document: QTextDocument, mark: str) -> Iterator[tuple[int, int]]:
    """Yield where bold stretches that begin with ``mark`` start and end."""
    block = document.begin()
    while block.isValid():
        stretch = block.begin()
        while not stretch.atEnd():
            fragment = stretch.fragment()
            is_bold = fragment.charFormat().fontWeight() > QFont.Weight.Medium
            if is_bold and fragment.text().startswith(mark):
                yield fragment.position(), fragment.position() + fragment.length()
            stretch += 1
        block = block.next()
