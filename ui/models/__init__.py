"""Item models over a board."""
