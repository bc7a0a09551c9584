"""Titles: which exist, who holds them, on what basis and until when."""
