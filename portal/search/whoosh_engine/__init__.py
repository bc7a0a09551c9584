"""The engine of one machine: Whoosh 2.7.4 keeps the postings, numpy evaluates them."""
