"""Criteria, people, roles, method, content and history."""
