"""How the window behaves with 3,611 use cases: the size of the largest public inventory.

The floor is the display's own frame, 16.7 ms; what must not be felt as a pause is 100 ms.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

USE_CASES = 3_611
FRAME = 1 / 60
ROUNDS = 15


def main() -> None:
    """Make a large portfolio, open it in a window and time what people do."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SCOPER_HOME"] = folder
        path = Path(folder) / "large.scoper"
        make_portfolio(path)
        _measure(path)


def make_portfolio(path: Path) -> None:
    """Write a portfolio of ``USE_CASES`` use cases rated by three people on every criterion."""
    from scoper.commands import people, portfolios
    from scoper.commands.checks import valid_row
    from scoper.model import RatingRow, UseCaseFields, UseCaseRow
    from scoper.queries import load_board
    from scoper.store import Store

    chance = random.Random(2026)
    with Store.create(path, "benchmark") as store:
        portfolios.create(store, title="Large portfolio")
        for name in ("Ada", "Ben", "Cleo"):
            people.add_participant(store, name=name)
        portfolio = load_board(store).portfolio
        with store.write("Fill", undoable=False) as unit:
            rows = [
                UseCaseRow(
                    **valid_row(UseCaseFields, _use_case(chance, number)),
                    portfolio_id=portfolio.id,
                    position=number,
                )
                for number in range(USE_CASES)
            ]
            unit.add(*rows)
            unit.add_values(
                RatingRow,
                (
                    {
                        "use_case_id": row.id,
                        "criterion_id": criterion.id,
                        "participant_id": person.id,
                        "value": float(chance.randint(1, 5)),
                        "abstained": False,
                    }
                    for row in rows
                    for criterion in portfolio.criteria
                    for person in portfolio.participants
                ),
            )


def _use_case(chance: random.Random, number: int) -> dict[str, Any]:
    subject = chance.choice(("invoices", "claims", "shelves", "patients", "tickets", "parts"))
    return {
        "key": f"UC-{number:04d}",
        "title": f"Sort {subject} by urgency, site {number}",
        "function": chance.choice(("Finance", "Service", "Operations", "Legal")),
        "organisation": f"Department {chance.randint(1, 40)}",
        "problem": f"People look through {subject} one by one. " * 20,
        "benefit_likely": float(chance.randint(10, 900)) * 1_000,
    }


def _measure(path: Path) -> None:
    from PySide6.QtCore import QEventLoop, Qt
    from PySide6.QtWidgets import QApplication

    from ui.app import make_window
    from ui.features.portfolio.page import PortfolioPage
    from ui.features.ranking.page import RankingPage
    from ui.shell.palette import Finder, Offer

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    window = make_window(application)
    window.resize(1366, 768)
    window.show()
    loop = QEventLoop()
    window.session.board_changed.connect(lambda *_: loop.quit())
    window.open_path(path)
    loop.exec()
    application.processEvents()
    print(f"\n{USE_CASES:,} use cases, median and slowest of {ROUNDS}, repaint included")

    def report(name: str, target: float, step: Callable[[int], object]) -> None:
        taken = []
        for turn in range(ROUNDS):
            began = time.perf_counter()
            step(turn)
            application.processEvents()
            taken.append(time.perf_counter() - began)
        middle, worst = statistics.median(taken), max(taken)
        print(
            f"  {name:<34}{middle * 1e3:7.1f} ms  {worst * 1e3:7.1f} ms  "
            f"{middle / FRAME:5.2f} frames  (target < {target * 1e3:.0f} ms)"
        )

    portfolio = window.page("portfolio")
    assert isinstance(portfolio, PortfolioPage)
    view = portfolio.view
    columns = len(view.table.columns)
    bar = view.verticalScrollBar()
    report("scroll a page", 0.1, lambda turn: bar.setValue(turn * 700))
    report(
        "sort by a column",
        0.1,
        lambda turn: view.sortByColumn(
            turn % columns,
            Qt.SortOrder.DescendingOrder if turn % 2 else Qt.SortOrder.AscendingOrder,
        ),
    )
    words = ("", "invoices", "urg", "claims site 1", "x")
    search = portfolio.search
    report("filter", 0.1, lambda turn: search.setText(words[turn % len(words)]))
    search.clear()
    assert window.session.board is not None
    found = window.session.board.use_cases
    finder = Finder([Offer(u.title, lambda: None, key=u.key) for u in found])
    keys = ("s", "sort", "sort claims", "srtclms", "uc-3600", "zzzz")
    report("search in the palette", 0.1, lambda turn: finder.find(keys[turn % len(keys)]))
    # So that no import in the background is measured.
    while window.session.warm_up.waiting or window.busy:
        application.processEvents()
    window.go("ranking")
    application.processEvents()
    ranking = window.page("ranking")
    assert isinstance(ranking, RankingPage)
    dial = ranking.what_if.dials["risk_aversion"].slider
    report("move λ: re-rank, table and chart", 0.033, lambda turn: dial.setValue(20 + turn * 7))
    window.close()


if __name__ == "__main__":
    main()
