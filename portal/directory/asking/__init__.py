"""What an address asks for, and what is found for it: filters, texts, orders, picks."""
