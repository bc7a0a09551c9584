"""How things are written on pages, by subject."""
