"""What every feature is built of: knows no feature and no session."""
