"""Commands: what they accept, refuse and leave behind."""
