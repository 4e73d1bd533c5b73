"""All use cases, to look through and to add to."""
