"""What every refused command has in common: it names field and remedy, and writes nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scoper.errors import InvalidInput
from scoper.store import Store
from tests.support import count_steps, dump


def refused(store: Store, command: Callable[[], object], *, field: str) -> InvalidInput:
    """Run a command that must be refused; return the error, having checked the rest."""
    before, steps = dump(store), count_steps(store)
    with pytest.raises(InvalidInput) as caught:
        command()
    error = caught.value
    assert error.field == field
    assert error.message.endswith(".")
    assert error.remedy.endswith(".")
    assert len(error.message) < 300
    assert (dump(store), count_steps(store)) == (before, steps)
    return error
