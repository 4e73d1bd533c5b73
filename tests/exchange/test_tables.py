"""Tables from outside: whatever they hold comes in as text, and what is no table is named."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from xlsxwriter import Workbook as XlsxWriter

from scoper.errors import Cancelled, ImportProblem
from scoper.exchange import grid as limits
from scoper.exchange import spreadsheets
from scoper.exchange.tables import Table, read_table
from scoper.text import clean

NASTY = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('\n\r\t",;|=+-@'))


def written(folder: Path, content: str | bytes, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def texts(table: Table) -> list[list[str]]:
    return [[row.text(c) for c in range(len(table.headers))] for row in table.rows]


def workbook(folder: Path, rows: Sequence[Sequence[Any]], name: str = "t.xlsx") -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    book.save(folder / name)
    return folder / name


def archive(folder: Path, parts: dict[str, bytes], name: str) -> Path:
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as target:
        for part, content in parts.items():
            target.writestr(part, content)
    return folder / name


def patched(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """Replace bytes inside a part of a workbook."""
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    return archive(path.parent, parts, path.name)


def problem(path: Path, **options: Any) -> ImportProblem:
    with pytest.raises(ImportProblem) as caught:
        read_table(path, **options)
    assert caught.value.remedy
    return caught.value


# ---------------------------------------------------------------- text files


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(tmp_path: Path, delimiter: str, newline: str) -> None:
    rows = ["Title|Note|Cost", 'One|"a, b; c\td\ne"|1', 'Two|"say ""yes"""|2', ""]
    content = newline.join(row.replace("|", delimiter) for row in rows)
    table = read_table(written(tmp_path, content))
    assert table.delimiter == delimiter
    assert table.headers == ("Title", "Note", "Cost")
    assert texts(table)[1] == ["Two", 'say "yes"', "2"]
    assert [row.number for row in table.rows] == [2, 3]


@pytest.mark.parametrize(
    ("encoding", "read_as"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, read_as: str) -> None:
    content = 'Title,Note\n"Prüfung, früh",Größe – “café”\n' + "Plain,words\n" * 5
    table = read_table(written(tmp_path, content.encode(encoding)))
    assert texts(table)[0] == ["Prüfung, früh", "Größe – “café”"]
    assert table.encoding == read_as
    assert bool(table.notes) is (encoding == "cp1252")


def test_other_scripts_are_not_taken_for_western(tmp_path: Path) -> None:
    content = "Название,Описание\n" + "Прогноз спроса,Предсказание продаж по неделям\n" * 20
    table = read_table(written(tmp_path, content.encode("cp1251")))
    assert texts(table)[0] == ["Прогноз спроса", "Предсказание продаж по неделям"]


def test_a_few_stray_bytes_do_not_spoil_utf8(tmp_path: Path) -> None:
    content = "Title,Note\nPrüfung,Größe\nÄrger,Öl\n".encode() + b"Caf\xe9,x\n"
    table = read_table(written(tmp_path, content))
    assert texts(table) == [["Prüfung", "Größe"], ["Ärger", "Öl"], ["Café", "x"]]
    assert "UTF-8" in table.notes[0].text


def test_marks_that_workbooks_have_for_line_ends_are_line_ends(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, 'Title,Note\nA,"one_x000D_\ntwo_x0002_"\nB,_x00ZZ_\n'))
    assert [row.text(1) for row in table.rows] == ["one\ntwo", "_x00ZZ_"]


def test_text_that_was_converted_twice_is_noted(tmp_path: Path) -> None:
    content = "Title\nPrüfung – „früh“; NÃO; château\n"
    assert read_table(written(tmp_path, content)).notes == ()
    twice = content.encode().decode("cp1252", errors="replace")
    (note,) = read_table(written(tmp_path, twice)).notes
    assert "PrÃ¼fung" in note.text


def test_quoted_line_breaks_count_as_one_row(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, 'Title,Note\nA,"one\ntwo\n\nthree"\n\nB,x\n,\nC,y\n'))
    assert [row.number for row in table.rows] == [2, 4, 6]
    assert table.rows[0].text(1) == "one\ntwo\n\nthree"
    assert table.blank_rows == 2


def test_leading_blank_rows_and_declared_delimiter(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, "sep=;\r\n\r\nTitle;Note, long\r\nA, B;x\r\n"))
    assert table.headers == ("Title", "Note, long")
    assert [(row.number, row.text(0)) for row in table.rows] == [(4, "A, B")]


def test_one_column_and_short_and_long_rows(tmp_path: Path) -> None:
    assert texts(read_table(written(tmp_path, "Title\nA\nB"))) == [["A"], ["B"]]
    table = read_table(written(tmp_path, "Title,Note\nA\nB,x,extra\n"))
    assert table.headers == ("Title", "Note", "Column C")
    assert texts(table) == [["A", "", ""], ["B", "x", "extra"]]
    assert table.notes[0].row == 3


def test_a_quotation_mark_that_is_never_closed(tmp_path: Path) -> None:
    error = problem(written(tmp_path, 'Title,Note\nA,"never closed\nB,x\nC,y\n'))
    assert error.row == 2
    assert "quotation mark in row 2" in error.message


def test_a_cell_of_unreasonable_length(tmp_path: Path) -> None:
    long = "x" * 200_000
    table = read_table(written(tmp_path, f"Title,Note\nA,{long}\n"))
    assert table.rows[0].text(1) == long
    error = problem(written(tmp_path, f"Title\n{'x' * (limits.CELL_LIMIT + 1)}\n"))
    assert "characters" in error.message


def marked(text: str) -> str:
    """Return a text as programs write it that keep spreadsheets from computing it."""
    return f"'{text}" if text.lstrip("'").startswith(("=", "+", "-", "@", "\t", "\r")) else text


@given(st.lists(st.tuples(NASTY, NASTY), min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_what_was_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], delimiter: str
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([("Title", "Note"), *((marked(a), marked(b)) for a, b in rows)])
    writer.writerow(("end", "end"))
    path = tmp_path_factory.getbasetemp() / "nasty.csv"
    path.write_bytes(out.getvalue().encode())
    expected = [[clean(a), clean(b)] for a, b in rows if clean(a) or clean(b)]
    assert texts(read_table(path)) == [*expected, ["end", "end"]]


# ---------------------------------------------------------------- headers


def test_repeated_and_missing_headers(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, "Name,,name,Name (2),Name\na,b,c,d,e\n"))
    assert table.headers == ("Name", "Column B", "name (3)", "Name (2)", "Name (4)")
    (note,) = table.notes
    assert note.column == "Name"
    assert "A, C and E" in note.text


def test_headers_over_several_lines_are_folded(tmp_path: Path) -> None:
    question = "Has it been tested? \n\n\nPractice:   " + "long " * 40
    table = read_table(written(tmp_path, f'"{question}",b\n1,2\n'))
    assert table.headers[0].startswith("Has it been tested? Practice: long long")
    assert "\n" not in table.headers[0]


# ---------------------------------------------------------------- workbooks


def test_cells_of_a_workbook_become_text(tmp_path: Path) -> None:
    values = [
        "text",
        5.0,
        5,
        0.1 + 0.2,
        True,
        False,
        dt.datetime(2026, 3, 1),
        dt.datetime(2026, 3, 1, 14, 30),
        dt.date(2026, 3, 2),
        "one_x000D_\ntwo",
        "=",
    ]
    headers = [f"H{place}" for place in range(len(values))]
    table = read_table(workbook(tmp_path, [headers, values]))
    assert texts(table)[0] == [
        "text",
        "5",
        "5",
        "0.3",
        "yes",
        "no",
        "2026-03-01",
        "2026-03-01 14:30:00",
        "2026-03-02",
        "one\ntwo",
        "=",
    ]
    assert (table.sheet, table.sheets) == ("Sheet", ("Sheet",))


def test_sheets_are_chosen_by_name_or_content(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Cover"
    book.active.append(["AI inventory"])
    hidden = book.create_sheet("Hidden")
    hidden.append(["Secret"])
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    cases = book.create_sheet("Use cases")
    cases["B3"], cases["C3"], cases["B5"] = "Title", "Note", "A"
    book.save(tmp_path / "b.xlsx")
    table = read_table(tmp_path / "b.xlsx")
    assert (table.sheet, table.sheets) == ("Use cases", ("Cover", "Hidden", "Use cases"))
    assert [(row.number, row.text(1)) for row in table.rows] == [(5, "A")]
    assert "“Cover”" in table.notes[0].text
    assert read_table(tmp_path / "b.xlsx", sheet="hidden").sheet == "Hidden"
    error = problem(tmp_path / "b.xlsx", sheet="Costs")
    assert error.sheet == "Costs"
    assert "“Cover”, “Hidden” and “Use cases”" in error.remedy


def test_formulas_bring_their_stored_result_or_a_note(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    with XlsxWriter(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Title", "Cost", "Words", "Broken"])
        sheet.write_row(1, 0, ["A"])
        sheet.write_formula(1, 1, "=1+1", value=2)
        sheet.write_string(1, 2, "=1+1")
        sheet.write_formula(1, 3, "=1/0", value="#DIV/0!")
    table = read_table(path)
    assert texts(table) == [["A", "2", "=1+1", "#DIV/0!"]]
    assert [(n.row, n.column) for n in table.notes] == [(2, "Broken")]
    unsaved = read_table(workbook(tmp_path, [["Title", "Cost"], ["A", "=1+1"]]))
    assert texts(unsaved) == [["A", ""]]
    assert [(n.row, n.column) for n in unsaved.notes] == [(2, "Cost")]
    assert "not stored" in unsaved.notes[0].text


def test_a_macro_workbook_and_a_wrong_ending_are_read_by_content(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["Title"], ["A"]])
    path.rename(tmp_path / "t.csv")
    assert texts(read_table(tmp_path / "t.csv")) == [["A"]]


def test_an_absurd_declared_size_costs_nothing(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["Title", "Note"], ["A", "x"]])
    patched(path, "xl/worksheets/sheet1.xml", b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    assert texts(read_table(path)) == [["A", "x"]]


def test_a_row_number_beyond_every_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["Title"], ["A"]])
    patched(path, "xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="99999999999"')
    assert "1,048,576 rows" in problem(path).message


# ---------------------------------------------------------------- what is no table


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("photo.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "an image"),
        ("photo.csv", b"\xff\xd8\xff\xe0\x00\x10JFIF", "an image"),
        ("photo.csv", b"GIF89a\x01", "an image"),
        ("paper.csv", b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        ("letter.csv", b"{\\rtf1\\ansi Dear", "a text document"),
        ("pressed.csv", b"\x1f\x8b\x08\x00table", "a compressed file"),
        ("tool.csv", b"\x7fELF\x02\x01", "a program"),
        ("tool.csv", b"MZ\x90\x00\x03", "a program"),
        ("list.csv", b' [{"title": "A"}]', "JSON"),
        ("lines.csv", b'{"title": "A"}\n{"title": "B"}\n', "JSON"),
        ("page.csv", b"\xef\xbb\xbf \n<!DOCTYPE html><table>", "web page"),
        ("feed.csv", b"<?xml version='1.0'?><rows/>", "XML document"),
        ("page.xls", b"<html><body><table><tr><td>1", "web page"),
        ("portfolio.csv", b"SQLite format 3\x00" + b"\x00" * 90, "portfolio"),
        ("noise.csv", bytes(range(256)) * 40, "not a table"),
        ("zeros.csv", b"\x00" * 5_000, "not a table"),
        ("empty.csv", b"", "empty"),
        ("blank.csv", b"\n \n,,\n", "empty"),
        ("header.csv", b"Title,Note\n\n,\n", "no rows below"),
        ("cut.xlsx", b"PK\x03\x04broken", "broken"),
    ],
)
def test_what_is_no_table_is_named(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    error = problem(written(tmp_path, content, name))
    assert said in error.message
    assert name in error.message


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("word/document.xml", "a Word document"),
        ("xl/workbook.bin", ".xlsb"),
        ("META-INF/manifest.xml", "OpenDocument"),
        ("ppt/presentation.xml", "a PowerPoint presentation"),
        ("Index/Document.iwa", "an Apple Numbers"),
        ("anything.txt", "an archive"),
    ],
)
def test_other_archives_are_named(tmp_path: Path, part: str, said: str) -> None:
    assert said in problem(archive(tmp_path, {part: b"x"}, "t.xlsx")).message


@pytest.mark.parametrize(
    ("stream", "said"),
    [("EncryptedPackage", "password"), ("Workbook", "old .xls"), ("WordDocument", "old Office")],
)
def test_protected_and_old_workbooks_are_named(tmp_path: Path, stream: str, said: str) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + stream.encode("utf-16-le")
    assert said in problem(written(tmp_path, content, "t.xls")).message


def test_a_missing_file_a_folder_and_a_sheet_of_a_text_file(tmp_path: Path) -> None:
    assert "no file" in problem(tmp_path / "missing.csv").message
    assert "a folder" in problem(tmp_path).message
    assert "no sheets" in problem(written(tmp_path, "a\nb\n"), sheet="S").message


def test_an_archive_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["Title"], ["A"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as target:
        target.writestr("xl/media/bomb.bin", b"\x00" * 60_000_000)
    assert path.stat().st_size < 200_000
    assert "too large" in problem(path).message


def test_entities_are_never_expanded(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["Title"], ["A"]])
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet '
    patched(path, "xl/worksheets/sheet1.xml", b"<worksheet ", bomb)
    assert "broken" in problem(path).message


@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=4)),
        min_size=1,
        max_size=6,
    )
)
def test_a_damaged_workbook_is_read_or_named(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[tuple[float, int, bytes]]
) -> None:
    """What can still be read says what was written, and nothing else."""
    folder = tmp_path_factory.getbasetemp()
    content = workbook(folder, [["Title", "Cost"], ["Ärger", "12"]]).read_bytes()
    for where, length, instead in cuts:
        place = int(where * len(content))
        content = content[:place] + instead + content[place + length :]
    found: Table | None = None
    with suppress(ImportProblem):
        found = read_table(written(folder, content, "damaged.xlsx"))
    if found is not None:
        assert (found.headers, texts(found)) == (("Title", "Cost"), [["Ärger", "12"]])


@pytest.mark.parametrize("percent", range(0, 100, 10))
def test_a_workbook_that_was_cut_short_is_named(tmp_path: Path, percent: int) -> None:
    content = workbook(tmp_path, [["Title", "Cost"], ["Ärger", "12"]]).read_bytes()
    cut = written(tmp_path, content[: len(content) * percent // 100], "cut.xlsx")
    assert "cut.xlsx" in problem(cut).message


def test_text_in_braces_is_a_table_unless_it_is_json(tmp_path: Path) -> None:
    assert texts(read_table(written(tmp_path, "[id],{title}\n1,A\n"))) == [["1", "A"]]


def test_an_archive_may_be_large_or_dense_but_not_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sheet of equal cells is dense as well; only from some size on it is taken for a bomb."""
    path = workbook(tmp_path, [["Title"], *([["same words again"]] * 3_000)])
    with zipfile.ZipFile(path) as parts:
        unpacked = sum(part.file_size for part in parts.infolist())
        packed = sum(part.compress_size for part in parts.infolist())
        count = len(parts.infolist())
    for matters, ratio, most, size, refused in (
        (unpacked, unpacked / packed - 0.1, count, unpacked, False),
        (unpacked - 1, unpacked / packed, count, unpacked, False),
        (unpacked - 1, unpacked / packed - 0.1, count, unpacked, True),
        (unpacked, unpacked / packed, count - 1, unpacked, True),
        (unpacked, unpacked / packed, count, unpacked - 1, True),
    ):
        for name, limit in (
            ("_RATIO_MATTERS", matters),
            ("_RATIO_LIMIT", ratio),
            ("_ENTRIES_LIMIT", most),
            ("SIZE_LIMIT", size),
        ):
            monkeypatch.setattr(spreadsheets, name, limit)
        if refused:
            assert "too large" in problem(path).message
        else:
            assert len(read_table(path).rows) == 3_000


def test_too_many_rows_and_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ROW_LIMIT", 10)
    assert "more than 10 rows" in problem(written(tmp_path, "T\n" + "x\n" * 12)).message
    assert len(read_table(written(tmp_path, "T\n" + "x\n" * 10)).rows) == 10
    wide = ",".join("h" * 1_001)
    assert "1,000 columns" in problem(written(tmp_path, f"{wide}\n{wide}\n")).message


# ---------------------------------------------------------------- long jobs


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_reading_reports_and_can_be_cancelled(tmp_path: Path, kind: str) -> None:
    rows = [["Title"], *([f"Row {n}"] for n in range(1_000))]
    content = "\n".join(row[0] for row in rows)
    path = written(tmp_path, content) if kind == "csv" else workbook(tmp_path, rows)
    seen: list[tuple[int, int]] = []
    read_table(path, progress=lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == [200, 400, 600, 800, 1_000]
    assert {total for _, total in seen} <= {1_000, 1_001}

    def stop(done: int, total: int) -> None:
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        read_table(path, progress=stop)
