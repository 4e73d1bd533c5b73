"""Runs every benchmark: ``make bench``."""

from benchmarks import agreement, imports, large, looks, methods, robustness, selection, start

if __name__ == "__main__":
    start.main()
    looks.main()
    large.main()
    imports.main()
    methods.main()
    agreement.main()
    robustness.main()
    selection.main()
