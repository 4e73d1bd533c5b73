"""What the command palette offers of this page, wherever it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scoper.exchange.exporters import DOCUMENTS, Exporter
from scoper.exchange.formats import FORMATS
from ui.bridge.page_command import PageCommand

if TYPE_CHECKING:
    from ui.features.documents.page import DocumentsPage


def _show(document: Exporter) -> PageCommand[DocumentsPage]:
    return PageCommand(
        document.title, lambda page: page.show_kind(document.id), f"show read {document.words}"
    )


def _export(document: Exporter, suffix: str) -> PageCommand[DocumentsPage]:
    form = FORMATS[suffix]
    return PageCommand(
        f"Export {document.title} as {form.short}",
        lambda page: page.export_as(document.id, suffix),
        f"save share send document file report {form.words} {document.words}",
    )


COMMANDS: Final[tuple[PageCommand[DocumentsPage], ...]] = (
    *(_show(document) for document in DOCUMENTS),
    *(_export(document, suffix) for document in DOCUMENTS for suffix in document.suffixes),
)
