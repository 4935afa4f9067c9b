"""Lexicons: a card (``lexicon.toml``) and its entries (``entries.csv``), loaded whole or not at all."""

from framing.lexicon.load import available, load_default, load_lexicon
from framing.lexicon.model import Entry, Lexicon

__all__ = ["Entry", "Lexicon", "available", "load_default", "load_lexicon"]
