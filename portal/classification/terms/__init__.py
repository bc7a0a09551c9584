"""Vocabulary, by subject."""
