"""Commands on use cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from scoper.commands import answers, use_cases
from scoper.errors import Conflict, InvalidInput, NotFound
from scoper.queries import load_board
from scoper.store import Store
from scoper.terms import Decision, Stage
from tests.commands.refusals import refused
from tests.support import add_use_case, count_steps, dump, only

NaN = float("nan")
DAY = dt.date(2027, 3, 1)


def keys(store: Store) -> list[str]:
    return [u.key for u in load_board(store).use_cases]


# ---------------------------------------------------------------- adding


def test_use_cases_are_added_at_the_end_with_keys_that_count_on(store: Store) -> None:
    for title in ("First", "Second", "Third"):
        add_use_case(store, title)
    assert [(u.key, u.title) for u in load_board(store).use_cases] == [
        ("UC-01", "First"), ("UC-02", "Second"), ("UC-03", "Third"),
    ]  # fmt: skip


def test_a_key_that_was_deleted_in_the_middle_is_not_given_again(store: Store) -> None:
    ids = [add_use_case(store, title) for title in "ABC"]
    use_cases.remove(store, use_case_ids=(ids[1],))
    add_use_case(store, "D")
    assert keys(store) == ["UC-01", "UC-03", "UC-04"]


def test_foreign_keys_do_not_disturb_the_count(store: Store) -> None:
    for key in ("HR-7", "UC-x", "UC-²", "UC-12"):
        add_use_case(store, "T", key=key)
    add_use_case(store, "Next")
    assert keys(store)[-1] == "UC-13"


def test_everything_known_at_the_start_can_be_given(store: Store) -> None:
    changes = use_cases.create(
        store, title=" Late\ninvoices ", key=" AP-1 ", owner="Head of AP", current_cost="310000",
        stage="scoping", decided_on="2027-03-01", tags="",
    )  # fmt: skip
    use_case = only(load_board(store))
    assert (use_case.title, use_case.key) == ("Late invoices", "AP-1")
    assert (use_case.owner, use_case.current_cost) == ("Head of AP", 310_000.0)
    assert (use_case.stage, use_case.decided_on) == (Stage.SCOPING, DAY)
    assert changes.use_cases == {use_case.id}
    assert changes.label == "Add Late invoices"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("title", {"title": ""}),
        ("title", {"title": "  \n\u200b"}),
        ("title", {"title": "x" * 10_000}),
        ("key", {"title": "T", "key": "k" * 61}),
        ("stage", {"title": "T", "stage": "dreaming"}),
        ("current_cost", {"title": "T", "current_cost": -1}),
        ("colour", {"title": "T", "colour": "red"}),
        ("position", {"title": "T", "position": 3}),
    ],
)
def test_a_use_case_that_cannot_be_added_is_refused(
    store: Store, field: str, values: dict[str, object]
) -> None:
    before = dump(store)
    with pytest.raises(InvalidInput) as caught:
        use_cases.create(store, **values)  # type: ignore[arg-type]
    assert caught.value.field == field
    assert dump(store) == before


@pytest.mark.parametrize("key", ["UC-01", "  UC-01 ", "UC-01\n"])
def test_a_key_is_given_once(store: Store, key: str) -> None:
    add_use_case(store)
    error = refused(store, lambda: use_cases.create(store, title="Another", key=key), field="key")
    assert "UC-01" in error.message


# ---------------------------------------------------------------- editing


@pytest.mark.parametrize(
    ("field", "entered", "kept"),
    [
        ("title", " New\ttitle ", "New title"),
        ("problem", "One\r\ntwo\x00", "One\ntwo"),
        ("problem", "=1+1", "=1+1"),
        ("problem", "x" * 20_000, "x" * 20_000),
        ("current_cost", "1250.50", 1250.5),
        ("current_cost", 0, 0.0),
        ("current_cost", "", None),
        ("current_cost", None, None),
        ("benefit_high", 1e13, 1e13),
        ("decided_on", "2027-03-01", DAY),
        ("decided_on", "2027-03-01T00:00:00", DAY),
        ("decided_on", DAY, DAY),
        ("decided_on", " ", None),
        ("stage", "pilot", Stage.PILOT),
        ("stage", Stage.LIVE, Stage.LIVE),
        ("key", "AP-7", "AP-7"),
        ("key", "UC-01", "UC-01"),
    ],
)
def test_an_answer_is_kept_as_it_was_meant(
    store: Store, field: str, entered: object, kept: object
) -> None:
    use_case_id = add_use_case(store)
    use_cases.set_field(store, use_case_id=use_case_id, field=field, value=entered)
    assert getattr(only(load_board(store)), field) == kept


@pytest.mark.parametrize(
    ("field", "entered", "says"),
    [
        ("title", "", "must not be empty"),
        ("title", " \u200b ", "must not be empty"),
        ("title", "x" * 10_000, "300 characters"),
        ("title", None, "text"),
        ("problem", "x" * 20_001, "20,000 characters"),
        ("current_cost", NaN, "number"),
        ("current_cost", "nan", "number"),
        ("current_cost", float("inf"), "number"),
        ("current_cost", "1e999", "number"),
        ("current_cost", "a lot", "number"),
        ("current_cost", [], "number"),
        ("current_cost", -1, "0 or more"),
        ("current_cost", 1e14, "1e+13 or less"),
        ("stage", "dreaming", "'idea', 'scoping'"),
        ("decision", "maybe", "'undecided'"),
        ("decided_on", "tomorrow", "YYYY-MM-DD"),
        ("decided_on", "2027-02-30", "YYYY-MM-DD"),
        ("decided_on", "0", "YYYY-MM-DD"),
        ("decided_on", "2027", "YYYY-MM-DD"),
        ("decided_on", 45_000, "YYYY-MM-DD"),
        ("decided_on", True, "YYYY-MM-DD"),
        ("key", "", "must not be empty"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_in_plain_words(
    store: Store, field: str, entered: object, says: str
) -> None:
    use_case_id = add_use_case(store)
    error = refused(
        store,
        lambda: use_cases.set_field(store, use_case_id=use_case_id, field=field, value=entered),
        field=field,
    )
    assert says in str(error)


@pytest.mark.parametrize("field", ["colour", "id", "version", "portfolio_id", "solutions"])
def test_what_is_no_answer_cannot_be_set(store: Store, field: str) -> None:
    use_case_id = add_use_case(store)
    before = dump(store)
    with pytest.raises(InvalidInput, match=field):
        use_cases.set_field(store, use_case_id=use_case_id, field=field, value="x")
    assert dump(store) == before


def test_a_key_that_is_taken_names_its_owner(store: Store) -> None:
    add_use_case(store, "Churn alerts")
    second = add_use_case(store)
    error = refused(
        store,
        lambda: use_cases.set_field(store, use_case_id=second, field="key", value=" UC-01 "),
        field="key",
    )
    assert "Churn alerts" in error.message


def test_the_step_of_an_edit_names_field_and_use_case(store: Store) -> None:
    use_case_id = add_use_case(store)
    changes = use_cases.set_field(store, use_case_id=use_case_id, field="current_cost", value=1)
    assert changes.label == "Edit “Cost a year” of Late invoices"
    assert changes.entities == {"use_case"}


# ---------------------------------------------------------------- deciding


def test_a_decision_records_who_why_and_when(store: Store) -> None:
    use_case_id = add_use_case(store)
    use_cases.decide(
        store, use_case_id=use_case_id, decision=Decision.GO, reason=" Pays off ", on=DAY
    )
    use_case = only(load_board(store))
    assert (use_case.decision, use_case.decision_reason) == (Decision.GO, "Pays off")
    assert (use_case.decided_by, use_case.decided_on) == ("Tester", DAY)


def test_taking_a_decision_back_clears_who_and_when(store: Store) -> None:
    use_case_id = add_use_case(store)
    use_cases.decide(store, use_case_id=use_case_id, decision=Decision.HOLD, on=DAY)
    use_cases.decide(store, use_case_id=use_case_id, decision=Decision.UNDECIDED, on=DAY)
    use_case = only(load_board(store))
    assert (use_case.decided_by, use_case.decided_on) == ("", None)


def test_the_same_decision_again_is_no_step(store: Store) -> None:
    use_case_id = add_use_case(store)
    use_cases.decide(store, use_case_id=use_case_id, decision=Decision.GO, on=DAY)
    steps = count_steps(store)
    assert not use_cases.decide(store, use_case_id=use_case_id, decision=Decision.GO, on=DAY)
    assert count_steps(store) == steps


@pytest.mark.parametrize("decision", list(Decision))
@pytest.mark.parametrize("answer", ["yes", "unsure", "no"])
@pytest.mark.parametrize("way", ["decide", "edit"])
def test_a_prohibited_practice_rules_out_a_go_and_nothing_else(
    store: Store, decision: Decision, answer: str, way: str
) -> None:
    use_case_id = add_use_case(store)
    answers.set_answer(
        store, use_case_id=use_case_id, questionnaire="eu_ai_act", question="ban_emotion",
        answer=answer,
    )  # fmt: skip

    def record() -> object:
        if way == "decide":
            return use_cases.decide(store, use_case_id=use_case_id, decision=decision)
        return use_cases.set_field(
            store, use_case_id=use_case_id, field="decision", value=decision.value
        )

    if decision is Decision.GO and answer == "yes":
        assert "Art. 5(1)(f)" in str(refused(store, record, field="decision"))
    else:
        record()
        assert only(load_board(store)).decision is decision


def test_a_reason_that_is_too_long_decides_nothing(store: Store) -> None:
    use_case_id = add_use_case(store)
    refused(
        store,
        lambda: use_cases.decide(
            store, use_case_id=use_case_id, decision=Decision.GO, reason="x" * 20_001
        ),
        field="decision_reason",
    )


# ---------------------------------------------------------------- deleting and what is gone


def test_several_use_cases_are_deleted_as_one_step(store: Store) -> None:
    ids = tuple(add_use_case(store, title) for title in "ABC")
    changes = use_cases.remove(store, use_case_ids=ids[:2])
    assert changes.label == "Delete 2 use cases"
    assert changes.use_cases == set(ids[:2])
    assert [u.title for u in load_board(store).use_cases] == ["C"]


def test_deleting_what_is_partly_gone_deletes_nothing(store: Store) -> None:
    kept = add_use_case(store)
    before = dump(store)
    with pytest.raises(NotFound):
        use_cases.remove(store, use_case_ids=(kept, uuid4()))
    assert dump(store) == before


@pytest.mark.parametrize("gone", [uuid4()])
def test_a_use_case_that_is_gone_is_reported(store: Store, gone: UUID) -> None:
    commands: list[Callable[[], object]] = [
        lambda: use_cases.set_field(store, use_case_id=gone, field="owner", value="Bo"),
        lambda: use_cases.decide(store, use_case_id=gone, decision=Decision.GO),
        lambda: use_cases.remove(store, use_case_ids=(gone,)),
    ]
    for command in commands:
        with pytest.raises(NotFound) as caught:
            command()
        assert caught.value.remedy


def test_an_id_cannot_be_used_twice(store: Store) -> None:
    use_case_id = add_use_case(store)
    before = dump(store)
    with pytest.raises(Conflict):
        use_cases.create(store, title="Twin", use_case_id=use_case_id)
    assert dump(store) == before
