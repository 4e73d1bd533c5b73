"""Tables, and how their cells are painted."""
