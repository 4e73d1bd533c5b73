"""The endings of files that are written, with what people call them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what it is called in a list, in short, and the other words people have."""

    title: str
    short: str
    words: str = ""


FORMATS: Final = {
    ".docx": Format("Word document", "DOCX", "word microsoft office"),
    ".pdf": Format("PDF", "PDF", "print paper"),
    ".md": Format("Markdown", "Markdown", "md text wiki"),
    ".png": Format("PNG picture", "PNG"),
    ".svg": Format("SVG picture", "SVG"),
    ".xlsx": Format("Excel workbook", "XLSX"),
}
"""By the ending."""

DOCUMENTS: Final = (".docx", ".md", ".pdf")
PICTURES: Final = (".png", ".svg")
WORKBOOK: Final = (".xlsx",)
