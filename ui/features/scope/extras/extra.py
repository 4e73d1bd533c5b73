"""What a section of a step shows and does besides its fields or its list: nothing, unless said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from scoper.board import Board
from scoper.snapshot import UseCase
from ui.features.scope.edits import Edits
from ui.kit.lists.item_list import ItemList
from ui.kit.look.theme import Theme

if TYPE_CHECKING:
    from ui.features.scope.content import Content


class Extra:
    """The extra of a section that has none; others say what they have by overriding.

    A section first places what stands above, then makes its fields or its list, with what stands
    below a field, and places what stands below. What it shows follows the use case: ``take_note``
    comes before fields and lists are shown, ``show`` after.
    """

    def __init__(self, theme: Theme, edits: Edits) -> None:
        self.theme, self.edits = theme, edits
        self.around: tuple[Board, UseCase] | None = None

    def stand_above(self, body: QVBoxLayout) -> None:
        """Put what stands above the fields or the list into the card."""

    def stand_below(self, body: QVBoxLayout) -> None:
        """Put what stands below the fields or the list into the card."""

    def stand_below_field(self, name: str, body: QVBoxLayout) -> None:
        """Put what stands right below the line of a field into the card."""

    def attach(self, items: ItemList) -> None:
        """Show more in the entries of the list."""

    def add_content(self, items: ItemList, content: Content) -> None:
        """Show what rests on the library in the entries of the list."""

    def choose(self, items: str) -> None:
        """Offer what new entries of the list can be chosen from."""
        self.edits.choose_item(items)

    def take_note(self, board: Board, use_case: UseCase) -> None:
        """Take note of the use case, before its fields and lists are shown."""
        self.around = board, use_case

    def show(self, board: Board, use_case: UseCase) -> None:
        """Show what follows from the use case."""
