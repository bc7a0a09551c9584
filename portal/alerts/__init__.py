"""Saved searches and saved entries: what somebody wants to be told of, and the telling.

What a saved address finds is read by whoever `reading.set_reader` was given: this package knows
no list and no search.
"""
