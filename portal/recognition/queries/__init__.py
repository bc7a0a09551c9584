"""Named selects over calls and applications, by subject."""
