"""Fields, labels and shape checks, by subject."""
