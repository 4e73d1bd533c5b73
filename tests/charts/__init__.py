"""Scoring: numbers, properties and ranks."""
