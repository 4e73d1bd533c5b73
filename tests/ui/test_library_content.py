"""Everything the library knows: found, read, started from, added and adapted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from scoper.commands import items
from scoper.library.packs import LIBRARY
from scoper.library.registry import library as read_library
from scoper.scoping import asked
from scoper.settings import Theme, library_folder
from tests.ui.library_parts import CTRL, LEFT, Settled, lay_out, library
from tests.ui.pickers import search_in
from ui.features.library.content import ContentSection
from ui.features.library.entry_list import BELOW
from ui.features.library.use_case_choice import UseCaseChoice
from ui.features.scope.page import ScopePage
from ui.shell.main_window import MainWindow

# The platform without a screen says so about every list that opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

BROKEN = 'id = "ours"\ntitle = "Ours"\nsource = ""\nas_of = 2026-11-25\nversion = 1\n'


@pytest.fixture(autouse=True)
def _content_of_this_test_only() -> Iterator[None]:
    yield
    asked.read_content()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    paths: list[Path] = []

    def take(url: QUrl) -> bool:
        paths.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    return paths


def content_of(window: MainWindow, board_of: Settled) -> ContentSection:
    section = library(window, "Content").sections["Content"]
    assert isinstance(section, ContentSection)
    board_of(window)
    return section


def titles(section: ContentSection) -> list[str]:
    return [str(section.entries.index(n).data()) for n in range(section.entries.rowCount())]


def words(widget: QWidget) -> str:
    lay_out()
    return "\n".join(found.text() for found in widget.findChildren(QLabel) if found.isVisible())


def choose(section: ContentSection, kind: str) -> None:
    """Choose a kind with the keyboard: its list is searched for its words."""
    section.kinds.setFocus()
    search_in(section.kinds, f"{kind} (")
    assert section.kinds.currentText().startswith(f"{kind} (")


def find(section: ContentSection, text: str, kind: str = "") -> None:
    if kind:
        choose(section, kind)
    QTest.keyClick(section.window(), Qt.Key.Key_F, CTRL)
    assert section.search.hasFocus()
    QTest.keyClicks(section.search, text)


# ---------------------------------------------------------------- finding and reading


def test_everything_the_library_knows_is_listed_kind_by_kind(
    window: MainWindow, board_of: Settled
) -> None:
    section = content_of(window, board_of)
    tester = QAbstractItemModelTester(
        section.entries, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    total = section.entries.rowCount()
    assert total > 550
    assert section.found.text() == f"{total:,} entries"
    counted = 0
    for place in range(1, section.kinds.count()):
        section.kinds.setCurrentIndex(place)
        shown = section.entries.rowCount()
        assert section.kinds.currentText().endswith(f" ({shown})")
        counted += shown
    assert counted == total
    tester.deleteLater()


def test_a_search_looks_through_every_field_and_puts_titles_first(
    window: MainWindow, board_of: Settled
) -> None:
    section = content_of(window, board_of)
    find(section, "churn")
    found = titles(section)
    named = ["churn" in title.casefold() for title in found]
    assert named == sorted(named, reverse=True)
    assert 0 < sum(named) < len(named)
    below = str(section.entries.index(0).data(BELOW))
    assert "·" in below
    assert section.current is not None
    assert section.current.entry.title == found[0]


def test_ideas_are_narrowed_to_a_function_by_keyboard(
    window: MainWindow, board_of: Settled
) -> None:
    section = content_of(window, board_of)
    choose(section, "Use-case ideas")
    every = section.entries.rowCount()
    section.groups.setFocus()
    search_in(section.groups, "healthcare")
    assert 0 < section.entries.rowCount() < every
    held = [section.entries.at(row) for row in range(section.entries.rowCount())]
    assert {h.entry.group for h in held if h} == {"Healthcare"}


def test_the_detail_says_everything_of_an_idea_and_where_it_comes_from(
    window: MainWindow, board_of: Settled
) -> None:
    section = content_of(window, board_of)
    find(section, "read and match supplier", "Use-case ideas")
    said = words(section.detail)
    for part in ("What goes in", "What comes out", "The task", "without AI", "What goes wrong"):
        assert part in said
    assert "Built in. Use-case ideas: finance" in said
    assert "version 1, as of 25 November 2026" in said


def test_the_list_is_walked_searched_and_read_by_keyboard(
    window: MainWindow, board_of: Settled
) -> None:
    section = content_of(window, board_of)
    section.list.setFocus()
    QTest.keyClick(section.list, Qt.Key.Key_Down)
    assert section.current is not None
    assert section.current.entry.title == titles(section)[1]
    assert section.current.entry.facts[0][1] in words(section.detail)
    lay_out()
    QTest.keyClick(section.list, Qt.Key.Key_Space)
    bar = section.detail.column.verticalScrollBar()
    assert bar.value() > 0 or bar.maximum() == 0
    QTest.keyClicks(section.list, "n")
    assert section.search.hasFocus()
    QTest.keyClicks(section.search, "et promoter")
    assert section.search.text() == "net promoter"
    QTest.keyClick(section.search, Qt.Key.Key_Down)
    assert section.list.currentIndex().row() == 1
    QTest.keyClick(section.search, Qt.Key.Key_Return)
    assert section.list.hasFocus()


def test_tab_goes_from_the_choosers_to_the_list_to_what_can_be_done(
    window: MainWindow, board_of: Settled
) -> None:
    section = content_of(window, board_of)
    section.kinds.setFocus()
    wanted = [section.search, section.list, section.detail.main_button, section.detail.copy_button]
    wanted += [section.open_button, section.again_button]
    walked = []
    for _ in wanted:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        walked.append(QApplication.focusWidget())
    assert walked == wanted


def test_a_search_that_finds_nothing_says_so_and_is_cleared(
    window: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    section = content_of(window, board_of)
    find(section, "zebra crossing", "Risks")
    assert section.found.text() == "0 entries"
    assert "Nothing has all of these words" in words(section.detail)
    assert not section.detail.main_button.isVisible()
    qtbot.mouseClick(section.detail.clear_button, LEFT)
    assert section.entries.rowCount() > 550
    assert section.detail.main_button.isVisible()


def test_a_search_that_finds_nothing_in_its_kind_leads_to_the_others(
    window: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    section = content_of(window, board_of)
    find(section, "supplier invoices", "Risks")
    assert section.entries.rowCount() == 0
    promised = section.detail.clear_button.text()
    qtbot.mouseClick(section.detail.clear_button, LEFT)
    assert titles(section)[0] == "Read and match supplier invoices"
    assert promised == f"Show {section.entries.rowCount()} entries of all kinds"
    assert section.search.text() == "supplier invoices"


def test_another_theme_reads_the_library_into_a_new_section(
    window: MainWindow, board_of: Settled
) -> None:
    content_of(window, board_of)
    window.preferences.update(theme=Theme.DARK, zoom=150)
    board_of(window)
    page = library(window, "Content")
    section = page.sections["Content"]
    assert isinstance(section, ContentSection)
    board_of(window)
    assert section.entries.rowCount() > 550
    window.preferences.update(theme=Theme.LIGHT, zoom=100)


# ---------------------------------------------------------------- using it


def test_enter_on_an_idea_starts_a_use_case_that_the_notice_opens(
    window: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    section = content_of(window, board_of)
    find(section, "foresee the cash")
    QTest.keyClick(section.search, Qt.Key.Key_Return)
    QTest.keyClick(section.list, Qt.Key.Key_Return)
    board = board_of(window)
    assert board.use_cases[-1].title == "Foresee the cash position"
    assert window.notice.text.text() == "Started from Foresee the cash position"
    qtbot.mouseClick(window.notice.action, LEFT)
    page = window.current_page
    assert isinstance(page, ScopePage)
    assert page.use_case_id == board.use_cases[-1].id
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert len(board_of(window).use_cases) == len(board.use_cases) - 1


def choice() -> UseCaseChoice:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, UseCaseChoice)
    return dialog


def test_a_metric_is_added_to_a_use_case_with_what_was_ticked(
    window: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    section = content_of(window, board_of)
    find(section, "net promoter", "Business metrics")
    qtbot.mouseClick(section.detail.main_button, LEFT)
    dialog = choice()
    qtbot.keyClicks(dialog.search, "churn alerts")
    assert dialog.list.table.rowCount() == 1
    dialog.ticks[0].setFocus()
    QTest.keyClick(dialog.ticks[0], Qt.Key.Key_Space)
    qtbot.mouseClick(dialog.add_button, LEFT)
    kpis = next(u for u in board_of(window).use_cases if u.title == "Churn alerts").kpis
    assert "promoter" in kpis[-2].title.casefold()
    assert kpis[-1].paired_with == kpis[-2].title
    assert words(section.detail).count("Used in 1 use case of this portfolio") == 1
    assert "UC-02" in section.detail.uses[0].accessibleName()


@pytest.mark.parametrize(
    ("kind", "held"),
    [
        ("Modelling approaches", "solutions"),
        ("Risks", "risks"),
        ("Costs", "costs"),
        ("Role profiles", "efforts"),
    ],
)
def test_what_a_list_can_take_is_added_by_keyboard_alone(
    window: MainWindow, board_of: Settled, kind: str, held: str
) -> None:
    section = content_of(window, board_of)
    before = board_of(window).use_cases
    choose(section, kind)
    section.list.setFocus()
    QTest.keyClick(section.list, Qt.Key.Key_Return)
    dialog = choice()
    QTest.keyClicks(dialog.search, "fraud checks")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    after = board_of(window).use_cases
    grown = [
        u.title for u, b in zip(after, before, strict=True) if getattr(u, held) != getattr(b, held)
    ]
    assert grown == ["Fraud checks"]


def test_without_a_use_case_the_way_to_one_is_shown(
    empty_window: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    section = content_of(empty_window, board_of)
    choose(section, "Risks")
    qtbot.mouseClick(section.detail.main_button, LEFT)
    assert empty_window.notice.text.text() == "There is no use case yet that it could go to"
    qtbot.mouseClick(empty_window.notice.action, LEFT)
    assert empty_window.current_page is empty_window.page("portfolio")


def test_a_shared_metric_leads_to_its_use_cases_and_names_who_defines_it_otherwise(
    window: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    section = content_of(window, board_of)
    find(section, "net promoter", "Business metrics")
    assert section.current is not None
    assert section.detail.uses == []
    values = section.current.entry.values
    cases = board_of(window).use_cases
    for use_case, other in ((cases[1], {}), (cases[5], {"definition": "Asked once a year."})):
        window.session.run(
            partial(items.add, use_case_id=use_case.id, items="kpis", values=values | other)
        )
        board_of(window)
    assert "Used in 2 use cases of this portfolio" in words(section.detail)
    same, other = (link.accessibleName() for link in section.detail.uses)
    assert "otherwise" not in same
    assert f"{cases[5].key} defines it otherwise: definition “Asked once a year.”" in other
    lay_out()
    section.detail.uses[1].setFocus()
    QTest.keyClick(section.detail.uses[1], Qt.Key.Key_Space)
    page = window.current_page
    assert isinstance(page, ScopePage)
    assert (page.use_case_id, page.step) == (cases[5].id, 4)


# ---------------------------------------------------------------- packs of one's own


def test_an_entry_is_copied_edited_and_then_used_in_place_of_the_built_in_one(
    window: MainWindow, board_of: Settled, qtbot: QtBot, opened: list[Path]
) -> None:
    section = content_of(window, board_of)
    assert not section.only_own.isVisible()
    find(section, "foresee the cash")
    qtbot.mouseClick(section.detail.copy_button, LEFT)
    board_of(window)
    path = library_folder() / "ideas" / "our-own.toml"
    assert path.is_file()
    assert "Our own, in place of the built-in one" in words(section.detail)
    assert not section.detail.copy_button.isVisible()
    qtbot.mouseClick(section.detail.file_button, LEFT)
    qtbot.mouseClick(window.notice.action, LEFT)
    assert opened == [path, path]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Foresee the cash position", "Know our cash"), encoding="utf-8")
    with qtbot.waitSignal(window.session.board_changed) as judged:
        qtbot.mouseClick(section.again_button, LEFT)
    assert judged.args[1].whole
    board_of(window)
    section.search.clear()
    qtbot.mouseClick(section.only_own, LEFT)
    assert titles(section) == ["Know our cash"]
    assert str(section.entries.index(0).data(BELOW)).endswith("our own")
    assert len(read_library().problems) == 0


def test_what_belongs_together_is_copied_whole_and_never_over_what_is_there(
    window: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    section = content_of(window, board_of)
    choose(section, "Roadmap phases")
    (library_folder()).mkdir(parents=True)
    path = library_folder() / "roadmap.toml"
    path.write_text(BROKEN, encoding="utf-8")
    qtbot.mouseClick(section.detail.copy_button, LEFT)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    told = words(QApplication.activeModalWidget())
    assert "already a file roadmap.toml" in told
    QApplication.activeModalWidget().close()
    assert path.read_text(encoding="utf-8") == BROKEN
    path.unlink()
    qtbot.mouseClick(section.detail.copy_button, LEFT)
    board_of(window)
    board_of(window)
    assert window.notice.text.text().startswith("The whole pack was copied to roadmap.toml")
    own = [section.entries.at(row) for row in range(section.entries.rowCount())]
    assert all(held.origin.own for held in own if held)


def test_a_step_that_was_open_asks_what_the_packs_say_now(
    window: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    first = board_of(window).use_cases[0].datasets[0].id

    def questions() -> str:
        window.go("scope")
        page = window.page("scope")
        assert isinstance(page, ScopePage)
        page.go_to_step(3)
        form = page.form(3)
        qtbot.waitUntil(lambda: not form.has_checklists)
        (listed,) = (found for found in form.lists if found.spec.name == "datasets")
        listed.open(first)
        board_of(window)
        for group in listed.entry(first).detail.questions.groups.values():
            group.set_open(True)
        return words(listed)

    assert "Could the team read this data on Monday" in questions()
    section = content_of(window, board_of)
    folder = library_folder()
    folder.mkdir(parents=True, exist_ok=True)
    text = (LIBRARY / "data_checks.toml").read_text(encoding="utf-8")
    (folder / "data_checks.toml").write_text(
        text.replace("Could the team read this data on Monday", "Do we have the keys"),
        encoding="utf-8",
    )
    with qtbot.waitSignal(window.session.board_changed):
        qtbot.mouseClick(section.again_button, LEFT)
    board_of(window)
    assert "Do we have the keys" in questions()


def test_a_broken_pack_is_named_with_the_way_to_mend_it_until_it_is_mended(
    window: MainWindow, board_of: Settled, qtbot: QtBot, opened: list[Path]
) -> None:
    folder = library_folder() / "risks"
    folder.mkdir(parents=True)
    (folder / "ours.toml").write_text(BROKEN, encoding="utf-8")
    section = content_of(window, board_of)
    assert section.problems.isVisible()
    told = words(section.problems)
    assert "1 pack was left out" in told
    assert "risks/ours.toml, line 3, source: the text is empty" in told
    assert "Write the text between the quotes" in told
    qtbot.mouseClick(section.problems.files[0], LEFT)
    qtbot.mouseClick(section.open_button, LEFT)
    assert opened == [folder / "ours.toml", library_folder()]
    (folder / "ours.toml").unlink()
    qtbot.mouseClick(section.again_button, LEFT)
    qtbot.waitUntil(lambda: not section.problems.isVisible())


def test_a_word_without_end_and_a_long_title_leave_the_rest_readable(
    window: MainWindow, board_of: Settled
) -> None:
    folder = library_folder() / "goals"
    folder.mkdir(parents=True)
    endless, long = "Donau" * 60, "Tell every customer of every shop in every country " * 5
    (folder / "ours.toml").write_text(
        BROKEN.replace('source = ""', f'source = "{long}"')
        + f'[[goals]]\nid = "ours"\ntitle = "{long}"\nquestion = "{endless}"\n'
        'kpis = ["arr", "gmv"]\n',
        encoding="utf-8",
    )
    section = content_of(window, board_of)
    find(section, "donaudonau")
    lay_out()
    room = section.detail.column.viewport().width()
    assert section.detail.column.widget().width() <= room
