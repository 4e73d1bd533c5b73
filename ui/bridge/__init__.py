"""What the features get from below: the session, its lane, and what rests on it."""
