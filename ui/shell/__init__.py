"""The window around the features: navigation, actions, palette, settings, help."""
