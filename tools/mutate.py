"""Puts faults into a copy of the code, one at a time, and counts those that the tests notice.

``make mutate ARGS="--packages scoring store --number 40 --seed 7"``: places are drawn at random,
the same ones for a seed. Each fault is judged by the tests that run its lines, and in the core by
all tests of its package. The checkout itself is never changed.
"""

from __future__ import annotations

import argparse
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path

from tools.covering import Covering
from tools.mutants import Mutant, sample

ROOT = Path(__file__).resolve().parent.parent
NOTED = ROOT / ".mutation" / "covering"


@dataclass(frozen=True)
class Package:
    """Code, and tests that judge its faults besides those that run their lines.

    Some results are remembered while tests run, so that the first test alone runs their lines.
    """

    code: str
    tests: tuple[str, ...]


PACKAGES = {
    "scoring": Package("scoper/scoring", ("tests/scoring", "tests/studies")),
    "studies": Package("scoper/studies", ("tests/studies",)),
    "store": Package("scoper/store", ("tests/store",)),
    "board": Package("scoper/board.py", ("tests/test_board.py", "tests/store/test_board.py")),
    "queries": Package("scoper/queries.py", ("tests/store",)),
    "exchange": Package("scoper/exchange", ("tests/exchange",)),
    "ui": Package("ui", ()),
}
QUIET = ["-q", "-p", "no:cacheprovider", "-p", "tools.covering"]
_GREEN = (0, 5)
"""What pytest ends with when nothing fails, or nothing is left to run."""
NOT_ASKED = ["--ignore=tests/test_mutate.py"]


@dataclass(frozen=True)
class Verdict:
    """A fault and whether a test noticed it."""

    package: str
    mutant: Mutant
    noticed: bool


def main() -> int:
    """Draw, judge, and print the score of each package and the faults that nobody noticed."""
    asked = _arguments()
    if not (asked.reuse or asked.only):
        _note_what_is_covered(asked.code, asked.jobs)
    covering = Covering(NOTED)
    if asked.reuse and not covering:
        raise SystemExit("There is nothing to reuse yet: leave out --reuse.")
    mutants = sample(ROOT, asked.code, asked.number, asked.seed)

    def judge(mutant: Mutant) -> Verdict:
        rounds = (asked.tests,) if asked.only else (asked.tests, *_tests_of(mutant, covering))
        return _judge(mutant, rounds, covering.failing, copies)

    verdicts = []
    with _copies(asked.jobs) as copies, ThreadPoolExecutor(asked.jobs) as pool:
        for verdict in pool.map(judge, mutants):
            verdicts.append(verdict)
            word = "noticed" if verdict.noticed else "NOT NOTICED"
            print(f"{len(verdicts)}/{len(mutants)} {word}\n{verdict.mutant.diff}\n", flush=True)
    _report(verdicts, asked.seed)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--packages",
        nargs="+",
        dest="code",
        type=_code,
        default=[_code(name) for name in PACKAGES if name != "ui"],
        help=f"any of {', '.join(PACKAGES)}, or files and folders in them; all but ui if not given",
    )
    parser.add_argument("--number", type=int, default=150, help="how many faults")
    parser.add_argument("--seed", type=int, default=1, help="another one draws other faults")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at a time")
    parser.add_argument(
        "--tests", nargs="*", default=[], help="tests to run for every fault as well"
    )
    parser.add_argument(
        "--only", action="store_true", help="judge by --tests alone; quick, and rather too strict"
    )
    parser.add_argument(
        "--reuse", action="store_true", help="do not look again which tests run which lines"
    )
    return parser.parse_args()


def _code(name: str) -> str:
    return PACKAGES[name].code if name in PACKAGES else name


def _package_of(path: str) -> str:
    return next((name for name, package in PACKAGES.items() if path.startswith(package.code)), path)


def _report(verdicts: list[Verdict], seed: int) -> None:
    drawn = Counter(verdict.package for verdict in verdicts)
    noticed = Counter(verdict.package for verdict in verdicts if verdict.noticed)
    drawn["all"], noticed["all"] = drawn.total(), noticed.total()
    print(f"Not noticed, with seed {seed}:\n")
    for verdict in verdicts:
        if not verdict.noticed:
            print(f"{verdict.mutant.diff}\n")
    for name in [*sorted(drawn - Counter(all=drawn["all"])), "all"]:
        print(f"{name:10} {noticed[name]:4} of {drawn[name]:4}  {noticed[name] / drawn[name]:4.0%}")


# ---------------------------------------------------------------- judging


def _tests_of(mutant: Mutant, covering: Covering) -> tuple[list[str], list[str]]:
    """Return the tests that run the statement with a fault, and those of its package.

    What is run on import alone would be judged by every test: those of the package are to notice.
    """
    package = PACKAGES.get(_package_of(mutant.path))
    own = package.tests if package else ()
    running = covering.of(mutant.path, mutant.first, mutant.last)
    if not (running or own):
        running = covering.anywhere(mutant.path)
    return sorted(running, key=lambda test: not test.startswith(own)), list(own)


def _judge(
    mutant: Mutant,
    rounds: Sequence[list[str]],
    failing: Collection[str],
    copies: queue.Queue[Path],
) -> Verdict:
    """Run the tests that could notice a fault in a copy that has it, round after round."""
    copy = copies.get()
    try:
        with fault(copy, mutant):
            done = set(failing)
            for tests in filter(None, rounds):
                if not passes(copy, tests, done):
                    return Verdict(_package_of(mutant.path), mutant, noticed=True)
                done.update(tests)
        return Verdict(_package_of(mutant.path), mutant, noticed=False)
    finally:
        copies.put(copy)


@contextmanager
def fault(copy: Path, mutant: Mutant) -> Iterator[None]:
    path = copy / mutant.path
    _write(path, mutant.after)
    try:
        yield
    finally:
        _write(path, mutant.before)


def _write(path: Path, code: str) -> None:
    """Write code without what was compiled before, which is taken for it within the same second."""
    Path(cache_from_source(str(path))).unlink(missing_ok=True)
    path.write_text(code, encoding="utf-8")


def passes(copy: Path, tests: list[str], besides: Collection[str] = ()) -> bool:
    """Return whether tests pass, without some; those that do not come to an end do not."""
    listed = copy.with_suffix(".tests")
    left_out = [f"--deselect={test}" for test in besides]
    listed.write_text("\n".join([*left_out, *_still_there(copy, tests)]), encoding="utf-8")
    return _pytest(copy, "-x", "--hypothesis-seed=0", *QUIET, *NOT_ASKED, f"@{listed}") in _GREEN


def _still_there(copy: Path, tests: list[str]) -> list[str]:
    """Return tests that are still there, and only once those of folders that are asked for."""
    folders = tuple(test for test in tests if "::" not in test)
    return [
        test
        for test in dict.fromkeys(tests)
        if test in folders or (not test.startswith(folders) and _is_there(copy, test))
    ]


def _is_there(copy: Path, test: str) -> bool:
    file, *names = test.split("::")
    path = copy / file
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return all(name in text for name in names if name != "runTest")


def _pytest(copy: Path, *options: str, seconds: int = 1800, **environment: str) -> int:
    """Run pytest in a copy with a session of its own, so that all it started can be ended."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", *options],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "QT_QPA_PLATFORM": "offscreen", **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return 1
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


# ---------------------------------------------------------------- copies


@contextmanager
def _copies(number: int) -> Iterator[queue.Queue[Path]]:
    """Yield copies of the checkout, as many as faults are judged at a time."""
    with tempfile.TemporaryDirectory(prefix="scoper-mutants-") as folder:
        copies: queue.Queue[Path] = queue.Queue()
        for place in range(number):
            copies.put(copy_to(Path(folder) / str(place)))
        yield copies


def copy_to(to: Path) -> Path:
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, to / name)
    return to


def _note_what_is_covered(code: list[str], jobs: int) -> None:
    """Run the tests once as they are, and note the lines that each of them runs."""
    print("Looking which tests run which lines …", flush=True)
    shutil.rmtree(NOTED.parent, ignore_errors=True)
    NOTED.parent.mkdir()
    window = any(place.startswith("ui") for place in code)
    where = ["tests"] if window else ["tests", "--ignore=tests/ui"]
    with _copies(1) as copies:
        options = ["-n", str(jobs), *QUIET, *NOT_ASKED, *where]
        if _pytest(copies.get(), *options, seconds=7200, SCOPER_COVERING=str(NOTED)) not in (0, 1):
            raise SystemExit("The tests cannot be run: run make test first.")
    for test in sorted(Covering(NOTED).failing):
        print(f"{test} fails without any fault, and judges none.", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
