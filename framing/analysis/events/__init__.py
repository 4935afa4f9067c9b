"""Outlets against each other inside the same events."""
