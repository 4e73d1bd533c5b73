"""Which tests run which lines: a plugin of pytest that notes it, and its answers.

It also leaves out the tests that need LibreOffice.

``pytest -p tools.covering`` writes a file beside ``SCOPER_COVERING`` for each process. What a
fixture of a module or session runs is not noted for the test that happened to come first.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage, CoverageData

_TO = os.environ.get("SCOPER_COVERING")
_coverage = Coverage(data_file=f"{_TO}.{os.getpid()}", source=["scoper", "ui"]) if _TO else None
if _coverage is not None:
    _coverage.set_option("run:relative_files", True)
    _coverage.start()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out tests that need LibreOffice: a fault must be noticed where it is missing too."""
    needing = [item for item in items if "convert" in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=needing)
    items[:] = [item for item in items if item not in needing]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Note what is run from now on for this test."""
    if _coverage is not None:
        _coverage.switch_context(_name(item))
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any], request: Any) -> Iterator[None]:
    """Note for no single test what tests share."""
    if _coverage is None or fixturedef.scope == "function":
        return (yield)
    _coverage.switch_context("")
    try:
        return (yield)
    finally:
        _coverage.switch_context(_name(request.node))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note what fails as things are: it can tell nothing about a fault."""
    if _TO and report.failed:
        with Path(f"{_TO}-failing").open("a", encoding="utf-8") as failing:
            failing.write(f"{report.nodeid.partition('[')[0]}\n")


def _name(item: pytest.Item) -> str:
    """Return what a test is called, whatever data it is run with."""
    return item.nodeid.partition("[")[0]


def pytest_unconfigure() -> None:
    """Write down what was noted."""
    if _coverage is not None:
        _coverage.stop()
        _coverage.save()


class Covering:
    """The tests that run a line, read from what the plugin has noted."""

    def __init__(self, noted: Path) -> None:
        """Read every file that the plugin has written beside a path."""
        self._files = [CoverageData(str(path)) for path in noted.parent.glob(f"{noted.name}.*")]
        for data in self._files:
            data.read()
        failing = noted.with_name(f"{noted.name}-failing")
        self.failing = set(failing.read_text("utf-8").split()) if failing.exists() else set()

    def __bool__(self) -> bool:
        """Return whether anything was noted."""
        return bool(self._files)

    def of(self, path: str, first: int, last: int) -> list[str]:
        """Return the tests that run one of the lines; none where import alone does."""
        lines = self._lines(path)
        return sorted(set().union(*(lines.get(line, set()) for line in range(first, last + 1))))

    def anywhere(self, path: str) -> list[str]:
        """Return the tests that run any line of a file."""
        return sorted(set().union(*self._lines(path).values()))

    @cache  # noqa: B019 - lives as long as the programme
    def _lines(self, path: str) -> dict[int, set[str]]:
        found: dict[int, set[str]] = {}
        for data in self._files:
            for line, tests in data.contexts_by_lineno(path).items():
                found.setdefault(line, set()).update(filter(None, tests))
        return found
