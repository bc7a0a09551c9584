"""Who may belong together: enterprises for an opportunity and opportunities for an enterprise, by
rules, each with its reasons; for those concerned only."""
