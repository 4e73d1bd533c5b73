"""Whatever is wrong with usage, tables or files: one line with a remedy, and nothing changed."""

from __future__ import annotations

import sqlite3
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Scoper

Table = Callable[..., Path]
Refused = Callable[..., str]
VOTES = "participant,use_case,criterion,rating\n"


@pytest.fixture(autouse=True)
def nothing_changes(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[None]:
    """Make sure that no portfolio changed and nothing was left lying about."""
    fixtures = {"ideas", "empty", "sample"} & set(request.fixturenames)
    files = [Path(request.getfixturevalue(name)) for name in fixtures]
    before = [path.read_bytes() for path in files]
    yield
    assert [path.read_bytes() for path in files] == before
    assert not [p.name for p in tmp_path.iterdir() if p.name.startswith(".")]
    assert not [p.name for p in tmp_path.iterdir() if p.name.endswith("-journal")]


# ---------------------------------------------------------------- usage


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("frobnicate x", "“frobnicate” is not a verb. Verbs: demo"),
        ("-x", "required: VERB"),
        ("import", "required: TABLE, --into"),
        ("import a.csv --into p.scoper --dry", "unrecognized arguments: --dry"),
        ("rank", "required: FILE"),
        ("demo", "required: --out"),
        ("export poem p.scoper --out x.md", "choose from 'workbook', 'prfaq', 'prd', 'brief'"),
        ("nothing-here", "there is no file or verb “nothing-here”"),
    ],
)
def test_wrong_usage_is_told_in_one_line(refused: Refused, arguments: str, said: str) -> None:
    assert said in refused(*arguments.split())


def test_an_empty_name_is_not_this_folder(refused: Refused) -> None:
    assert "the name is empty" in refused("rank", "")


# ---------------------------------------------------------------- tables


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "an image"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"<!DOCTYPE html><table><tr><td>title</table>", "a web page"),
        (b"<!-- saved -->\n<html><body>a,b</body></html>", "a web page"),
        (b'[\n {"title": "a"},\n {"title": "b"}\n]', "JSON"),
        (b'{"title": "a"}\n{"title": "b"}\n', "JSON"),
        (b"SQLite format 3\x00" + bytes(90), "a database"),
        (bytes(range(128, 256)) * 50, "not readable text"),
        (bytes(3_000), "not readable text"),
        ("title,problem\nPrüfung,x\n".encode("utf-16")[:-1], "not readable text"),
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b" \n \n", "is empty"),
        (b"title,problem\n", "no rows below"),
        (b"colour,size\nred,2\n", "No column"),
        (b'title,problem\n"abc,def\nx,y\n', "row 2 is never closed"),
        (b"title,title\na,b\n", "--map title="),
        (b"PK\x03\x04" + bytes(100), "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "old .xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
    ],
)
def test_what_is_no_table_is_named(
    refused: Refused, empty: Path, table: Table, content: bytes, said: str
) -> None:
    line = refused("import", table(content), "--into", empty)
    assert said in line
    assert "table.csv" in line or "--map" in line


def test_other_archives_are_named(refused: Refused, empty: Path, tmp_path: Path) -> None:
    for part, said in (("word/document.xml", "a Word document"), ("a.txt", "an archive")):
        with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
            archive.writestr(part, "x")
        assert said in refused("import", tmp_path / "a.xlsx", "--into", empty)


def test_a_missing_table_a_folder_and_a_device(
    refused: Refused, empty: Path, tmp_path: Path
) -> None:
    assert "no file nope.csv" in refused("import", tmp_path / "nope.csv", "--into", empty)
    assert "is a folder" in refused("import", tmp_path, "--into", empty)
    assert "is a device" in refused("import", "/dev/null", "--into", empty)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--map", "problem=Nope"], "no column “Nope”. Its columns are “title” and “note”"),
        (["--map", "colour=title"], "no field “colour”"),
        (["--map", "title"], "is not FIELD=HEADER"),
        (["--map", "=title"], "is not FIELD=HEADER"),
        (["--map", "problem=note", "--map", "problem=title"], "given twice"),
        (["--map", "title="], "No column"),
        (["--sheet", "S"], "has no sheets"),
        (["--into", "none.scoper"], "no file none.scoper"),
        (["--into", "."], "is a directory"),
    ],
)
def test_wrong_options_of_an_import_are_named(
    refused: Refused, empty: Path, table: Table, options: list[str], said: str
) -> None:
    assert said in refused("import", table("title,note\na,b\n"), "--into", empty, *options)


def test_a_table_of_which_no_row_fits_is_refused(
    scoper: Scoper, refused: Refused, empty: Path, table: Table
) -> None:
    path = table("title\n" + ("x" * 10_000 + "\n") * 5)
    line = refused("import", path, "--into", empty)
    assert "Row 2, “title”: the text has 10,000 characters; at most 300 fit." in line
    assert "and 2 more rows" in line
    assert len(scoper("import", path, "--into", empty, "--json").json["rejected"]) == 5


# ---------------------------------------------------------------- ratings


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "Ada,UC-01,reach,6",
            "Row 2, “rating”: 6 is outside the scale of Reach. Enter a number from 1 to 5",
        ),
        ("Ada,UC-01,reach,0", "0 is outside"),
        ("Ada,UC-01,reach,nan", "nan is outside"),
        ("Ada,UC-01,reach,1e400", "inf is outside"),
        ("Ada,UC-01,reach,0_3", "“0_3” is not a rating"),
        ("Ada,UC-01,reach,=1+1", "“=1+1” is not a rating"),
        ("Bob,UC-01,reach,3", "“Bob” is not among the participants (Ada)"),
        ("Ada,UC-77,reach,3", "“UC-77” is not among the use cases"),
        ("Ada,UC-01,beauty,3", "“beauty” is not among the criteria"),
        ("Ada,Same,reach,3", "“Same” is the title of 2 use cases: write the key"),
        ("Ada,UC-01,reach,3\nAda,UC-01,reach,4", "Row 3, “rating”: row 2 says something else"),
        ("Ada,UC-02,reach,3\nAda,UC-02,reach,9", "Nothing was imported."),
        (",UC-01,reach,3", "“participant”: nothing is entered"),
    ],
)
def test_ratings_that_do_not_fit_name_their_place(
    refused: Refused, ideas: Path, table: Table, row: str, said: str
) -> None:
    line = refused("ratings", table(f"{VOTES}{row}\n"), "--into", ideas)
    assert said in line
    assert "import again" in line


def test_a_table_of_ratings_needs_its_columns_once(
    refused: Refused, ideas: Path, table: Table
) -> None:
    line = refused(
        "ratings", table("participant,use_case,criterion\nAda,UC-01,x\n"), "--into", ideas
    )
    assert "no column rating" in line
    twice = VOTES.replace("rating", "rating,rating") + "Ada,UC-01,reach,3,4\n"
    line = refused("ratings", table(twice), "--into", ideas)
    assert "rename" in line
    assert "--map" not in line


# ---------------------------------------------------------------- portfolios


def change(content: bytes, at: int, new: bytes) -> bytes:
    """Return ``content`` with bytes replaced."""
    return content[:at] + new + content[at + len(new) :]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda _: b"Dear diary", "not a Scoper portfolio"),
        (lambda _: b"", "is empty"),
        (lambda good: good[:50], "not a Scoper portfolio"),
        (lambda good: good[: len(good) // 2], "cut short"),
        (lambda good: change(good, 60, struct.pack(">I", 99)), "newer version"),
        (lambda good: change(good, 68, b"ABCD"), "another program"),
        (lambda good: good[:100] + bytes(len(good) - 100), "is damaged"),
    ],
)
def test_a_file_that_is_something_else_is_named_by_every_verb(
    refused: Refused,
    ideas: Path,
    table: Table,
    spoil: Callable[[bytes], bytes],
    said: str,
) -> None:
    path = table(spoil(ideas.read_bytes()), "other.scoper")
    before = path.read_bytes()
    rows, out = table("title\na\n"), path.with_name("o.xlsx")
    for arguments in (
        ("check", path),
        ("rank", path, "--json"),
        ("import", rows, "--into", path),
        ("ratings", table(f"{VOTES}Ada,UC-01,reach,3\n", "v.csv"), "--into", path),
        ("export", "workbook", path, "--out", out),
    ):
        assert said in refused(*arguments)
    assert path.read_bytes() == before
    assert not out.exists()


def test_a_database_of_another_program_is_refused(refused: Refused, tmp_path: Path) -> None:
    path = tmp_path / "other.scoper"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE a (b)")
    other.close()
    assert "another program" in refused("rank", path)


@pytest.mark.parametrize(
    ("statement", "verb"),
    [
        ("UPDATE use_case SET id = 'f6838a8dc1634623ae0e7bfq087fc21c'", "rank"),
        ("UPDATE use_case SET title = CAST(x'ff41' AS TEXT)", "rank"),
        ("UPDATE rating SET use_case_id = '00000000000000000000000000000000'", "rank"),
        ("UPDATE rating SET id = 'zz'", "ratings"),
        ("UPDATE use_case SET id = 'zz'", "import"),
        ("UPDATE audit SET row_id = 'zz'", "check"),
        ("UPDATE use_case SET title = CAST(x'ff41' AS TEXT)", "check"),
    ],
)
def test_damage_inside_an_entry_is_named_as_damage(
    scoper: Scoper, ideas: Path, table: Table, statement: str, verb: str
) -> None:
    path = table(ideas.read_bytes(), "damaged.scoper")
    database = sqlite3.connect(path)
    database.execute("PRAGMA ignore_check_constraints = ON")
    with database:
        database.execute(
            f"{statement} WHERE rowid = (SELECT min(rowid) FROM {statement.split()[1]})"
        )
    database.close()
    rest: dict[str, list[object]] = {
        "import": [table("title\na\n"), "--into", path],
        "ratings": [table(f"{VOTES}Ada,UC-02,reach,3\n"), "--into", path],
    }
    said = scoper(verb, *rest.get(verb, [path]))
    assert said.code == 2
    assert said.err.count("\n") == 1
    assert "damaged" in said.err
    assert "Restore it from a backup" in said.err


@pytest.mark.parametrize(
    ("name", "said"),
    [("x.xlsx", ".scoper"), ("plain", ".scoper"), ("no/x.scoper", "no such file or directory")],
)
def test_a_portfolio_needs_a_name_and_a_folder(
    refused: Refused, tmp_path: Path, name: str, said: str
) -> None:
    assert said in refused("new", tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_new_replaces_nothing_and_checks_its_values(
    refused: Refused, ideas: Path, tmp_path: Path
) -> None:
    assert "exists already" in refused("new", ideas)
    for option, value, said in (
        ("--title", " ", "must not be empty"),
        ("--currency", "EURO", "EURO"),
    ):
        assert said in refused("new", tmp_path / "n.scoper", option, value)
    assert not (tmp_path / "n.scoper").exists()


# ---------------------------------------------------------------- exports


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("workbook {p} --out {d}/x.csv", "ends in .xlsx"),
        ("workbook {p} --out {p}", "ends in .xlsx"),
        ("workbook {p} --out {d}/no/x.xlsx", "no such file or directory"),
        ("workbook {p} --out {d}/folder.xlsx", "is a directory"),
        ("workbook {p} --use-case UC-01 --out {d}/x.xlsx", "Leave --use-case out"),
        ("prd {p} --use-case UC-99 --out {d}/x.md", "no use case “UC-99”"),
        ("prd {p} --use-case= --out {d}/x.md", "no use case “”"),
        ("prd {p} --use-case UC-01 --out {p}", ".docx or .md or .pdf"),
        ("prd {p} --use-case UC-01 --out {d}", ".docx or .md or .pdf"),
        ("prd {p} --out {d}/x.md", "--use-case KEY"),
        ("prd {p} --out {d}/file/all", "cannot be made"),
    ],
)
def test_exports_to_nowhere_are_refused(
    refused: Refused, ideas: Path, tmp_path: Path, arguments: str, said: str
) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "file").touch()
    words = arguments.format(p=ideas, d=tmp_path).split()
    assert said in refused("export", *words)
    assert not {"x.csv", "x.xlsx", "x.md"} & {path.name for path in tmp_path.iterdir()}


def test_an_empty_portfolio_has_no_documents(refused: Refused, empty: Path, tmp_path: Path) -> None:
    assert "holds no use cases" in refused("export", "prd", empty, "--out", tmp_path / "all")


def test_the_demo_needs_a_folder_and_spares_one_of_its_name(
    refused: Refused, table: Table, tmp_path: Path
) -> None:
    assert "cannot be made" in refused("demo", "--out", table("x", "file"))
    (tmp_path / "out" / "sample.scoper").mkdir(parents=True)
    assert "is a directory" in refused("demo", "--out", tmp_path / "out")
