"""SMAA beside the straightforward loop over draws, and how much time and memory many draws take."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.large import USE_CASES, make_portfolio

if TYPE_CHECKING:
    from scoper.scoring.matrix import Array, Matrix

ROOT = Path(__file__).resolve().parent.parent
ALTERNATIVES, CRITERIA, DRAWS, MANY_DRAWS = 1_000, 12, 10_000, 100_000
ROUNDS = 5


def main() -> None:
    """Print medians, the ratio and the peak memory."""
    from scoper.scoring.robustness import Question, smaa

    matrix = make_matrix()
    question = Question(matrix)
    print(f"\nSMAA, {DRAWS:,} draws × {ALTERNATIVES:,} × {CRITERIA}, medians of {ROUNDS} in turn")
    taken: dict[str, list[float]] = {"loop over draws": [], "scoper": []}
    for _ in range(ROUNDS):
        taken["loop over draws"].append(_time(lambda: loop(matrix, DRAWS)))
        taken["scoper"].append(_time(lambda: smaa(question, draws=DRAWS, seed=1)))
    medians = {name: statistics.median(seconds) for name, seconds in taken.items()}
    for name, seconds in medians.items():
        ratio = medians["loop over draws"] / seconds
        aim = "  (target ≥ 4×)" if name == "scoper" else ""
        print(f"  {name:<18}{seconds * 1e3:8.0f} ms  {ratio:5.1f}×{aim}")
    source = "from benchmarks.robustness import report_peak; report_peak()"
    subprocess.run([sys.executable, "-c", source], check=True, cwd=ROOT)
    _large()


def _large() -> None:
    """Print what the verb takes for as many use cases as the largest public inventory has."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SCOPER_HOME"] = folder
        path = Path(folder) / "large.scoper"
        make_portfolio(path)
        _verb("rank", path)
        print(f"The verb, {USE_CASES:,} use cases, {DRAWS:,} draws, apart from opening and ranking")
        opening, _ = _verb("rank", path)
        for more in ([], ["--json"]):
            seconds, peak = _verb("robustness", path, *more)
            name = " ".join(["robustness", *more])
            print(
                f"  {name:<18}{seconds - opening:8.2f} s  {peak:5.0f} MB  (target ≤ 8 s, ≤ 400 MB)"
            )


def _verb(*arguments: str | Path) -> tuple[float, float]:
    """Return how many seconds a verb takes, and the peak of its memory in MB."""
    source = (
        "import sys; from scoper.cli import run_verb; from benchmarks.robustness import _peak\n"
        "code = run_verb(sys.argv[1:]); print(_peak(), file=sys.stderr); sys.exit(code)"
    )
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", source, *map(str, arguments)],
        check=True,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    return time.perf_counter() - began, float(done.stderr)


def make_matrix() -> Matrix:
    """Return values at random, four criteria in each dimension."""
    from scoper.scoring.matrix import Matrix
    from scoper.terms import Dimension

    values = np.random.default_rng(2026).random((ALTERNATIVES, CRITERIA))
    dimensions = tuple(d for d in Dimension for _ in range(CRITERIA // 3))
    return Matrix(values, np.ones(CRITERIA), dimensions)


def loop(matrix: Matrix, draws: int) -> Array:
    """Return rank acceptabilities as one would write them down: one draw after another."""
    rng = np.random.default_rng(1)
    weights = np.hstack([rng.dirichlet(np.ones(4), draws) for _ in range(3)])
    values = matrix.values
    size = len(values)
    counts, ranks = np.zeros((size, size)), np.arange(size)
    for drawn in weights:
        impact = values[:, :4] @ drawn[:4]
        feasibility = values[:, 4:8] @ drawn[4:8]
        risk = values[:, 8:] @ drawn[8:]
        likelihood = 0.1 + 0.8 * feasibility
        score = 100 * (likelihood * impact - (1 - likelihood) * risk + 1) / 2
        counts[np.argsort(-score), ranks] += 1
    return counts / draws


def report_peak() -> None:
    """Print by how much the peak memory rises above the start; for a process of its own."""
    from scoper.scoring.robustness import Question, smaa

    question = Question(make_matrix())
    smaa(question, draws=1)
    before = _peak()
    seconds = _time(lambda: smaa(question, draws=MANY_DRAWS, seed=1))
    print(
        f"  {MANY_DRAWS:,} draws: {seconds:.2f} s, peak memory {_peak() - before:.0f} MB above "
        "the start  (target ≤ 150 MB)"
    )


def _peak() -> float:
    """Return the peak of this process alone; ``getrusage`` would count its parent's, too."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _time(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
