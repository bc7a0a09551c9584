"""The procedure by which the city grants a title itself; its result is a classification Title."""
