"""Screens that several features show."""
