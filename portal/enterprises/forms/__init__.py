"""Forms of the registry, by subject: fields, labels and shape checks only."""
