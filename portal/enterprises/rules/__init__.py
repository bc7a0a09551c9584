"""Pure decisions, by subject."""
