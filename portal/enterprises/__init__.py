"""The registry: enterprises register themselves, the bureau verifies them."""
