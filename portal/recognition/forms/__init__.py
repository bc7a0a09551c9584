"""Forms of recognition, by subject."""
