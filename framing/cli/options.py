"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Sequence

import click

from framing.errors import InputError
from framing.lexicon import Lexicon, load_default, load_lexicon

LEXICON = click.option(
    "--lexicon", "lexicons", multiple=True, metavar="NAME|FOLDER",
    help="Framing lexicon to use instead of the shipped one; may be given more than once.",
)  # fmt: skip


def chosen_lexicons(names: Sequence[str]) -> tuple[Lexicon, ...]:
    """Return the named lexicons with the shipped cues unless a cue lexicon is among them."""
    if not names:
        return load_default()
    loaded = tuple(load_lexicon(name) for name in names)
    return loaded if any(x.kind == "cues" for x in loaded) else (*loaded, load_lexicon("cues-en"))


def column_mapping(pairs: Sequence[str]) -> dict[str, str]:
    """Turn ``text=body`` pairs into a mapping."""
    mapping = {}
    for pair in pairs:
        name, sign, column = pair.partition("=")
        if not sign or not name or not column:
            raise InputError("--column needs NAME=COLUMN", got=pair, fix="for example --column text=body")
        mapping[name.strip()] = column.strip()
    return mapping
