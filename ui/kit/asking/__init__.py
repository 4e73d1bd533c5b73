"""What opens over a page: dialogs, messages, notices and popups."""
