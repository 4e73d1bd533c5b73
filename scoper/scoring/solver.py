"""The solver for linear and integer programmes, without a word on standard output."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import highspy


def quiet_solver(**options: float | str | bool) -> highspy.Highs:
    """Return a HiGHS solver that prints nothing, with further options set.

    The package greets on standard output while it is being constructed, before any option can
    be set from outside: that would spoil what ``--json`` prints.
    """
    import highspy  # noqa: PLC0415 - slow to import, and rarely needed

    class Quiet(highspy.Highs):
        def enableCallbacks(self) -> None:  # noqa: N802 - the package's name
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()  # type: ignore[no-untyped-call]

    solver = Quiet()  # type: ignore[no-untyped-call]
    for name, value in options.items():
        solver.setOptionValue(name, value)
    return solver
