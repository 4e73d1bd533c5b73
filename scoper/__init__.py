"""Scoper's core: everything but the window. Importable and testable without Qt."""

__version__ = "0.1.0"
