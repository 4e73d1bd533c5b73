"""The store: opens, checks, migrates, reads, writes, undoes and backs up one portfolio file."""

from scoper.store.store import History, Patience, Store

__all__ = ["History", "Patience", "Store"]
