"""Filling forms from a record and reading them back, by subject."""
