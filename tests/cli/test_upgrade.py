"""A verb that brings an older file up to date says what became of its scores."""

from __future__ import annotations

import pytest

from scoper.cli import run_verb
from scoper.commands import portfolios
from scoper.store import Store
from tests.store.test_migrations import forget_what_is_new, make_older


def test_a_verb_says_once_what_an_older_file_scores_now(
    sample_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    portfolios.set_scoring(sample_store, parameters={"risk_aversion": 2})
    forget_what_is_new(sample_store)
    sample_store.close()
    make_older(sample_store.path, 9)
    assert run_verb(["rank", str(sample_store.path), "--json"]) == 0
    assert "“Invoice matching” had 78.9 points and has 68.3" in capsys.readouterr().err
    assert run_verb(["rank", str(sample_store.path), "--json"]) == 0
    assert not capsys.readouterr().err


def test_what_has_no_interval_says_why(
    sample_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    portfolios.set_scoring(sample_store, parameters={"enough_impact": 0})
    assert run_verb(["sensitivity", str(sample_store.path)]) == 0
    line = next(each for each in capsys.readouterr().out.splitlines() if "Enough impact" in each)
    assert "leader none (" in line
    assert "fixed" not in line
