"""Questions asked of a board."""
