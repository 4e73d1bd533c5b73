"""How everything looks: colours, type, icons, and the words of amounts."""
