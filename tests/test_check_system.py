"""What the two commands say on a machine that lacks what they need."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[1] / "tools" / "check_system.py"


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the script, on a Linux machine that has every library and no rights."""
    spec = importlib.util.spec_from_file_location("check_system", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "argv", ["check_system.py"])
    monkeypatch.setattr(module, "loads", lambda _: True)
    monkeypatch.setattr(module, "can_install", lambda: False)
    monkeypatch.setattr(module, "has_office", lambda _: True)
    monkeypatch.setattr(module, "has_font", lambda _: True)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    return module


def test_with_everything_there_nothing_is_said(
    check: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check.main() == 0
    assert capsys.readouterr().out == ""


def test_without_rights_the_exact_packages_are_named(
    check: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lacking = {"libEGL.so.1", "libxcb-cursor.so.0"}
    monkeypatch.setattr(check, "loads", lambda library: library not in lacking)
    assert check.main() == 1
    assert "sudo apt-get install libegl1\n" in capsys.readouterr().out
    monkeypatch.setattr(sys, "argv", ["check_system.py", "--window"])
    assert check.main() == 1
    assert "sudo apt-get install libegl1 libxcb-cursor0\n" in capsys.readouterr().out


def test_as_root_on_debian_they_are_installed(
    check: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lacking, ran = {"libEGL.so.1"}, []

    def run(command: list[str], **_: object) -> None:
        ran.append(command)
        if command[1] == "install":
            lacking.clear()

    monkeypatch.setattr(check, "can_install", lambda: True)
    monkeypatch.setattr(check, "loads", lambda library: library not in lacking)
    monkeypatch.setattr(subprocess, "run", run)
    assert check.main() == 0
    assert [command[:2] for command in ran] == [["apt-get", "update"], ["apt-get", "install"]]
    assert ran[1][-1] == "libegl1"
    assert capsys.readouterr().out == "Installing libegl1\n"


def test_the_tests_ask_for_more_and_a_run_does_not(
    check: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(check, "has_office", lambda _: False)
    monkeypatch.setattr(check, "has_font", lambda _: False)
    monkeypatch.setattr(sys, "argv", ["check_system.py", "--window"])
    assert check.main() == 0
    monkeypatch.setattr(sys, "argv", ["check_system.py", "--tests"])
    assert check.main() == 1
    assert (
        "sudo apt-get install poppler-utils libreoffice-calc-nogui libreoffice-writer-nogui "
        "fonts-crosextra-carlito fonts-noto-core\n"
    ) in capsys.readouterr().out


def test_an_office_without_spreadsheets_is_not_enough(
    check: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "office" / "soffice"
    program.parent.mkdir()
    program.touch()
    (program.parent / "libswlo.so").touch()
    (tmp_path / "soffice").symlink_to(program)
    monkeypatch.undo()
    monkeypatch.setattr(shutil, "which", lambda _: str(tmp_path / "soffice"))
    assert check.has_office("libswlo.so")
    assert not check.has_office("libsclo.so")


def test_what_cannot_be_installed_is_named_after_all(
    check: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "can_install", lambda: True)
    monkeypatch.setattr(check, "loads", lambda library: library != "libEGL.so.1")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: None)
    assert check.main() == 1
    assert "sudo apt-get install libegl1\n" in capsys.readouterr().out


def test_an_old_python_is_refused(
    check: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 14))
    assert check.main() == 1
    assert "3.11 or newer" in capsys.readouterr().out
