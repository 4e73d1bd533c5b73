"""Every page and dialog of the window, one after the other, in the states worth looking at.

The contact sheets draw them, and the test of the layout looks for faults in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final, TypeVar, cast
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from scoper.commands import portfolios, use_cases
from scoper.errors import FileGone, ScoperError
from ui.bridge.edits import Saving
from ui.bridge.page import Page
from ui.features.documents.page import DocumentsPage
from ui.features.importing.dialog import ImportDialog
from ui.features.library.criteria import CriteriaSection
from ui.features.library.method import MethodSection
from ui.features.library.page import SECTIONS, LibraryPage
from ui.features.portfolio.page import PortfolioPage
from ui.features.ranking.page import RankingPage
from ui.features.scope.kpi_tree_view import KpiTreeView
from ui.features.scope.page import ScopePage
from ui.features.scope.risk_matrix import RiskMatrix
from ui.features.scope.timeline_view import TimelineView
from ui.features.workshop.page import WorkshopPage
from ui.kit.layout.beside import Beside
from ui.kit.layout.slices import Slices
from ui.shared.catalogue_dialog import CatalogueDialog
from ui.shell.main_window import MainWindow
from ui.shell.registry import PAGES

if TYPE_CHECKING:
    from scoper.exchange.tables import Table
    from scoper.scoping.catalogues import Catalogue

_P = TypeVar("_P", bound=QWidget)
_PATIENCE: Final = 20.0
LONG_TITLE: Final = (
    "Predict which of the invoices that suppliers send by e-mail and on paper will be paid late, "
    "tell the clerks who can still do something about it, and learn from what they did about it"
).ljust(200, "!")
_USE_CASES: Final = (
    "ID,Use case name,Status,Owner\nA-1,Churn alerts,pilot,Ada\nA-2,,idea,Grace\n"
    f"A-3,{LONG_TITLE.replace(',', '')},idea,Grace\n"
)
_RATINGS: Final = (
    "Participant,Use case,Criterion,Rating\nNobody,UC-001,value,4\nAda,UC-999,value,9\n"
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A state of the window: ``show`` brings it about and returns what is to be looked at."""

    name: str
    show: Callable[[Stage], QWidget]


class Stage:
    """A window to show scenes in, and a folder for the files they need."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self.window = window
        self.folder = folder

    def shown(self, scenes: Sequence[Scene]) -> Iterator[tuple[Scene, QWidget]]:
        """Yield each scene with what it shows, and close its dialogs afterwards."""
        for scene in scenes:
            seen = scene.show(self)
            self.settle()
            yield scene, seen
            self.close_dialogs()

    def page(self, kind: type[_P], page_id: str) -> _P:
        """Go to a page and return it."""
        self.window.go(page_id)
        page = self.window.page(page_id)
        for beside in page.findChildren(Beside):
            beside.show_side(False)
        return cast(_P, page)

    def dialog(self, open_it: Callable[[], object]) -> QDialog:
        """Open a dialog and return it."""
        before = set(self._dialogs())
        open_it()
        self.wait_for(lambda: set(self._dialogs()) > before)
        return next(dialog for dialog in self._dialogs() if dialog not in before)

    def settle(self) -> None:
        """Wait until everything that was asked for is done and laid out."""
        self.wait_for(lambda: not self.window.busy and not self.is_building())
        for _ in range(3):
            QApplication.processEvents()

    def wait_for(self, met: Callable[[], bool]) -> None:
        """Let the window work until a condition is met."""
        until = monotonic() + _PATIENCE
        QApplication.processEvents()
        while not met():
            if monotonic() > until:
                raise TimeoutError("The window does not come to rest.")
            QApplication.processEvents()

    def close_dialogs(self) -> None:
        """Close every dialog that is open."""
        for dialog in self._dialogs():
            dialog.done(0)
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def use_case_id(self) -> UUID:
        """Return the use case that leads the ranking."""
        board = self.window.session.board
        assert board is not None
        return board.ranked[0].use_case.id

    def table(self, name: str, text: str) -> Table:
        """Return a table read from a file with ``text``."""
        from scoper.exchange.tables import read_table

        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return read_table(path)

    def _dialogs(self) -> list[QDialog]:
        return [w for w in self.window.findChildren(QDialog) if w.isVisible()]

    def is_building(self) -> bool:
        """Return whether a step is still being built."""
        return any(slices.is_waiting for slices in self.window.findChildren(Slices))


# ---------------------------------------------------------------- pages


def _start(stage: Stage) -> QWidget:
    return stage.window


def _gone(stage: Stage) -> QWidget:
    gone = FileGone("The file is not at its place any more.", "Save everything elsewhere.")
    stage.window.saved.show_saving(Saving(lost=gone))
    return stage.window


def _notice(stage: Stage) -> QWidget:
    window = stage.window
    actions = (("Open file", window.show), ("Open folder", window.show))
    window.notice.say(f"Exported {LONG_TITLE}.docx", *actions)
    return window


def _place(page_id: str, stage: Stage) -> QWidget:
    stage.window.go(page_id)
    return stage.window


def _nothing_found(stage: Stage) -> QWidget:
    stage.window.saved.show_saving(Saving())
    stage.window.notice.hide()
    page = stage.page(PortfolioPage, "portfolio")
    page.search.setText("nothing has these words")
    stage.settle()
    return stage.window


def _portfolio(stage: Stage) -> QWidget:
    page = stage.page(PortfolioPage, "portfolio")
    page.search.clear()
    return stage.window


def _step(number: int, open_all: bool, stage: Stage) -> QWidget:
    page = stage.page(ScopePage, "scope")
    page.select(stage.use_case_id())
    page.go_to_step(number)
    form = page.form(number)
    stage.wait_for(lambda: not form.has_checklists and not stage.is_building())
    for items in form.lists if open_all else ():
        for item_id in list(items.rows)[:1]:
            items.open(item_id)
    stage.settle()
    form.verticalScrollBar().setValue(0)
    return stage.window


def _chart(number: int, kind: type[QWidget], stage: Stage) -> QWidget:
    _step(number, False, stage)
    form = stage.page(ScopePage, "scope").form(number)
    chart = next(chart for chart in form.findChildren(kind) if chart.isVisible())
    form.ensureWidgetVisible(chart, 0, chart.height())
    return stage.window


def _workshop(mode: str, stage: Stage) -> QWidget:
    page = stage.page(WorkshopPage, "workshop")
    page.new_person.hide()
    if mode == "person":
        page.choice.person_button.click()
        page.view.put_cursor(0)
    elif mode == "hidden":
        page.choice.choose_use_case(stage.use_case_id())
    elif mode == "shown":
        page.choice.choose_use_case(stage.use_case_id())
        page.choice.hide_box.setChecked(False)
        page.view.put_cursor(1)
    else:
        page.person_button.click()
    return stage.window


def _ranking(stage: Stage) -> QWidget:
    page = stage.page(RankingPage, "ranking")
    page.what_if.reset()
    page.charts.choices[0].click()
    return stage.window


def _quadrants(stage: Stage) -> QWidget:
    page = stage.page(RankingPage, "ranking")
    page.charts.choices[1].click()
    return stage.window


def _what_if(stage: Stage) -> QWidget:
    page = stage.page(RankingPage, "ranking")
    dial = page.what_if.dials["risk_aversion"].slider
    dial.setValue(dial.maximum())
    return stage.window


def _panel(kind: type[Page], page_id: str, stage: Stage) -> QWidget:
    """Show the panel of a page where it is folded."""
    page = stage.page(kind, page_id)
    stage.settle()
    for beside in page.findChildren(Beside):
        beside.show_side()
    return stage.window


def _document(kind: int, stage: Stage) -> QWidget:
    page = stage.page(DocumentsPage, "documents")
    wanted = stage.use_case_id()
    page.select(wanted)
    page.sections.close()
    page.kinds.setCurrentIndex(kind)
    stage.wait_for(lambda: page.shown == (wanted, page.kind) and page.document is not None)
    return stage.window


def _section(stage: Stage) -> QWidget:
    _document(0, stage)
    page = stage.page(DocumentsPage, "documents")
    page.sections.open("")
    return stage.window


def _library(name: str, stage: Stage) -> QWidget:
    page = stage.page(LibraryPage, "library")
    page.show_section(name)
    stage.settle()
    if name == "Criteria":
        section = page.sections[name]
        assert isinstance(section, CriteriaSection)
        card = next(iter(section.cards.values()))
        card.toggle.click()
    return stage.window


def _formula(stage: Stage) -> QWidget:
    stated = {
        "text": "(business_value_norm + reach) / (caution * error_harm_norm + 1)",
        "parameters": "caution = 1.5 from 0.5 to 4",
        "tiers": "A from 3, B from 1.5, C",
    }
    stage.window.session.run(lambda store: portfolios.set_scoring(store, formula=stated))
    stage.settle()
    page = stage.page(LibraryPage, "library")
    page.show_section("Method")
    stage.settle()
    section = page.sections["Method"]
    assert isinstance(section, MethodSection)
    section.own.editors["text"].setFocus()
    return stage.window


# ---------------------------------------------------------------- dialogs


def _explanation(stage: Stage) -> QWidget:
    page = stage.page(RankingPage, "ranking")
    page.select(stage.use_case_id())
    return stage.dialog(page.explain)


def _unrated(stage: Stage) -> QWidget:
    page = stage.page(PortfolioPage, "portfolio")
    board = stage.window.session.board
    assert board is not None
    return stage.dialog(lambda: page.view.score_clicked.emit(board.use_cases[-1].id))


def _catalogue(items: str, stage: Stage) -> QWidget:
    from scoper.scoping.catalogues import FOR_LISTS, IDEAS

    catalogue: Catalogue = FOR_LISTS[items] if items else IDEAS
    dialog = CatalogueDialog(stage.window, stage.window.theme, catalogue)
    stage.dialog(lambda: dialog.ask(stage.window.context.latest))
    stage.wait_for(dialog.choose_button.isEnabled)
    return dialog


def _import(stage: Stage) -> QWidget:
    table = stage.table("ideas.csv", _USE_CASES)
    dialog = ImportDialog(stage.window.context, stage.folder / "ideas.csv", table)
    stage.dialog(dialog.open)
    stage.wait_for(lambda: dialog.plan.headline.text() != "Checking…")
    return dialog


def _ratings(refused: bool, stage: Stage) -> QWidget:
    from ui.features.importing.ratings_dialog import RatingsDialog

    table = stage.table("ratings.csv", _RATINGS)
    dialog = RatingsDialog(stage.window.context, table)
    stage.dialog(dialog.open)
    if refused:
        dialog.foot.import_button.click()
    return dialog


def _choice(stage: Stage) -> QWidget:
    from scoper.library.registry import library
    from scoper.scoping.catalogues import FOR_LISTS
    from ui.features.library.use_case_choice import UseCaseChoice

    window, board = stage.window, stage.window.session.board
    assert board is not None
    entries = FOR_LISTS["kpis"].entries(library())
    entry = max(entries, key=lambda each: len(each.companions))
    return stage.dialog(UseCaseChoice(window, window.theme, board, entry, tick=True).open)


def _problem(stage: Stage) -> QWidget:
    error = ScoperError("The file could not be read.", "Choose another one, or restore a backup.")
    return stage.dialog(lambda: stage.window.problems.show(error))


def _conflict(stage: Stage) -> QWidget:
    from ui.shell.conflict_dialog import ConflictDialog

    dialog = ConflictDialog(stage.window, stage.window.theme, "What is the problem?")
    dialog.show_values(LONG_TITLE, "Suppliers are paid late.")
    return stage.dialog(dialog.open)


def _crash(stage: Stage) -> QWidget:
    from ui.bridge.problems import CrashReport

    dialog = CrashReport(stage.window, stage.window.theme, "Traceback\n" + "a line\n" * 40)
    return stage.dialog(dialog.open)


def _action(name: str, stage: Stage) -> QWidget:
    return stage.dialog(getattr(stage.window.actions_, name))


STARTING: Final = (Scene("start", _start), Scene("start-settings", partial(_action, "settings")))
"""Before a portfolio is open."""

EMPTY: Final = tuple(Scene(f"empty-{place.id}", partial(_place, place.id)) for place in PAGES)
"""With an empty portfolio."""

FILLED: Final = (
    Scene("portfolio-nothing-found", _nothing_found),
    Scene("portfolio", _portfolio),
    *(Scene(f"scope-{n}", partial(_step, n, False)) for n in range(1, 6)),
    *(Scene(f"scope-{n}-open", partial(_step, n, True)) for n in range(2, 6)),
    Scene("scope-3-risks", partial(_chart, 3, RiskMatrix)),
    Scene("scope-4-tree", partial(_chart, 4, KpiTreeView)),
    Scene("scope-5-timeline", partial(_chart, 5, TimelineView)),
    *(
        Scene(f"workshop-{mode}", partial(_workshop, mode))
        for mode in ("person", "hidden", "shown", "new-person")
    ),
    Scene("ranking", _ranking),
    Scene("ranking-what-if", _what_if),
    *(Scene(f"documents-{n}", partial(_document, n)) for n in range(3)),
    Scene("documents-section", _section),
    *(
        Scene(f"library-{name.lower().replace(' ', '-')}", partial(_library, name))
        for name in SECTIONS
    ),
    Scene("scope-panel", partial(_panel, ScopePage, "scope")),
    Scene("workshop-panel", partial(_panel, WorkshopPage, "workshop")),
    Scene("ranking-panel", partial(_panel, RankingPage, "ranking")),
    Scene("ranking-quadrants", _quadrants),
    Scene("documents-panel", partial(_panel, DocumentsPage, "documents")),
    Scene("explanation", _explanation),
    Scene("explanation-unrated", _unrated),
    Scene("catalogue-ideas", partial(_catalogue, "")),
    Scene("catalogue-kpis", partial(_catalogue, "kpis")),
    Scene("import", _import),
    Scene("ratings", partial(_ratings, False)),
    Scene("ratings-refused", partial(_ratings, True)),
    Scene("use-case-choice", _choice),
    Scene("problem", _problem),
    Scene("conflict", _conflict),
    Scene("crash", _crash),
    Scene("settings", partial(_action, "settings")),
    Scene("help", partial(_action, "help")),
    Scene("palette", partial(_action, "palette")),
    Scene("notice", _notice),
    Scene("library-method-formula", _formula),
    Scene("file-gone", _gone),
)
"""With the sample portfolio, a title of which has 200 letters."""


def lengthen_a_title(window: MainWindow) -> None:
    """Give the first use case of the ranking a title of 200 letters."""
    board = window.session.board
    assert board is not None
    leading = board.ranked[0].use_case.id
    window.session.run(
        lambda store: use_cases.set_field(
            store, use_case_id=leading, field="title", value=LONG_TITLE
        )
    )
