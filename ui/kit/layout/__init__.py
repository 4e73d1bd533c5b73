"""How things find their place: lines, sides, order and room."""
