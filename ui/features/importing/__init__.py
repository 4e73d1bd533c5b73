"""Use cases and ratings from tables."""
