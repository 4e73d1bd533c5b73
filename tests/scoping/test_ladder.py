"""The approach ladder as a table: the rung chosen, the reasons given, what is still asked."""

from __future__ import annotations

import pytest

from scoper.library import approaches
from scoper.library.registry import library
from scoper.scoping.ladder import climb, lower_rungs
from scoper.terms import Approach

PROCESS, RULES, ANALYTICS, BUY, ADAPT, BUILD = Approach
HOLDS = "Ten rules decide half of the cases"


@pytest.mark.parametrize(
    ("chosen", "reasons", "missing", "thin"),
    [
        (PROCESS, {}, (), ()),
        (RULES, {}, (PROCESS,), ()),
        (RULES, {PROCESS: HOLDS}, (), ()),
        (BUY, {RULES: HOLDS}, (PROCESS, ANALYTICS), ()),
        (BUY, {PROCESS: HOLDS, RULES: "Too weak", ANALYTICS: " \u200b "}, (ANALYTICS,), (RULES,)),
        (BUILD, {BUILD: HOLDS}, (PROCESS, RULES, ANALYTICS, BUY, ADAPT), ()),
        (BUILD, dict.fromkeys((PROCESS, RULES, ANALYTICS, BUY, ADAPT), HOLDS), (), ()),
    ],
)
def test_a_rung_is_earned_by_a_reason_for_each_lower_one(
    chosen: Approach,
    reasons: dict[Approach, str],
    missing: tuple[Approach, ...],
    thin: tuple[Approach, ...],
) -> None:
    report = climb(chosen, reasons)
    assert (report.missing, report.thin) == (missing, thin)
    assert report.earned is (not missing and not thin)
    assert bool(report.summary) is not report.earned


def test_what_is_left_is_said_in_words() -> None:
    report = climb(BUY, {RULES: "Too weak"})
    assert report.summary == (
        "Say why this is not enough: process fix and analytics or report. "
        "Say more about how it fell short: rules."
    )


def test_the_library_has_a_question_for_each_rung_and_answers_that_hold() -> None:
    rungs = {rung.id: rung for rung in library().entries(approaches.LADDER)}
    for rung in lower_rungs(BUILD):
        assert rungs[rung].why_not.endswith("?")
        for reason in rungs[rung].good_reasons:
            assert rung not in climb(BUILD, {rung: reason}).thin
