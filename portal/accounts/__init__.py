"""People, how they are known, how they prove it, and what officers may do."""
