"""Questions asked of a board: how sure its ranking is, and what to do under a budget."""
