"""The office suite that tests of documents and workbooks open files with."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.check_system import OFFICE

Convert = Callable[[list[Path], str], list[Path]]

_RECALCULATE = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    '<item oor:path="/org.openoffice.Office.Calc/Formula/Load">'
    '<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>'
)


@pytest.fixture(scope="session")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Return a function that has LibreOffice write files anew, computing every formula.

    A machine without LibreOffice fails the test: one that does not run proves nothing.
    """
    if shutil.which("soffice") is None:
        pytest.fail(
            "LibreOffice is missing. On Debian or Ubuntu, type: "
            f"sudo apt-get install {' '.join(OFFICE.values())}",
            pytrace=False,
        )
    profile = tmp_path_factory.mktemp("office")
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir()
    settings.write_text(_RECALCULATE, encoding="utf-8")

    def converted(paths: list[Path], kind: str) -> list[Path]:
        out = tmp_path_factory.mktemp("converted")
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation={profile.as_uri()}",
                "--headless",
                *("--convert-to", kind, "--outdir", str(out), *map(str, paths)),
            ],
            check=True,
            capture_output=True,
            timeout=150,
        )
        return [out / path.with_suffix(f".{kind}").name for path in paths]

    return converted
