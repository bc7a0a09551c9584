"""Named selects over the registry, by subject; read only."""
