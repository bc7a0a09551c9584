"""Every state change of recognition, by subject."""
