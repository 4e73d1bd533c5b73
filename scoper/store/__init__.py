"""The store: opens, checks, migrates, reads, writes, undoes and backs up one portfolio file."""

from scoper.store.store import History, Store
from scoper.store.unit import Unit

__all__ = ["History", "Store", "Unit"]
