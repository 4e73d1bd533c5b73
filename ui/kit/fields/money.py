"""An amount of money with its currency in the field."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from scoper.scoping import Field
from ui.kit.basics import label
from ui.kit.fields.inside import Inside
from ui.kit.fields.typed import NumberEditor


class MoneyEditor(NumberEditor):
    """A number in the currency of the portfolio, which stands in front of it."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._currency = label(secondary=True)
        self._currency.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._inside = Inside(self.widget, self._currency, left=True, needed=False)

    @property
    def currency(self) -> str:
        """The currency that is shown."""
        return self._currency.text()

    def set_currency(self, currency: str) -> None:
        """Show in which currency amounts are."""
        if currency != self.currency:
            self._currency.setText(currency)
            self.widget.setAccessibleDescription(f"{self.field.help} In {currency}.".strip())
            self._inside.place()

    def _read(self, text: str) -> Any:
        bare, code = text.strip(), self.currency.casefold()
        if code and bare.casefold().startswith(code):
            bare = bare[len(code) :]
        elif code and bare.casefold().endswith(code):
            bare = bare[: -len(code)]
        return super()._read(bare)
