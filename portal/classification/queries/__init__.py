"""Named selects, by subject."""
