"""Vocabulary of recognition."""
