"""The sample portfolio, as plain tables."""

from __future__ import annotations

from typing import Any

from scoper.library.packs import TEMPLATES, read_toml


def sample() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the sample portfolio as plain tables: the portfolio, and its use cases in order."""
    (folder,) = (path.parent for path in (TEMPLATES / "samples").glob("*/portfolio.toml"))
    use_cases = sorted((folder / "use-cases").glob("*.toml"))
    return read_toml(folder / "portfolio.toml"), [read_toml(path) for path in use_cases]
