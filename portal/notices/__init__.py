"""Policies and notices with their issuing facts."""
