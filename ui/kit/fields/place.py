"""Names the place of a field."""

from __future__ import annotations

from collections.abc import Hashable

Place = tuple[Hashable, ...]
"""Where something is typed: the id of what it is about, and which of its fields."""
