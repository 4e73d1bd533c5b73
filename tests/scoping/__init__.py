"""The five steps and their gates."""
