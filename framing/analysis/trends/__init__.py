"""Rates over time: series, before and after, change points, coverage against wording."""
