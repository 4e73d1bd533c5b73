"""What can be done on each page, by name, and the other words people have for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class PageCommand:
    """Something a page does, wherever it is asked for: the page is shown first.

    With ``needs_use_case`` it is offered only where there is a use case, with ``needs_subject``
    only from a page that has one in view.
    """

    title: str
    run: Callable[[Any], object]
    words: str = ""
    needs_use_case: bool = True
    needs_subject: bool = False


def _step(number: int, title: str, words: str) -> PageCommand:
    return PageCommand(
        f"Step {number}: {title}", lambda page: page.show_step(number), f"scope gate {words}"
    )


def _section(name: str, words: str) -> PageCommand:
    return PageCommand(
        f"Library: {name}", lambda page: page.show_section(name), words, needs_use_case=False
    )


def _show(kind: str, title: str, words: str) -> PageCommand:
    return PageCommand(title, lambda page: page.show_kind(kind), f"show read {words}")


def _export(kind: str, suffix: str, title: str, words: str) -> PageCommand:
    return PageCommand(title, lambda page: page.export_as(kind, suffix), words)


def _documents() -> tuple[PageCommand, ...]:
    kinds = (
        ("prfaq", "PR-FAQ", "press release customers announcement launch faq questions"),
        ("prd", "PRD", "product requirements specification spec"),
        ("brief", "Brief", "one page summary board paper leadership onepager"),
    )
    forms = (
        ("DOCX", ".docx", "word microsoft office"),
        ("PDF", ".pdf", "print paper"),
        ("Markdown", ".md", "md text wiki"),
    )
    shown = tuple(_show(kind, title, words) for kind, title, words in kinds)
    exported = tuple(
        _export(
            kind,
            suffix,
            f"Export {title} as {form}",
            f"save share send document file report {called} {words}",
        )
        for kind, title, words in kinds
        for form, suffix, called in forms
    )
    return shown + exported


COMMANDS: Final[dict[str, tuple[PageCommand, ...]]] = {
    "portfolio": (
        PageCommand(
            "Start from an idea…",
            lambda page: page.browse_ideas(),
            "ideas library browse template inspiration example suggest add use case",
            needs_use_case=False,
        ),
        PageCommand(
            "Delete the use case in view",
            lambda page: page.delete_selected(),
            "remove trash bin discard drop get rid erase",
            needs_subject=True,
        ),
    ),
    "scope": (
        _step(1, "Problem", "pain why whose cost today evidence owner relevance nothing done"),
        _step(
            2, "Solutions", "options alternatives approach ladder buy build adapt shortlist rules"
        ),
        _step(
            3,
            "Feasibility and value",
            "risk risks data dataset labelling benefit value proof prototype legal law compliance "
            "eu ai act nist privacy pre-mortem readiness",
        ),
        _step(
            4,
            "KPIs and milestones",
            "metrics targets baseline goals timeline roadmap plan phases pilot dates gantt "
            "calendar",
        ),
        _step(
            5,
            "People, time and budget",
            "cost costs money price euro effort days team staff hiring vacancies capacity roles",
        ),
    ),
    "workshop": (
        PageCommand(
            "Rate as one person",
            lambda page: page.choice.person_button.click(),
            "vote score ratings my own anchors",
        ),
        PageCommand(
            "Rate one use case as a group",
            lambda page: page.choice.use_case_button.click(),
            "vote score ratings together facilitate agree agreement disagree consensus reveal "
            "hide spread anchors",
        ),
        PageCommand(
            "Add a person who rates",
            lambda page: page.start_adding_person(),
            "participant rater colleague team member people invite name",
        ),
    ),
    "ranking": (
        PageCommand(
            "Why this score?",
            lambda page: page.explain(),
            "explain reason sure certain trust formula decide decision go no-go approve hold",
        ),
        PageCommand(
            "What if…",
            lambda page: page.what_if.take_focus(),
            "weights risk aversion sliders sensitivity robust sure certain try simulate change",
        ),
        PageCommand(
            "Export chart",
            lambda page: page.export_chart(),
            "picture image png svg graph figure diagram save share slide powerpoint presentation",
        ),
    ),
    "documents": _documents(),
    "library": (
        _section("Criteria", "weights anchors levels scale importance questions scheme"),
        _section("People", "team participants raters members colleagues stakeholders who judges"),
        _section("Roles", "rates capacity jobs staff skills salary hiring resources"),
        _section(
            "Method",
            "formula scoring algorithm calculation risk aversion topsis rice wsjf "
            "rename title name of the portfolio currency",
        ),
        _section(
            "Content", "ideas metrics risks eu ai act nist catalogue knowledge templates packs own"
        ),
        _section("History", "audit log trail changes who when versions past"),
        _section("This computer", "machine settings folder"),
    ),
}
"""By the id of the page."""
