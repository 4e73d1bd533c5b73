"""The ranked table, its chart, and what would change it."""
