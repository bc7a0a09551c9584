"""How assessments are written on pages, for members and officers alike."""
