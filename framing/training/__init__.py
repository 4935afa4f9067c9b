"""Training of the shipped models from labelled corpora; nothing here runs in an analysis."""
