"""A room for each feature: its page, its models, its widgets. None knows another."""
