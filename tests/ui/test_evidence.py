"""Step 3 as a team works on it: data sets, labelling, evidence and risks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import items, use_cases
from scoper.snapshot import UseCase
from ui.features.scope.dataset_detail import DatasetDetail
from ui.features.scope.extras.feasibility import Register, Verdicts
from ui.features.scope.page import ScopePage
from ui.kit.lists.item_list import ItemList
from ui.shared.catalogue_dialog import CatalogueDialog
from ui.shell.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
Settled = Callable[[MainWindow], Board]


class Team:
    """People at step 3 of a new use case."""

    def __init__(self, window: MainWindow, qtbot: QtBot, board_of: Settled) -> None:
        self.window, self.qtbot, self._board_of = window, qtbot, board_of
        self.use_case_id = uuid4()
        window.session.run(
            partial(use_cases.create, title="Late invoices", use_case_id=self.use_case_id)
        )
        board_of(window)
        window.go("scope")
        page = window.page("scope")
        assert isinstance(page, ScopePage)
        self.page = page
        page.select(self.use_case_id)
        page.go_to_step(3)
        qtbot.waitUntil(lambda: not page.form(3).has_checklists)

    @property
    def use_case(self) -> UseCase:
        board = self._board_of(self.window)
        return board.use_cases[board.portfolio.row_of[self.use_case_id]]

    def add(self, name: str, **values: Any) -> UUID:
        item_id = uuid4()
        self.window.session.run(
            partial(
                items.add, use_case_id=self.use_case_id, items=name, values=values, item_id=item_id
            )
        )
        self._board_of(self.window)
        return item_id

    def list_of(self, name: str) -> ItemList:
        return next(i for i in self.page.form(3).lists if i.spec.name == name)

    def detail(self, item_id: UUID) -> DatasetDetail:
        listed = self.list_of("datasets")
        listed.open(item_id)
        found = listed.rows[item_id].detail  # type: ignore[attr-defined]
        assert isinstance(found, DatasetDetail)
        return found

    def brief(self, name: str, item_id: UUID) -> str:
        return str(self.list_of(name).rows[item_id].summary.text())  # type: ignore[attr-defined]

    def dialog(self) -> CatalogueDialog:
        self.qtbot.waitUntil(
            lambda: (
                isinstance(d := QApplication.activeModalWidget(), CatalogueDialog)
                and d.list.count() > 0
            ),
        )
        found = QApplication.activeModalWidget()
        assert isinstance(found, CatalogueDialog)
        return found


@pytest.fixture
def team(empty_window: MainWindow, qtbot: QtBot, board_of: Settled) -> Team:
    """Return a team at an empty step 3."""
    return Team(empty_window, qtbot, board_of)


def test_a_grade_is_saved_shows_its_anchor_and_moves_the_readiness(
    team: Team, qtbot: QtBot
) -> None:
    dataset_id = team.add("datasets", title="Archive", personal_data="no")
    detail = team.detail(dataset_id)
    assert detail.questions.headline.text() == "Not graded"
    group = detail.questions.groups["Access and ownership"]
    qtbot.mouseClick(group.toggle, LEFT)
    line = group.rows["access"]
    qtbot.mouseClick(line.buttons["1"], LEFT)
    assert team.use_case.datasets[0].grades == {"access": 1}
    assert line.why.text() == "1: Not recorded, or we may not touch it."
    assert detail.questions.headline.text().startswith("Blocked: 1.0 of 5")
    assert "The team cannot get at the data." in detail.questions.reasons.text()
    assert "Grade availability and access of Archive" in team.window.undo_button.toolTip()
    line.buttons["4"].setFocus()
    QTest.keyClick(line.buttons["4"], Qt.Key.Key_Space)
    assert team.use_case.datasets[0].grades == {"access": 4}
    assert "Blocked" not in detail.questions.headline.text()
    assert group.is_open
    qtbot.mouseClick(line.buttons["4"], LEFT)
    assert team.use_case.datasets[0].grades == {}


def test_questions_on_people_come_once_the_data_are_about_people(team: Team, qtbot: QtBot) -> None:
    dataset_id = team.add("datasets", title="Archive", personal_data="no")
    detail = team.detail(dataset_id)
    law = "Personal data and law"
    assert law not in detail.questions.groups
    combo = team.list_of("datasets").editor(dataset_id, "personal_data").widget
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_End)
    assert team.use_case.datasets[0].personal_data.value == "yes"
    assert detail.questions.groups[law].isVisible()
    assert "no legal basis is stated" in detail.questions.reasons.text()


def test_labelling_is_worked_out_while_typing_and_put_into_the_costs(
    team: Team, qtbot: QtBot
) -> None:
    dataset_id = team.add("datasets", title="Archive")
    detail = team.detail(dataset_id)
    assert not detail.budget_button.isEnabled()
    assert "Enter items, labels per item" in detail.result.text()
    listed = team.list_of("datasets")
    for name, typed in (
        ("label_items", "1000"), ("label_votes", "3"), ("label_minutes", "2"),
        ("label_rate", "30"), ("label_review", "10"), ("label_accuracy", "80"),
    ):  # fmt: skip
        field = listed.editor(dataset_id, name).widget
        field.setFocus()
        qtbot.keyClicks(field, typed)
        QTest.keyClick(field, Qt.Key.Key_Tab)
    assert team.use_case.datasets[0].label_items == 1_000
    assert detail.result.text() == (
        "3,000 labels: 100 hours of labelling and 10 of checking, together EUR 3,300."
    )
    assert "majority of 3 is right 89.6 %" in detail.agreement.text()
    qtbot.mouseClick(detail.budget_button, LEFT)
    (cost,) = team.use_case.costs
    assert (cost.title, cost.likely) == ("Labelling: Archive", 3_300)
    qtbot.mouseClick(team.window.undo_button, LEFT)
    assert team.use_case.costs == ()


def test_a_data_set_of_another_use_case_is_taken_over_and_says_so(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    team = Team(window, qtbot, board_of)
    qtbot.mouseClick(team.list_of("datasets").choose_button, LEFT)
    dialog = team.dialog()
    qtbot.keyClicks(dialog.search, "invoice archive")
    assert dialog.list.count() == 1
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    (dataset,) = team.use_case.datasets
    assert dataset.title == "Invoice archive 2021–2026"
    assert dataset.copied_from == "UC-01 Invoice matching"
    assert dataset.grades["access"] == 5
    assert dataset.legal_basis == ""
    assert "relevance" not in dataset.grades
    assert "First described by UC-01 Invoice matching." in team.detail(dataset.id).origin.text()


def test_the_evidence_stands_with_its_option_and_the_next_one_comes_up(team: Team) -> None:
    rules = team.add("solutions", title="Rules", shortlisted=True)
    team.add("solutions", title="Learn", approach="build", shortlisted=True)
    team.add(
        "evidence", statement="71 % released", solution_id=rules, finding="contradicts",
        strength="strong",
    )  # fmt: skip
    assert team.brief("solutions", rules).startswith("Evidence: 1 against (1 strong)")
    listed = team.list_of("solutions")
    combo = listed.editor(rules, "feasibility").widget
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_End)
    verdicts = team.page.form(3).extra(Verdicts)
    assert team.use_case.solutions[0].feasibility.value == "ruled_out"
    assert verdicts.progress.text() == (
        "Say why “Rules” cannot work: an option is ruled out only with a reason."
    )
    team.window.session.run(
        lambda store: items.set_field(
            store,
            items="solutions",
            item_id=rules,
            field="feasibility_reason",
            value="Too many kinds of invoice",
        )
    )
    assert team.use_case.solutions[0].feasibility_reason
    assert verdicts.progress.text() == "1 option ruled out: “Learn” is next."
    shown = listed.rows[rules].detail  # type: ignore[attr-defined]
    assert shown.lines.text() == "•  Contradicts, strong, prototype: 71 % released"


def test_a_risk_of_the_library_is_graded_drawn_and_compared(team: Team, qtbot: QtBot) -> None:
    picture = team.page.form(3).extra(Register).picture
    assert not picture.matrix.isVisible()
    qtbot.mouseClick(team.list_of("risks").choose_button, LEFT)
    dialog = team.dialog()
    qtbot.keyClicks(dialog.search, "nobody in the business")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    (risk,) = team.use_case.risks
    assert risk.title == "Nobody in the business fights for it"
    assert risk.mitigation
    assert picture.matrix.marks() == {}
    listed = team.list_of("risks")
    for name, grade in (
        ("likelihood", 5), ("severity", 4), ("residual_likelihood", 2), ("residual_severity", 4),
    ):  # fmt: skip
        qtbot.mouseClick(listed.editor(risk.id, name).buttons[grade], LEFT)
    assert team.use_case.risks[0].residual_likelihood == 2
    before, after = (picture.matrix.marks()[1, left] for left in (False, True))
    assert before.y() < after.y()
    assert before.x() == after.x()
    words = "extreme (likelihood 5, severity 4); high (likelihood 2, severity 4) once mitigated"
    assert words in picture.key.text()
    assert words in picture.matrix.accessibleDescription()
    assert "nobody rated organisational risk" in picture.agreement.text()


def test_where_raters_see_more_risk_than_the_register_it_is_said(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    team = Team(window, qtbot, board_of)
    board = board_of(window)
    apart = next(u for u in board.use_cases if any(v.disagrees for v in board.risk_views(u.id)))
    sentences = [v.sentence for v in board.risk_views(apart.id) if v.disagrees]
    team.page.select(apart.id)
    picture = team.page.form(3).extra(Register).picture
    assert picture.disagreement.isVisible()
    assert all(sentence in picture.disagreement.text() for sentence in sentences)
