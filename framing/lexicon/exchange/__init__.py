"""Lexicons from and to other programs: LIWC .dic and .dicx, quanteda YAML, CSV, XLSX."""

from framing.lexicon.exchange.convert import as_dictionary, as_lexicon
from framing.lexicon.exchange.files import FORMATS, read_dictionary, write_dictionary
from framing.lexicon.exchange.model import Dictionary, Term, Unfit
from framing.lexicon.exchange.sheet import lexicon_from_table, read_table, table_of, write_table

__all__ = [
    "FORMATS",
    "Dictionary",
    "Term",
    "Unfit",
    "as_dictionary",
    "as_lexicon",
    "lexicon_from_table",
    "read_dictionary",
    "read_table",
    "table_of",
    "write_dictionary",
    "write_table",
]
