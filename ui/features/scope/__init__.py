"""The five steps of one use case."""
