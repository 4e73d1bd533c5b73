"""Tests of the content packs."""
