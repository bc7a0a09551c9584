"""Named selects of the annual lists, by subject."""
