"""Measure the engine: on the seed article, on known groups, on labelled attributions."""
