"""Tests of Scoper; laid out like the code they test."""
