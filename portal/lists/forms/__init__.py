"""The forms of the annual lists, by subject."""
