"""How records are put into words, on pages and in files alike."""
