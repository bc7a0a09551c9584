"""Districts, zones, industries, chains, fields and departments: versioned data, bilingual."""
