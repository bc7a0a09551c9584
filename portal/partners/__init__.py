"""Organisations from outside the registry (市外合作方): never counted, listed or searched."""
