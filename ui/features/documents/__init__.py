"""The documents of a use case, and the texts a team keeps in them."""
