"""Runs every benchmark: ``make bench``."""

from benchmarks import large, robustness, selection, start

if __name__ == "__main__":
    start.main()
    large.main()
    robustness.main()
    selection.main()
