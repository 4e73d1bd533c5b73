"""Checks that the system has what Python, Qt and the tests need, and says what to install if not.

Only the standard library is used, so that it runs before anything is installed. As root on a
Debian-like system missing packages are installed at once.
"""

from __future__ import annotations

import argparse
import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

OFFSCREEN = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
WINDOW = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
TOOLS = {"pdftotext": "poppler-utils"}
OFFICE = {
    "libsclo.so": "libreoffice-calc-nogui",
    "libswlo.so": "libreoffice-writer-nogui",
}
FONTS = {"Carlito": "fonts-crosextra-carlito", "Noto Sans": "fonts-noto-core"}
"""Carlito is as wide as Calibri, which the documents ask for."""


def main() -> int:
    """Check, install where that is possible, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--window", action="store_true", help="also what a real window needs")
    parser.add_argument("--tests", action="store_true", help="also what the tests need")
    asked = parser.parse_args()
    if sys.version_info < (3, 11):
        print(f"Scoper needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        print("Install a newer one and name it: make PYTHON=python3.12 run")
        return 1
    packages = missing_packages(asked.window, asked.tests)
    if not packages:
        return 0
    if can_install():
        install(packages)
        packages = missing_packages(asked.window, asked.tests)
    if packages:
        who = "The tests need" if asked.tests else "Scoper needs"
        print(f"{who} system packages that are not installed. On Debian or Ubuntu, type:")
        print(f"  sudo apt-get install {' '.join(packages)}")
        print("On other systems install what holds the same libraries, programs and fonts.")
    return 1 if packages else 0


def missing_packages(needs_window: bool, needs_tests: bool = False) -> list[str]:
    """Return the Debian packages that are missing, in the order of the lists above."""
    packages = []
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        packages.append("python3-venv")
    if sys.platform.startswith("linux"):
        libraries = {**OFFSCREEN, **WINDOW} if needs_window else OFFSCREEN
        packages += [package for name, package in libraries.items() if not loads(name)]
    return packages + missing_for_tests() if needs_tests else packages


def missing_for_tests() -> list[str]:
    """Return the packages that the tests of documents and workbooks miss, by their Debian names."""
    packages = [package for name, package in TOOLS.items() if shutil.which(name) is None]
    packages += [package for name, package in OFFICE.items() if not has_office(name)]
    if sys.platform.startswith("linux"):
        packages += [package for family, package in FONTS.items() if not has_font(family)]
    return packages


def has_office(library: str) -> bool:
    """Return whether LibreOffice is there, with the part that ``library`` holds."""
    program = shutil.which("soffice")
    if program is None or not sys.platform.startswith("linux"):
        return program is not None
    return (Path(program).resolve().parent / library).exists()


def has_font(family: str) -> bool:
    """Return whether a font family is installed for all users."""
    name = family.replace(" ", "")
    return any(Path("/usr/share/fonts").rglob(f"{name}-Regular.*"))


def loads(library: str) -> bool:
    """Return whether the dynamic linker finds a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def can_install() -> bool:
    """Return whether this is root on a Debian-like system."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: list[str]) -> None:
    """Install packages with apt, quietly; what fails is found by the check that follows."""
    print(f"Installing {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    options = ["-y", "-qq", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"]
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", *options, *packages]):
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    sys.exit(main())
