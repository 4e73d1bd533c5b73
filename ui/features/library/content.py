"""Everything the library knows, to search, read, start from and adapt."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSplitter, QWidget

from scoper.board import Board
from scoper.scoping import STEP_OF
from scoper.settings import library_folder
from scoper.text import plural
from ui.bridge.context import Context
from ui.features.library.entry_detail import LibraryDetail
from ui.features.library.entry_list import Choice, LibraryList
from ui.features.library.entry_list_view import LibraryListView
from ui.features.library.pack_problems import PackProblems
from ui.features.library.section import LibrarySection
from ui.kit.basics import Card, ElidedLabel, button, label, row, tick_box
from ui.kit.fields.picker import Picker
from ui.kit.fields.search_line import SearchLine
from ui.kit.layout.flow import Flow, flow
from ui.kit.layout.tab_order import chain_tabs
from ui.kit.look.plain import set_tip

if TYPE_CHECKING:
    from scoper.library.copying import Copied
    from scoper.library.packs import PackKind
    from scoper.library.registry import Library
    from scoper.scoping.catalogues import CatalogueEntry
    from scoper.scoping.shared_metrics import Use
    from scoper.scoping.shelves import Held, Shelf
    from scoper.snapshot import Changes
    from ui.bridge.latest import Check
    from ui.bridge.tasks import Progress

_READING = "Reading the library…"
_NOTHING = (
    "Nothing has all of these words. Try fewer words, another kind or another group, or put what "
    "is missing into a pack of your own."
)


class ContentSection(LibrarySection):
    """Kinds and groups to choose from, a search, a list, and everything said of one entry."""

    TITLE = "Content"
    ABOUT = "What the steps teach and offer. Copy an entry into your own library to adapt it."

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._held: tuple[Held, ...] = ()
        self.entries = LibraryList()
        self.problems = PackProblems()
        self.problems.file_asked.connect(self._open)
        body = self.column.body
        self.column.inner.setMaximumWidth(self.theme.px(4_000))
        body.setSpacing(8)
        body.addWidget(self.problems)
        body.addLayout(self._make_choice())
        body.addWidget(self._make_browser(), 1)
        body.addLayout(self._make_foot())
        QShortcut("Ctrl+F", self, self._focus_search)
        self._read()

    def draw(self, board: Board) -> None:
        """Follow which use cases count in the metric in view."""
        self.detail.show_uses(self._uses())

    @property
    def current(self) -> Held | None:
        """The entry in view."""
        return self.entries.at(self.list.currentIndex().row())

    # ------------------------------------------------------------ building

    def _make_choice(self) -> Flow:
        self.kinds, self.groups = Picker("Kind"), Picker("Group")
        for chooser, width in ((self.kinds, 210), (self.groups, 190)):
            chooser.setMaximumWidth(self.theme.px(width))
            chooser.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.kinds.currentIndexChanged.connect(lambda _: self._choose_kind())
        self.groups.currentIndexChanged.connect(lambda _: self._filter())
        self.search = SearchLine("Search (Ctrl+F)", "Search the library")
        self.search.textChanged.connect(lambda _: self._filter())
        self.only_own = tick_box("Our own")
        set_tip(self.only_own, "Only entries from packs of our own")
        self.only_own.toggled.connect(lambda _: self._filter())
        self.found = label(_READING, secondary=True)
        return flow(self.kinds, self.groups, self.search, self.only_own, self.found)

    def _make_browser(self) -> QWidget:
        self.list = LibraryListView(self.theme, self.entries)
        self.list.setAccessibleName("Entries of the library")
        self.search.steer(self.list)
        frame = Card()
        frame.body.setContentsMargins(4, 4, 4, 4)
        frame.body.addWidget(self.list)
        self.detail = LibraryDetail(self.theme)
        self.list.moved.connect(self._show_current)
        self.list.opened.connect(self.detail.act)
        self.list.typed.connect(self._type)
        self.list.read_on.connect(self.detail.read_on)
        self.search.returnPressed.connect(self.list.setFocus)
        self.detail.start_asked.connect(self._start)
        self.detail.add_asked.connect(self._ask_use_case)
        self.detail.copy_asked.connect(self._copy)
        self.detail.clear_asked.connect(self._clear)
        self.detail.file_asked.connect(self._open_own)
        self.detail.use_case_asked.connect(
            lambda found: self.context.go("scope", found, STEP_OF["kpis"])
        )
        browser = QSplitter(Qt.Orientation.Horizontal)
        browser.setHandleWidth(self.theme.px(10))
        browser.setChildrenCollapsible(False)
        browser.addWidget(frame)
        browser.addWidget(self.detail)
        browser.setSizes([self.theme.px(360), self.theme.px(560)])
        browser.setStretchFactor(0, 2)
        browser.setStretchFactor(1, 3)
        browser.setMinimumHeight(self.theme.px(260))
        browser.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        return browser

    def _make_foot(self) -> QHBoxLayout:
        self.folder = ElidedLabel(secondary=True)
        self.folder.setText(f"Packs of your own: {library_folder()}")
        set_tip(self.folder, str(library_folder()))
        self.open_button = button("Show my packs’ folder", self._open_folder)
        self.again_button = button("Check again", self._read)
        set_tip(self.again_button, "Reads the packs again after you have edited one")
        line = row(self.folder, self.open_button, self.again_button)
        line.setStretch(0, 1)
        return line

    # ------------------------------------------------------------ showing

    def _read(self) -> None:
        self.found.setText(_READING)
        self.context.latest.ask(self, read_holdings, self._show)

    def _show(self, found: tuple[Library, tuple[Held, ...]]) -> None:
        library, held = found
        self.session.check_content()
        self._held = held
        self.problems.show_problems(library.problems)
        self.only_own.setVisible(self.only_own.isChecked() or any(h.origin.own for h in held))
        before = self.current
        self._fill_kinds()
        self._fill_groups()
        self.entries.show_all(held)
        self._filter(before)
        chain_tabs(self)

    def _fill_kinds(self) -> None:
        counts: dict[Shelf, int] = {}
        for held in self._held:
            counts[held.shelf] = counts.get(held.shelf, 0) + 1
        kinds = [(f"{shelf.title} ({count:,})", shelf) for shelf, count in counts.items()]
        self.kinds.offer([(f"Everything ({len(self._held):,})", None), *kinds])

    @property
    def _shelf(self) -> Shelf | None:
        shelf: Shelf | None = self.kinds.value
        return shelf

    def _choose_kind(self) -> None:
        set_tip(self.kinds, self._shelf.about if self._shelf else "")
        self._fill_groups()
        self._filter()

    def _fill_groups(self) -> None:
        shelf = self._shelf
        groups = list(dict.fromkeys(h.entry.group for h in self._held if h.shelf is shelf))
        every = shelf.every if shelf else "All groups"
        self.groups.offer([(every, None), *((group, group) for group in groups)])
        self.groups.setEnabled(len(groups) > 1)

    def _filter(self, kept: Held | None = None) -> None:
        kept = kept or self.current
        self.entries.choose(
            Choice(
                self._shelf,
                self.groups.value,
                self.only_own.isChecked(),
                self.search.text(),
            )
        )
        place = self.entries.row_of(kept.shelf.kind.name, kept.entry.id) if kept else None
        if self.entries.rowCount():
            self.list.put_cursor(place or 0)
        count = self.entries.rowCount()
        self.found.setText(plural(count, "entry", "entries"))
        self._show_current()

    def _show_current(self) -> None:
        if self.current is None:
            found = self._elsewhere()
            others = f"Show {plural(found, 'entry', 'entries')} of all kinds"
            self.detail.clear_button.setText(others if found else "Clear search and filters")
        self.detail.show_entry(self.current, self._uses(), _NOTHING if self._held else _READING)
        chain_tabs(self)

    def _uses(self) -> tuple[Use, ...]:
        held, board = self.current, self.session.board
        if held is None or board is None or held.shelf.used_in is None:
            return ()
        return held.shelf.used_in(board.portfolio, held.entry.values)

    def _elsewhere(self) -> int:
        """Return how many entries have the words of the search, whatever kind is chosen."""
        wanted = Choice(search=self.search.text())
        return sum(wanted.takes(held) for held in self._held)

    def _clear(self) -> None:
        if not self._elsewhere():
            self.search.clear()
        self.only_own.setChecked(False)
        self.kinds.setCurrentIndex(0)
        self.search.setFocus()

    def _focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _type(self, text: str) -> None:
        self.search.setFocus()
        self.search.setText(text)

    # ------------------------------------------------------------ doing

    def _start(self) -> None:
        from scoper.commands import ideas

        held, added = self.current, uuid4()
        if held is not None:
            idea_id = held.entry.id
            self.session.run(
                lambda store: ideas.start_from_idea(store, idea_id=idea_id, use_case_id=added),
                done=lambda changes: self._tell(changes, added, 1),
            )

    def _ask_use_case(self) -> None:
        from ui.features.library.use_case_choice import UseCaseChoice

        held, board = self.current, self.session.board
        if held is None or board is None:
            return
        if not board.use_cases:
            self.context.notice.say(
                "There is no use case yet that it could go to",
                ("Go to the portfolio", lambda: self.context.go("portfolio")),
            )
            return
        shelf = held.shelf
        dialog = UseCaseChoice(
            self.window(), self.theme, board, held.entry, tick=shelf.with_companions
        )
        dialog.chosen.connect(lambda found, entry: self._add(shelf.items, found, entry))
        dialog.open()

    def _add(self, items: str, use_case_id: UUID, entry: CatalogueEntry) -> None:
        from scoper.commands import chosen

        board = self.session.board
        if board is not None:
            currency = board.portfolio.currency
            self.session.run(
                lambda store: chosen.add_chosen(
                    store, use_case_id=use_case_id, items=items, entry=entry, currency=currency
                ),
                done=lambda changes: self._tell(changes, use_case_id, STEP_OF[items]),
            )

    def _tell(self, changes: Changes, use_case_id: UUID, step: int) -> None:
        self.context.notice.did(
            changes, ("Open the use case", lambda: self.context.go("scope", use_case_id, step))
        )

    def _copy(self) -> None:
        held = self.current
        if held is None:
            return
        kind, key = held.shelf.kind, held.entry.id
        self.context.tasks.run(self, "", partial(_copy, kind, key), self._copied)

    def _copied(self, copied: Copied) -> None:
        what = "The whole pack was copied" if copied.whole else "Copied"
        self.context.notice.say(
            f"{what} to {copied.path.relative_to(library_folder()).as_posix()}. What you change "
            "there counts after “Check again”.",
            ("Open the file", lambda: self._open(copied.path)),
        )
        self._read()

    def _open_own(self) -> None:
        if self.current is not None:
            self._open(self.current.origin.path)

    def _open_folder(self) -> None:
        library_folder().mkdir(parents=True, exist_ok=True)
        self._open(library_folder())

    def _open(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def read_holdings(_: Check) -> tuple[Library, tuple[Held, ...]]:
    """Read the library as its files are now, and all it holds; for ``Latest``."""
    from scoper.library.registry import read_again
    from scoper.scoping.shelves import holdings

    found = read_again()
    return found, holdings(found)


def _copy(kind: PackKind[Any], entry_id: str, _: Progress) -> Copied:
    from scoper.library.copying import copy_to_own
    from scoper.library.registry import read_again

    return copy_to_own(read_again(), kind, entry_id)
