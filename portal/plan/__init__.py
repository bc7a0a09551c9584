"""The city's plan: measures, targets and approved observations."""
