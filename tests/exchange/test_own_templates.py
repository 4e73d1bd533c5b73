"""Templates of the user's: they word sections anew, and cannot do anything else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scoper.exchange.documents import Document, Kind, bounded, compose
from scoper.exchange.documents.own import BYTES_LIMIT, own_template
from tests.exchange.boards import board_of, full
from tests.exchange.test_documents import ON

Write = Callable[..., Document]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Return a function that writes a user's template and composes a document with it."""
    monkeypatch.setenv("SCOPER_HOME", str(tmp_path))

    def written(source: str | bytes, kind: Kind = "prd") -> Document:
        path = own_template(kind)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.encode() if isinstance(source, str) else source)
        use_case = full()
        return compose(board_of(use_case), use_case.id, kind, on=ON)

    return written


def section(document: Document, section_id: str) -> str:
    """Return what one section says."""
    return next(s.text for s in document.sections if s.spec.id == section_id)


def in_users(body: str) -> str:
    """Return a template that words the section on users."""
    return f"{{% block users %}}\n{body}\n{{% endblock %}}\n"


def test_a_block_of_the_users_own_replaces_that_section_only(write: Write) -> None:
    document = write(
        in_users(
            '{{ s.run_in("For:", affected) }}\n\n{% for k in business %}\n'
            '{{ loop.index }}. {{ k.title ~ ", " ~ (2 * 3) }}\n{% endfor %}'
        )
    )
    assert document.fault == ""
    assert section(document, "users") == (
        "**For:** 14 clerks and 2,300 suppliers.\n\n1. Invoices paid late, 6"
    )
    assert "One invoice in nine is paid late." in section(document, "problem")


def test_what_it_prints_is_text(write: Write) -> None:
    document = write(in_users("# Head <img src=x> ![a](file:///etc/passwd) [b](https://c.org)"))
    assert section(document, "users") == (
        "**Head \\<img src=x\\> !\\[a\\](file:///etc/passwd) \\[b\\](https://c.org)**"
    )


@pytest.mark.parametrize(
    ("body", "line", "reason"),
    [
        ("{{ nobody }}", 2, "nothing called “nobody”"),
        ("{{ nobody.at.all }}", 2, "nothing called “nobody”"),
        ("\n\n{% if %}", 4, "expected an expression"),
        ("{{ affected.upper() }}", 2, "nothing called “upper”"),
        ("{{ ''.__class__.__mro__ }}", 2, "nothing called “__class__”"),
        ("{{ s.__class__ }}", 2, "nothing called “__class__”"),
        ("{{ budget.items() }}", 2, "nothing called “items”"),
        ("{{ range(9) }}", 2, "nothing called “range”"),
        ("{{ affected | safe }}", 2, "no filter named 'safe'"),
        ("{% include 'shared.md.j2' %}", 2, "other templates"),
        ("{{ 'x' * 999999999 }}", 2, "cannot calculate"),
        ("{{ 9 ** 999999 }}", 2, "cannot calculate"),
        ("{{ '%999999999d' % 1 }}", 2, "cannot calculate"),
        ("{{ 1 / 0 }}", 2, "division"),
        ("{{ business }}", 2, "prints texts and numbers"),
        ("{{ [business, business] | join }}", 2, "only texts and numbers"),
        ("{{ self.users() }}", 2, "nothing called “users”"),
        ("{% set x = 'a' %}" + "{% set x = x ~ x %}" * 40, 2, "characters"),
        ("{% set x = 'a' %}" + "{% set x = x + x %}" * 40, 2, "characters"),
        ("{% set x = 'a' %}" + "{% set x = [x, x] | join %}" * 40, 2, "characters"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 2, "cannot be carried out"),
        (
            "{% set l = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] %}"
            + "{% for a in l %}" * 12 + "{% endfor %}" * 12,
            2,
            "takes too long",
        ),
        (
            "{% set l = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] %}{% set x %}"
            + "{% for a in l %}" * 5 + "y" * 5_000 + "{% endfor %}" * 5 + "{% endset %}",
            2,
            "characters",
        ),
    ],
)  # fmt: skip
def test_a_fault_names_template_and_line_and_the_built_in_one_stays(
    write: Write, body: str, line: int, reason: str
) -> None:
    document = write(in_users(body))
    assert reason in document.fault
    assert f"template.md.j2, line {line}: " in document.fault
    assert "14 clerks and 2,300 suppliers." in section(document, "users")


def test_time_is_bounded(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "SECONDS", -1.0)
    assert "it takes too long" in write(in_users("{{ affected }}")).fault


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("{% block poem %}x{% endblock %}", "there is no section “poem”"),
        ("{% block title %}x{% endblock %}", "there is no section “title”"),
        ("Our own words, without a block.", "no block"),
        (b"\xff\xfe\x00", "cannot be read as UTF-8"),
        ("x" * (BYTES_LIMIT + 1), "larger than 64 kB"),
        ("{% block users %}" + "(" * 5_000, "template.md.j2"),
        ("{{ " + "(" * 5_000, "template.md.j2"),
        ("{% block users %}" + "{% if 1 %}" * 3_000 + "{% endif %}" * 3_000 + "{% endblock %}", ""),
        ("{% block users %}{{ " + "9" * 50_000 + " }}{% endblock %}", "template.md.j2"),
    ],
)
def test_a_template_that_is_none_is_left_out(
    write: Write, source: str | bytes, reason: str
) -> None:
    document = write(source)
    assert reason in document.fault
    assert document.fault
    assert "14 clerks and 2,300 suppliers." in section(document, "users")
