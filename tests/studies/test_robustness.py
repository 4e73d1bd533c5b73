"""How sure the ranking of a board is: which kernel scores it, and what cannot be asked."""

from __future__ import annotations

import numpy as np
import pytest

from scoper.board import Board
from scoper.errors import InvalidInput
from scoper.scoring.robustness import (
    BalancedKernel,
    Kernel,
    LinearKernel,
    MethodKernel,
    Question,
    kernel_of,
    smaa,
)
from scoper.studies.robustness import complete_rows, rows_of, study_robustness


@pytest.mark.parametrize(
    ("method_id", "kind"), [("balanced", BalancedKernel), ("weighted_sum", LinearKernel)]
)
def test_the_fast_kernel_of_a_method_draws_the_ranks_of_the_method(
    sample_board: Board, method_id: str, kind: type[Kernel]
) -> None:
    board = sample_board.what_if(method_id=method_id)
    matrix = rows_of(board.matrix, complete_rows(board))
    fast = kernel_of(board.method, matrix)
    assert isinstance(fast, kind)
    slow = MethodKernel(matrix, board.method)
    one, other = (
        smaa(Question(matrix, board.parameters, kernel, rivals=range(5)), draws=500, seed=3)
        for kernel in (fast, slow)
    )
    assert np.array_equal(one.acceptability, other.acceptability)
    assert np.array_equal(one.winning, other.winning)
    assert np.array_equal(one.central_weights, other.central_weights, equal_nan=True)


@pytest.mark.parametrize("method_id", ["weighted_product", "topsis", "promethee2"])
def test_every_method_can_be_drawn(sample_board: Board, method_id: str) -> None:
    board = sample_board.what_if(method_id=method_id)
    study = study_robustness(board, draws=50, seed=1)
    assert study.ranks == tuple(sorted(study.ranks))
    assert study.found.acceptability.sum(axis=0) == pytest.approx(1)


def test_only_parameters_of_the_method_can_be_drawn(sample_board: Board) -> None:
    board = sample_board.what_if(method_id="topsis")
    with pytest.raises(InvalidInput, match=r"no parameter “p_low”.*no parameters"):
        study_robustness(board, draws=9, seed=1, ranges={"p_low": (0.0, 0.2)})
