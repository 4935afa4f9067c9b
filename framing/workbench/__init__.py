"""Tools for people who write lexicons: test, audit, stats, suggest, diff, pages."""
