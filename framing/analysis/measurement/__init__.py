"""Rates corrected for the errors of lexicon, voice and classifier."""
