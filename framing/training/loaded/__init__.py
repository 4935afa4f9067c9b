"""Training of the classifier: readings of mentions, vectors of words, the fit, its quality."""
