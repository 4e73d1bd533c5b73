"""The portfolio file."""
