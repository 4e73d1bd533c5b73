"""Keeps the collection of garbage from stopping the window.

A full collection looks at every object there is and stops all threads meanwhile: some 50 ms for
the imported modules, 150 ms with a board of thousands of use cases.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected(*, keep: bool = False) -> Iterator[None]:
    """Collect nothing while something is made that stays; with ``keep`` exempt it afterwards.

    What is exempted is freed all the same once nobody refers to it any more; only cycles stay.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if keep:
            gc.freeze()
        if collects:
            gc.enable()
