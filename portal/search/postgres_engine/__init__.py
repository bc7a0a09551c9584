"""An engine for many web nodes: the index stands in PostgreSQL, beside the portal's tables."""
