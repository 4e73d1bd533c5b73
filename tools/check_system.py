"""Checks that the system has what Python and Qt need, and says what to install where not.

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


def main() -> int:
    """Check, install where that is possible, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--window", action="store_true", help="also what a real window needs")
    needs_window = parser.parse_args().window
    if sys.version_info < (3, 11):
        print(f"Scoper needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        print("Install a newer one and name it: make PYTHON=python3.12 run")
        return 1
    packages = missing_packages(needs_window)
    if not packages:
        return 0
    if can_install():
        install(packages)
        packages = missing_packages(needs_window)
    if packages:
        print("Scoper needs system packages that are not installed. On Debian or Ubuntu, type:")
        print(f"  sudo apt-get install {' '.join(packages)}")
        print("On other systems install the packages that hold the same libraries.")
    return 1 if packages else 0


def missing_packages(needs_window: bool) -> list[str]:
    """Return the Debian packages that are missing, in the order of the lists above."""
    packages = []
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        packages.append("python3-venv")
    if sys.platform.startswith("linux"):
        libraries = {**OFFSCREEN, **WINDOW} if needs_window else OFFSCREEN
        packages += [package for name, package in libraries.items() if not loads(name)]
    return packages


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
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    ):
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    sys.exit(main())
