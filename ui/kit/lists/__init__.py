"""What a list of entries is built of: forms, entries, cards."""
