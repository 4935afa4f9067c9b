"""Differences held against date, length and topic."""
