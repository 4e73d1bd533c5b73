"""Columns find their fields; stages and amounts are read as people write them, or refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoper.errors import ImportProblem
from scoper.exchange.amounts import AmountReader
from scoper.exchange.mapping import ColumnMapping, check_unambiguous, guess, override
from scoper.exchange.records import RecordReader
from scoper.exchange.stages import stage_of
from scoper.exchange.tables import Table, TableRow
from scoper.exchange.targets import TARGETS
from scoper.model import UseCaseFields
from scoper.terms import Stage
from scoper.text import LINE_LIMIT, TEXT_LIMIT, clean, clean_line

OF_2023 = {
    "Use_Case_ID": "source_id",
    "Department_Code": None,
    "Agency": "function",
    "Office": None,
    "Title": "title",
    "Summary": "summary",
    "Development_Stage": "stage",
    "Techniques": "tags",
    "Source_Code": None,
    "Department": "organisation",
}
OF_2025 = {
    "agency": None,
    "agency_name": "organisation",
    "id": "source_id",
    "use_case_name": "title",
    "agency_bureau": None,
    "contact_email": "owner",
    "is_withheld": None,
    "development_stage": "stage",
    "is_high_impact": None,
    "HI_justification": None,
    "topic_area": "function",
    "classification": "tags",
    "problem_solved": "problem",
    "benefits": "benefits",
    "system_outputs": "expected_output",
    "operational_date": None,
    "contracting_usage": None,
    "vendor_name": None,
    "have_ato": None,
    "system_name_ato": None,
    "data_description": "data_notes",
    "link_to_data": None,
    "has_pii": None,
    "demographic_features": None,
    "has_custom_code": None,
    "hi_potential_impacts": None,
}
OF_2025_WORKBOOK = {
    "Agency Abbreviation": None,
    "Agency Name": "organisation",
    "Use Case ID [Agency Abbrev.] – [#]": "source_id",
    "Use Case Name": "title",
    "Bureau/Component": None,
    "Email Address": "owner",
    "Should this AI use case be withheld from public reporting?": None,
    "Stage of Development": "stage",
    "Is the AI use case high-impact?": None,
    "Use Case Topic Area": "function",
    "AI Classification": "tags",
    "What problem is the AI intended to solve?": "problem",
    "What are the expected benefits and positive outcomes from the AI for an agency’s mission?": (
        "benefits"
    ),
    "Describe the AI system’s outputs.": "expected_output",
    "Describe any data used to train, fine-tune, and/or evaluate performance": "data_notes",
    "Does this AI use case have an associated Authorization to Operate (ATO)?": None,
    "System(s) Name": None,
}
OF_A_TEAM = {
    "#": None,
    "Project name": "title",
    "Discription": "summary",
    "Business Unit": "organisation",
    "Status": "stage",
    "Benefit (low)": "benefit_low",
    "Benefit (likely)": "benefit_likely",
    "Benefit (high)": "benefit_high",
    "Annual cost": "current_cost",
    "businessOwner": "owner",
    "Contract number": None,
}


def mapped(headers: list[str]) -> dict[str, str]:
    return dict(guess(headers).headers)


@pytest.mark.parametrize(
    "expected", [OF_2023, OF_2025, OF_2025_WORKBOOK, OF_A_TEAM], ids=["2023", "2025", "xlsx", "own"]
)
def test_headers_find_their_fields(expected: dict[str, str | None]) -> None:
    wanted = {name: header for header, name in expected.items() if name}
    assert mapped(list(expected)) == wanted


def test_labels_and_field_names_find_themselves() -> None:
    for headers in ([t.field for t in TARGETS], [t.label for t in TARGETS]):
        assert mapped(headers) == {t.field: h for t, h in zip(TARGETS, headers, strict=True)}


@given(st.lists(st.text(max_size=30) | st.sampled_from([*OF_2025, *OF_2023]), unique=True))
def test_a_header_is_used_once(headers: list[str]) -> None:
    used = list(guess(headers).headers.values())
    assert len(used) == len(set(used))
    assert set(used) <= set(headers)


def test_targets_are_fields_of_a_use_case() -> None:
    assert {target.field for target in TARGETS} <= set(UseCaseFields.model_fields)


def test_a_repeated_header_has_to_be_chosen() -> None:
    headers = ["Title", "Notes", "Notes (2)", "Title (2)"]
    mapping = guess(headers)
    assert mapping.ambiguous == {"title": ("Title", "Title (2)")}
    with pytest.raises(ImportProblem, match="--map title=") as caught:
        check_unambiguous(mapping)
    assert "“Title (2)”" in caught.value.message
    check_unambiguous(override(mapping, headers, {"title": "Title (2)"}))
    check_unambiguous(guess(["Title", "Notes", "Notes (2)"]))


def test_overrides_move_and_clear_headers() -> None:
    headers = ["Name", "Owner", "Work item"]
    mapping = override(guess(headers), headers, {"TITLE": "work ITEM", "summary": "Name"})
    assert mapping.headers == {"title": "Work item", "summary": "Name", "owner": "Owner"}
    assert mapping.unused(headers) == ()
    assert override(mapping, headers, {"owner": ""}).unused(headers) == ("Owner",)
    assert "expected_output" in override(mapping, headers, {"Expected output": "Name"}).headers


def test_wrong_overrides_name_what_there_is() -> None:
    headers = ["Name", "Owner"]
    with pytest.raises(ImportProblem, match="Did you mean organisation") as caught:
        override(guess(headers), headers, {"organisatoin": "Name"})
    assert "benefit_likely" in caught.value.remedy
    with pytest.raises(ImportProblem, match="“Name” and “Owner”"):
        override(guess(headers), headers, {"title": "Missing"})


# ---------------------------------------------------------------- stages


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (Stage.IDEA, "idea|Initiation|Planned (not in production)|Backlog|Proposed"),
        (Stage.SCOPING, "Scoping|Proof-of-concept completed|Investigating/Proof of concept|POC"),
        (
            Stage.DEVELOPMENT,
            "Pre-deployment|a) Pre-deployment – The use case is in acquisition status.|"
            "Development and Acquisition|Implementation|Development (not in production)|"
            "Successfully tested but not in production.|In development|DEVELOPMENT",
        ),
        (Stage.PILOT, "Pilot|This is a pilot initiative|b) Pilot – limited test|Piloting"),
        (
            Stage.LIVE,
            "Deployed|In production: more than 1 year|Operation and Maintenance|In mission|In-use|"
            "c) Deployed – The use case is being actively used to support development|live",
        ),
        (Stage.RETIRED, "Retired|d) Retired – has since been discontinued.|Decommissioned"),
    ],
)
def test_stages_of_the_inventories(stage: Stage, words: str) -> None:
    assert [stage_of(word) for word in words.split("|")] == [stage] * len(words.split("|"))


@pytest.mark.parametrize(
    "words", ["", "Completed", "42", "It runs in a pseudo-operational capacity " * 3]
)
def test_unknown_stages_are_not_guessed(words: str) -> None:
    assert stage_of(words) is None


@pytest.mark.parametrize("stage", list(Stage))
def test_our_own_stages_are_known(stage: Stage) -> None:
    assert stage_of(stage.value) == stage_of(stage.label) == stage


# ---------------------------------------------------------------- amounts


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("€ 1,200.50", 1200.5),
        ("1.200,50", 1200.5),
        ("25k", 25_000),
        ("2.5 M€", 2_500_000),
        ("$1.2bn", 1.2e9),
        ("EUR 3 million", 3_000_000),
        ("1,200", 1200),
        ("1.200.000", 1_200_000),
        ("1 200 000,5", 1_200_000.5),
        ("CHF 1'200.-", 1200),
        ("5,–", 5),
        ("0.125", 0.125),
        ("12,5", 12.5),
        ("1200", 1200),
        ("0", 0),
        ("TBD", None),
        ("n/a", None),
        ("", None),
    ],
)
def test_amounts(text: str, amount: float | None) -> None:
    assert AmountReader().read(text) == amount


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1.200", "could be 1200 or 1.2"),
        ("-5", "below zero"),
        ("12%", "not an amount"),
        ("10-20k", "not an amount"),
        ("5 10", "not an amount"),
        ("1,20,000", "not an amount"),
        ("1.2.3", "not an amount"),
        ("about 5", "not an amount"),
        ("1e5", "not an amount"),
        ("nan", "not an amount"),
        ("=1+1", "not an amount"),
    ],
)
def test_doubtful_amounts_are_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        AmountReader().read(text)


def test_the_column_settles_the_decimal_mark() -> None:
    assert AmountReader(["1.200", "12,50"]).read("1.200") == 1200
    assert AmountReader(["1.200", "12.5"]).read("1.200") == 1.2
    assert AmountReader(["1.200", "€ 1.000.000"]).read("1.200") == 1200
    with pytest.raises(ValueError, match="could be"):
        AmountReader(["12.5", "12,5"]).read("1.200")


@given(st.floats(0, 1e12).map(lambda value: round(value, 2)))
def test_amounts_written_in_either_way_are_read(value: float) -> None:
    english = f"{value:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert AmountReader().read(f"€ {english}") == pytest.approx(value, abs=0.001)
    assert AmountReader().read(f"{german} EUR") == pytest.approx(value, abs=0.001)


# ---------------------------------------------------------------- records


def reader(rows: list[tuple[str, ...]], *headers: str) -> tuple[RecordReader, list[TableRow]]:
    table_rows = [TableRow(number, cells) for number, cells in enumerate(rows, start=2)]
    table = Table("t.csv", headers, table_rows)
    return RecordReader(table, guess(headers)), table_rows


@given(st.sampled_from("=+-@\t"), st.text(max_size=40), st.text(max_size=200))
def test_texts_stay_what_they_are(start: str, title: str, summary: str) -> None:
    read, (row,) = reader([(f"x{start}{title}", start + summary)], "Title", "Summary")
    record = read.read(row)
    assert record.title == clean_line(f"x{start}{title}")
    assert record.values.get("summary", "") == clean(start + summary)


def test_a_formula_is_no_formula() -> None:
    read, (row,) = reader([("=1+1", '=HYPERLINK("http://x")')], "Title", "Summary")
    assert read.read(row).values == {"title": "=1+1", "summary": '=HYPERLINK("http://x")'}


def test_lengths_are_checked_by_field() -> None:
    headers = ("Title", "Problem", "Tags", "ID")
    rows = [
        ("t" * (LINE_LIMIT + 1), "", "", ""),
        ("ok", "p" * (TEXT_LIMIT + 1), "", ""),
        ("ok", "", "tag, " * 100, ""),
        ("ok", "", "", "i" * (LINE_LIMIT + 1)),
    ]
    read, table_rows = reader(rows, *headers)
    title, problem, tags, identifier = (read.read(row) for row in table_rows)
    assert "301 characters; at most 300" in title.problems[0].problem
    assert "20,001 characters; at most 20,000" in problem.problems[0].problem
    assert (problem.problems[0].row, problem.problems[0].column) == (3, "Problem")
    assert identifier.problems
    assert not tags.problems
    assert len(tags.values["tags"]) <= LINE_LIMIT
    assert [(note.row, note.column) for note in read.notes] == [(4, "Tags")]


def test_what_was_changed_on_the_way_is_noted() -> None:
    headers = ("Title", "Stage", "Current cost")
    rows = [("A\x07larm", "Completed", "TBD"), ("B", "Completed", "1.200"), ("C", "live", "5k")]
    read, table_rows = reader(rows, *headers)
    first, second, third = (read.read(row) for row in table_rows)
    assert first.values == {"title": "Alarm"}
    assert second.problems[0].column == "Current cost"
    assert third.values == {"title": "C", "stage": Stage.LIVE, "current_cost": 5_000}
    assert [(note.row, note.column) for note in read.notes] == [
        (2, "Title"),
        (2, "Current cost"),
        (2, "Stage"),
    ]
    assert "2 rows" in read.notes[2].text


def test_a_table_without_titles_names_its_headers() -> None:
    with pytest.raises(ImportProblem, match="--map title=HEADER") as caught:
        reader([("x", "y")], "Foo", "Bar")
    assert "“Foo” and “Bar”" in caught.value.message


def test_a_header_of_another_table_is_refused() -> None:
    table = Table("t.csv", ("Title",), [TableRow(2, ("A",))])
    with pytest.raises(ImportProblem, match="no column “Name”"):
        RecordReader(table, ColumnMapping({"title": "Name"}))
