"""Coding by hand: draw mentions, write a sheet, read what people filled in, see whether they agree."""
