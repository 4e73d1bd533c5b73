"""Scoring: pure functions on arrays, no database and no Qt."""
