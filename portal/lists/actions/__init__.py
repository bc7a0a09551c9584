"""Every state change of the annual lists, by subject."""
