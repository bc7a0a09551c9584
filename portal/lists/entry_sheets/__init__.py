"""Templates of entries to fill in with WPS or Excel, and reading them back; nothing here writes."""
