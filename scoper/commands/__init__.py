"""Commands: one function is one change, one transaction and one undoable step.

Every command takes the store and keyword arguments, checks them, writes, and returns the
``Changes``. Commands never call each other.
"""
