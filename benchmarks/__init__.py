"""Side-by-side measurements: every speed is a ratio against a floor in the same run."""
