"""The public's pages as alerts ask them."""
