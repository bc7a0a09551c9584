"""Criteria as data: reading rule versions, judging facts by them exactly, and saying why."""
