"""Ratings, by person or by use case."""
