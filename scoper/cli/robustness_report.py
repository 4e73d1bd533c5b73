"""What the verb `robustness` prints, for people and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np

from scoper.board import Board
from scoper.cli.parts import only_ascii
from scoper.scoring.matrix import Array
from scoper.scoring.robustness import Robustness
from scoper.studies.robustness import RobustnessStudy


def print_lines(study: RobustnessStudy, places: int) -> None:
    """Print a line per use case, for people."""
    found = study.found
    top, mean = found.top(places), found.expected_rank
    shares = zip(
        found.acceptability[:, 0], found.share_error(found.acceptability[:, 0]),
        top, found.share_error(top), mean, found.expected_rank_error, strict=True,
    )  # fmt: skip
    print(f"{found.draws:,} draws, seed {found.seed}. {study.told}")
    print(f"Rank; chance of rank 1 and of the top {places}, and mean rank, each ± standard error:")
    for rank, use_case, (first, e1, within, e2, middle, e3) in zip(
        study.ranks, study.use_cases, shares, strict=True
    ):
        print(
            f"{rank:>3}  {first:6.1%} ± {e1:4.1%}  {within:6.1%} ± {e2:4.1%}  "
            f"{middle:6.2f} ± {e3:4.2f}  {use_case.key}  {use_case.title}"
        )


def use_cases(board: Board, study: RobustnessStudy, places: int) -> Iterator[str]:
    """Yield what is known of each use case, as JSON."""
    found = study.found
    top = found.top(places)
    criteria = [criterion.key for criterion in board.portfolio.criteria]
    ranks, plain = _Ranks(found), only_ascii()
    for row, use_case in enumerate(study.use_cases):
        figures = {
            "key": use_case.key,
            "title": use_case.title,
            "rank": study.ranks[row],
            "top_probability": float(top[row]),
            "top_probability_error": float(found.share_error(top[row])),
            "expected_rank": float(found.expected_rank[row]),
            "expected_rank_error": float(found.expected_rank_error[row]),
            "entropy": float(found.entropy[row]),
            "entropy_error": float(found.entropy_error[row]),
            "confidence": _known(found.confidence[row]),
            "confidence_error": _known(found.confidence_error[row]),
            "central_weights": _by_name(criteria, found.central_weights[row]),
            "central_weights_error": _by_name(criteria, found.central_error[row]),
        }
        yield f"{json.dumps(figures, ensure_ascii=plain, allow_nan=False)[:-1]}, {ranks.of(row)}}}"


class _Ranks:
    """Writes the ranks that were held, with their shares.

    There can be millions of them and few different shares, so each share is written out once.
    """

    def __init__(self, found: Robustness) -> None:
        self._found = found
        ranks = range(1, len(found.acceptability) + 1)
        self._names = np.array([f', "{rank}": ' for rank in ranks], dtype=object)
        self._written: dict[float, tuple[str, str]] = {}

    def of(self, row: int) -> str:
        """Return two members of an object: share and standard error by rank."""
        shares = self._found.acceptability[row]
        held = np.flatnonzero(shares)
        different, which = np.unique(shares[held], return_inverse=True)
        texts = np.array([self._text(share) for share in different.tolist()], dtype=object)
        members = np.empty((len(held), 2), dtype=object)
        members[:, 0] = self._names[held]
        written = []
        for column in texts.T:
            members[:, 1] = column[which]
            written.append("".join(members.ravel().tolist())[2:])
        return f'"acceptability": {{{written[0]}}}, "standard_error": {{{written[1]}}}'

    def _text(self, share: float) -> tuple[str, str]:
        if share not in self._written:
            error = self._found.share_error(np.array(share))
            self._written[share] = (repr(share), repr(float(error)))
        return self._written[share]


def _by_name(names: list[str], values: Array) -> dict[str, float] | None:
    """Return numbers by name, None where they are not known."""
    return None if np.isnan(values).any() else dict(zip(names, values.tolist(), strict=True))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
