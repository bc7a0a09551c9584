"""Vocabulary of the annual lists, by subject."""
