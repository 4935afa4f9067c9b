"""Text: folding with exact offsets, cleaning, words and sentences."""
