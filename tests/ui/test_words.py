"""Undo and errors speak of a field in the words of its label."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import criteria, people, portfolios
from scoper.errors import InvalidInput
from scoper.scoping import STEPS, Field, Kind
from scoper.scoping.forms import (
    AGGREGATION,
    CRITERION,
    PEOPLE,
    PORTFOLIO,
    ROLES,
    WEIGHT,
    parameter_fields,
)
from scoper.scoring.methods import METHODS
from scoper.store import Store
from scoper.text import TEXT_LIMIT
from ui.features.scope.page import ScopePage
from ui.kit.fields.editor import Editor
from ui.kit.fields.typed import LineEditor, TextEditor
from ui.shell.main_window import MainWindow

Settled = Callable[[MainWindow], Board]
GOOD = {Kind.MONEY: "73", Kind.NUMBER: "73", Kind.DAY: "2031-05-17"}
BAD = {Kind.MONEY: "many", Kind.NUMBER: "many", Kind.DAY: "soon"}


@pytest.fixture
def page(window: MainWindow, board_of: Settled) -> ScopePage:
    """Return the Scope page with a use case that has an entry in every list."""
    window.go("scope", board_of(window).use_cases[0].id)
    found = window.page("scope")
    assert isinstance(found, ScopePage)
    return found


def type_in(editor: Editor, text: str) -> None:
    if isinstance(editor, TextEditor):
        editor.widget.setPlainText(text)
    else:
        assert isinstance(editor, LineEditor)
        editor.widget.setText(text)
        editor.widget.textEdited.emit(text)
    editor.flush()


def another(field: Field, now: Any, board: Board) -> Any:
    """Return something else to choose than what is chosen now."""
    use_case = board.use_cases[0]
    choices: dict[Kind, list[Any]] = {
        Kind.YES_NO: [True, False],
        Kind.GRADE: [1, 2],
        Kind.ROLE: [role.id for role in board.portfolio.roles],
        Kind.SOLUTION: [option.id for option in use_case.solutions],
        Kind.CHOICE: list(field.choices or ()),
    }
    return next(value for value in choices[field.kind] if value != now)


def all_fields(page: ScopePage, number: int, board: Board) -> Iterator[tuple[Editor, Any]]:
    """Yield each field of a step and of the first entry of its lists, with what holds it."""
    form, use_case = page.form(number), board.use_cases[0]
    for editor in form.editors.values():
        yield editor, use_case
    for items in form.lists:
        item = getattr(use_case, items.spec.name)[0]
        items.open(item.id)
        for editor in list(items.entry(item.id).editors.values()):
            yield editor, item


@pytest.mark.parametrize("number", [step.number for step in STEPS])
def test_undo_and_errors_name_the_field_as_its_form_does(
    page: ScopePage, window: MainWindow, qtbot: QtBot, board_of: Settled, number: int
) -> None:
    page.go_to_step(number)
    qtbot.waitUntil(lambda: not page.form(number).has_checklists)
    QApplication.processEvents()
    walked = 0
    for editor, holder in all_fields(page, number, board_of(window)):
        field, is_typed = editor.field, isinstance(editor, LineEditor | TextEditor)
        if is_typed:
            type_in(editor, GOOD.get(field.kind, "Something else"))
        else:
            now = getattr(holder, field.name)
            editor.edited.emit(another(field, now, board_of(window)))
        board_of(window)
        history = window.session.history
        assert history is not None
        assert history.undo is not None
        assert f"“{field.label}”" in history.undo, editor.problem
        if is_typed:
            type_in(editor, BAD.get(field.kind, "x" * (TEXT_LIMIT + 1)))
            board_of(window)
            assert editor.problem.startswith(f"“{field.label}” ")
            type_in(editor, GOOD.get(field.kind, "Put right"))
        walked += 1
    assert walked > len(STEPS[number - 1].fields)


def test_the_form_shows_the_labels_that_undo_names(page: ScopePage, window: MainWindow) -> None:
    for step in STEPS:
        page.go_to_step(step.number)
        form = page.form(step.number)
        assert form.editors is not None
        shown = {label.text() for label in form.findChildren(QLabel)}
        missing = [f.label for f in step.fields if f.label not in shown]
        assert missing == []


def refused(change: Callable[[], object]) -> str:
    with pytest.raises(InvalidInput) as caught:
        change()
    return str(caught.value)


@pytest.mark.parametrize("field", [*PORTFOLIO, AGGREGATION])
def test_a_field_of_the_portfolio_is_named_so(store: Store, field: Any) -> None:
    value = {"currency": "CHF", "aggregation": "median"}.get(field.name, "Ours")
    changes = portfolios.set_field(store, field=field.name, value=value)
    assert changes.label == f"Change “{field.label}”"
    wrong = refused(lambda: portfolios.set_field(store, field=field.name, value="?" * 9_999))
    assert wrong.startswith(f"“{field.label}” ")


@pytest.mark.parametrize("field", parameter_fields(METHODS["balanced"]))
def test_a_parameter_is_named_as_its_method_states_it(store: Store, field: Any) -> None:
    changes = portfolios.set_parameter(store, name=field.name, value=0.5)
    assert changes.label == f"Change “{field.label}”"
    wrong = refused(lambda: portfolios.set_parameter(store, name=field.name, value="?" * 9_999))
    assert wrong.startswith(f"“{field.label}” ")


@pytest.mark.parametrize(
    ("of", "field"),
    [
        *product(["person"], PEOPLE.columns),
        *product(["role"], ROLES.columns),
        *product(["criterion"], (*CRITERION, WEIGHT)),
    ],
)
def test_a_field_of_the_library_is_named_so(sample_store: Store, of: str, field: Any) -> None:
    from scoper.queries import load_board

    portfolio = load_board(sample_store).portfolio
    change = {
        "person": lambda value: people.set_participant_field(
            sample_store,
            participant_id=portfolio.participants[0].id,
            field=field.name,
            value=value,
        ),
        "role": lambda value: people.set_role_field(
            sample_store, role_id=portfolio.roles[0].id, field=field.name, value=value
        ),
        "criterion": lambda value: criteria.set_field(
            sample_store, criterion_id=portfolio.criteria[0].id, field=field.name, value=value
        ),
    }[of]
    changes = change(3 if field.kind in (Kind.NUMBER, Kind.MONEY) else "Changed")
    assert changes.label.startswith(f"Change “{field.label}” of ")
    assert refused(lambda: change("?" * 99_999)).startswith(f"“{field.label}” ")


def test_an_anchor_is_named_by_its_level(sample_store: Store) -> None:
    from scoper.queries import load_board

    first = load_board(sample_store).portfolio.criteria[0]
    changes = criteria.set_anchor(sample_store, criterion_id=first.id, level=3, meaning="Some")
    assert changes.label == f"Change “Level 3” of {first.title}"
    wrong = refused(
        lambda: criteria.set_anchor(sample_store, criterion_id=first.id, level=3, meaning="")
    )
    assert wrong.startswith("“Level 3” ")
