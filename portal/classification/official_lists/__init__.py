"""Reading official lists and judging their rows; nothing here writes."""
