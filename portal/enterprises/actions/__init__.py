"""Every state change of the registry, by subject."""
