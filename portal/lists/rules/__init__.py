"""Pure decisions of the annual lists, by subject."""
