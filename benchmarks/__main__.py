"""Runs every benchmark, ``make bench``, or those that are named: ``python -m benchmarks large``."""

import sys

from benchmarks import agreement, imports, large, looks, methods, robustness, selection, start

if __name__ == "__main__":
    every = (start, looks, large, imports, methods, agreement, robustness, selection)
    for benchmark in every:
        if not sys.argv[1:] or benchmark.__name__.rpartition(".")[2] in sys.argv[1:]:
            benchmark.main()
