"""What the library gives to the steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from scoper.library.data_checks import DataCheck
    from scoper.scoping.checklists import Checklist
    from ui.bridge.latest import Check


class Content(NamedTuple):
    """The checklists by name, and the checks of data sets."""

    checklists: Mapping[str, Checklist]
    checks: tuple[DataCheck, ...]


def read_content(_: Check) -> Content:
    """Read what the library gives to the steps; for ``Latest``."""
    from scoper.scoping import asked
    from scoper.scoping.data_sets import checks_in_use

    asked.read_content()
    return Content(asked.CHECKLISTS, checks_in_use())
