"""Formulas that people state: read by a small grammar, worked out without running any code."""
