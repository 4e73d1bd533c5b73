"""The places of the navigation."""
