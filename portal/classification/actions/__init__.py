"""Every state change, by subject."""
