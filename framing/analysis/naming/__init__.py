"""Naming choice: which names an outlet uses for one referent, as shares of all its references to it."""
