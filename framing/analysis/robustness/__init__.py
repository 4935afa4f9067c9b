"""Does a difference hold, and how to say it."""
