"""Tables of ratings: item, rater, value."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scoper.errors import ImportProblem
from scoper.exchange.item_ratings import ItemRatings, item_ratings
from scoper.exchange.tables import read_table


def read(folder: Path, content: str) -> ItemRatings:
    path = folder / "ratings.csv"
    path.write_text(content, encoding="utf-8")
    return item_ratings(read_table(path))


def refusal(folder: Path, content: str) -> ImportProblem:
    with pytest.raises(ImportProblem) as refused:
        read(folder, content)
    assert refused.value.remedy
    return refused.value


def test_ratings_gaps_and_abstentions(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        'Item,Rater,Value\na,x,1\nb,y,"2,5"\nb,x,\na,y,ABSTAIN\nc,x,-3e2\nc,y,A\n',
    )
    assert (found.items, found.raters, found.abstained) == (("a", "b", "c"), ("x", "y"), 2)
    expected = [[1, np.nan], [np.nan, 2.5], [-300, np.nan]]
    assert np.array_equal(found.values, expected, equal_nan=True)


def test_words_are_ratings_where_no_number_is(tmp_path: Path) -> None:
    found = read(
        tmp_path, "item,rater,value\na,x,Go\na,y,go\nb,x,No go\nb,y,A\nc,x,abstain\nc,y,\n"
    )
    assert (found.words, found.abstained) == (("Go", "No go"), 2)
    assert np.array_equal(found.values, [[0, 0], [1, np.nan], [np.nan, np.nan]], equal_nan=True)


def test_the_letter_a_is_a_rating_among_other_letters(tmp_path: Path) -> None:
    found = read(tmp_path, "item,rater,value\na,x,B\na,y,A\nb,x,a\nb,y,abstain\n")
    assert (found.words, found.abstained) == (("B", "A"), 1)
    assert np.array_equal(found.values, [[0, 1], [1, np.nan]], equal_nan=True)


def test_only_abstentions_are_neither_words_nor_numbers(tmp_path: Path) -> None:
    found = read(tmp_path, "item,rater,value\na,x,A\na,y,abstain\n")
    assert (found.words, found.abstained) == ((), 2)


def test_columns_may_stand_in_any_order_beside_others(tmp_path: Path) -> None:
    found = read(tmp_path, "note;value;rater;item\nso;4;x;a\nso;5;y;a\n")
    assert found.values.tolist() == [[4, 5]]


def test_a_second_row_of_the_same_rater_and_item_is_refused_with_both_rows(tmp_path: Path) -> None:
    problem = refusal(tmp_path, "item,rater,value\na,x,1\na,y,1\na,x,\n")
    assert (problem.row, problem.column) == (4, "item")
    assert "“x” rated “a” in row 2 already" in problem.message


@pytest.mark.parametrize(
    "value", ["two", "nan", "inf", "-inf", "1e400", "1e16", "1_0", "1;2", "1,2,3"]
)
def test_what_is_no_number_is_refused_with_its_row(tmp_path: Path, value: str) -> None:
    problem = refusal(tmp_path, f'item,rater,value\na,x,1\na,y,"{value}"\n')
    assert (problem.row, problem.column) == (3, "value")
    assert value in problem.message


def test_a_row_without_item_or_rater_is_refused(tmp_path: Path) -> None:
    problem = refusal(tmp_path, "item,rater,value\n,x,1\na,,2\n")
    assert "Row 2, “item”" in problem.message
    assert "Row 3, “rater”" in problem.message


def test_many_problems_are_counted(tmp_path: Path) -> None:
    problem = refusal(tmp_path, "item,rater,value\n" + "a,x,no\n" * 9)
    assert "more problems" in problem.message
    assert len(problem.message) < 400


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("item,rater,value\n", "no rows below"),
        ("item,value\na,1\n", "no column rater"),
        ("a,b,c\n1,2,3\n", "no column item, rater or value"),
    ],
)
def test_a_table_that_holds_no_ratings_says_what_it_needs(
    tmp_path: Path, content: str, said: str
) -> None:
    assert said in refusal(tmp_path, content).message
