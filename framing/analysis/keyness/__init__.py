"""Which words and entries separate two outlets."""
