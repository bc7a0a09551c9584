"""Pure decisions of recognition."""
