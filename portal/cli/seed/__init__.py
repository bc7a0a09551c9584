"""Loading the fixtures through the same actions a person would use."""
