"""Runs every benchmark: ``make bench``."""

from benchmarks import agreement, large, start

if __name__ == "__main__":
    start.main()
    large.main()
    agreement.main()
