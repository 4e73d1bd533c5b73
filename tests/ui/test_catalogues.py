"""Choosing from the catalogues of the library."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import items as lists
from scoper.commands import use_cases
from scoper.terms import KpiKind
from ui.features.portfolio.page import PortfolioPage
from ui.features.scope.kpi_detail import KpiDetail
from ui.features.scope.kpi_tree_view import KpiTreeView
from ui.features.scope.page import ScopePage
from ui.features.scope.timeline_view import TimelineView
from ui.shared.catalogue_dialog import CatalogueDialog
from ui.shell.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
Settled = Callable[[MainWindow], Board]


def catalogue(qtbot: QtBot) -> CatalogueDialog:
    """Return the catalogue that is open, once the library is read."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), CatalogueDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CatalogueDialog)
    qtbot.waitUntil(dialog.choose_button.isEnabled)
    return dialog


def kpis(window: MainWindow, board_of: Settled) -> ScopePage:
    window.session.run(lambda store: use_cases.create(store, title="Late invoices"))
    board_of(window)
    window.go("scope")
    page = window.page("scope")
    assert isinstance(page, ScopePage)
    page.go_to_step(4)
    return page


def test_a_metric_is_found_and_added_with_what_the_library_knows(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = kpis(empty_window, board_of)
    items = next(items for items in page.form(4).lists if items.spec.name == "kpis")
    qtbot.mouseClick(items.choose_button, LEFT)
    dialog = catalogue(qtbot)
    qtbot.keyClicks(dialog.search, "net promoter")
    assert dialog.list.count() == 1
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    (kpi,) = board_of(empty_window).use_cases[0].kpis
    assert "promoter" in kpi.title.lower()
    assert kpi.kind is KpiKind.BUSINESS
    assert kpi.owner
    assert kpi.sponsor
    qtbot.waitUntil(lambda: kpi.id in items.rows)
    qtbot.waitUntil(lambda: items.editor(kpi.id, "title").isVisible())


def test_a_metric_brings_its_guardrails_in_one_step_and_the_tree_shows_them(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = kpis(empty_window, board_of)
    form = page.form(4)
    assert form.lists
    tree = form.findChildren(KpiTreeView)[0]
    assert not tree.isVisible()
    items = next(items for items in form.lists if items.spec.name == "kpis")
    qtbot.mouseClick(items.choose_button, LEFT)
    dialog = catalogue(qtbot)
    qtbot.keyClicks(dialog.search, "net promoter")
    assert len(dialog.ticks) >= 2
    dialog.ticks[0].setFocus()
    QTest.keyClick(dialog.ticks[0], Qt.Key.Key_Space)
    qtbot.mouseClick(dialog.choose_button, LEFT)
    kpi, guardrail = board_of(empty_window).use_cases[0].kpis
    assert guardrail.kind is KpiKind.GUARDRAIL
    assert guardrail.paired_with == kpi.title
    assert kpi.definition
    assert kpi.goal
    words = tree.accessibleDescription().splitlines()
    assert words[1:] == [f"  {kpi.title} (business)", f"    {guardrail.title} (guardrail)"]
    assert tree.isVisible()
    qtbot.mouseClick(empty_window.undo_button, LEFT)
    assert board_of(empty_window).use_cases[0].kpis == ()


def test_the_roadmap_and_a_role_are_planned_and_seen_on_the_timeline(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = kpis(empty_window, board_of)
    milestones = next(i for i in page.form(4).lists if i.spec.name == "milestones")
    qtbot.mouseClick(milestones.choose_button, LEFT)
    assert len(board_of(empty_window).use_cases[0].milestones) == 4
    assert empty_window.notice.text.text() == "Planned the roadmap of Late invoices"
    page.go_to_step(5)
    efforts, costs = page.form(5).lists
    for items, words in ((efforts, "data scientist"), (costs, "bought data")):
        qtbot.mouseClick(items.choose_button, LEFT)
        dialog = catalogue(qtbot)
        qtbot.keyClicks(dialog.search, words)
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)
        board_of(empty_window)
    use_case = board_of(empty_window).use_cases[0]
    assert use_case.efforts
    for effort in use_case.efforts:
        assert effort.days_low is not None
        assert effort.days_high is not None
        assert effort.days_low <= effort.days <= effort.days_high
    assert any(effort.days_low != effort.days_high for effort in use_case.efforts)
    (cost,) = use_case.costs
    assert cost.likely == 15_000
    timeline = page.form(5).findChildren(TimelineView)[0]
    said = timeline.accessibleDescription()
    assert "no date" not in said
    assert "days of effort" in said
    assert "MVP finished by" in said


def test_model_metrics_stand_apart_and_words_that_find_nothing_say_so(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = kpis(empty_window, board_of)
    items = next(items for items in page.form(4).lists if items.spec.name == "kpis")
    qtbot.mouseClick(items.choose_button, LEFT)
    dialog = catalogue(qtbot)
    groups = [dialog.groups.itemText(n) for n in range(dialog.groups.count())]
    assert groups[:2] == ["All metrics", "Business metrics"]
    assert sum(group.startswith("Model metrics") for group in groups) >= 5
    qtbot.keyClicks(dialog.search, "zzz")
    assert dialog.list.count() == 0
    assert not dialog.choose_button.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert board_of(empty_window).use_cases[0].kpis == ()


def test_a_catalogue_closed_before_the_library_is_read_does_no_harm(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    empty_window.go("portfolio")
    page = empty_window.page("portfolio")
    assert isinstance(page, PortfolioPage)
    page.browse_ideas()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CatalogueDialog)
    dialog.reject()
    board_of(empty_window)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_a_use_case_is_started_from_an_idea_with_the_keyboard_and_undone(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    empty_window.go("portfolio")
    page = empty_window.page("portfolio")
    assert isinstance(page, PortfolioPage)
    page.ideas_button.setFocus()
    QTest.keyClick(page.ideas_button, Qt.Key.Key_Space)
    dialog = catalogue(qtbot)
    every = dialog.list.count()
    assert every >= 60
    qtbot.keyClicks(dialog.search, "invoice")
    assert 0 < dialog.list.count() < every
    dialog.list.setFocus()
    last = dialog.list.count() - 1
    QTest.keyClick(dialog.list, Qt.Key.Key_End)
    assert dialog.list.currentRow() == last
    idea = dialog.current
    assert idea is not None
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(board_of(empty_window).use_cases) == 1)
    (use_case,) = board_of(empty_window).use_cases
    assert use_case.title == idea.title
    assert len(use_case.solutions) == 2
    qtbot.waitUntil(lambda: page.view.current == use_case.id)
    assert f"Start from {idea.title}" in empty_window.undo_button.toolTip()
    empty_window.activateWindow()  # what a desktop does when a dialog has closed
    qtbot.waitUntil(empty_window.isActiveWindow)
    QTest.keyClick(empty_window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: board_of(empty_window).use_cases == ())


def test_an_open_kpi_names_who_else_counts_in_it_and_who_defines_it_otherwise(
    empty_window: MainWindow, board_of: Settled
) -> None:
    page = kpis(empty_window, board_of)
    run = empty_window.session.run
    run(partial(use_cases.create, title="Slow replies"))
    first, second = board_of(empty_window).use_cases
    values = {"title": "Net promoter score (NPS)", "definition": "Asked monthly."}
    run(partial(lists.add, use_case_id=first.id, items="kpis", values=values))
    kpi = board_of(empty_window).use_cases[0].kpis[0]
    listed = next(shown for shown in page.form(4).lists if shown.spec.name == "kpis")
    listed.open(kpi.id)
    detail = listed.rows[kpi.id].detail  # type: ignore[attr-defined]
    assert isinstance(detail, KpiDetail)
    assert detail.isHidden()
    other = {"title": "NPS", "definition": "Asked yearly."}
    run(partial(lists.add, use_case_id=second.id, items="kpis", values=other))
    board_of(empty_window)
    assert detail.summary.text() == "The same metric in 1 other use case"
    assert detail.lines.text() == (
        f"•  {second.key}  Slow replies. {second.key} defines it otherwise: "
        "definition “Asked yearly.”"
    )
    assert detail.isVisible()
