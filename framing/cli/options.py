"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Sequence

import click

from framing.errors import InputError
from framing.lexicon import Lexicon, load_default, load_lexicon

LEXICON = click.option(
    "--lexicon", "lexicons", multiple=True, metavar="NAME|FOLDER",
    help="Lexicon to use instead of the shipped ones; may be given more than once.",
)  # fmt: skip
ADD_LEXICON = click.option(
    "--add-lexicon", "added", multiple=True, metavar="FOLDER",
    help="Lexicon to use beside the others; where both hold the same words, this one counts.",
)  # fmt: skip


def chosen_lexicons(names: Sequence[str], added: Sequence[str] = ()) -> tuple[Lexicon, ...]:
    """Return the lexicons of a run: ``added`` first, the shipped cues last unless others are named."""
    chosen = [load_lexicon(name) for name in added]
    chosen += [load_lexicon(name) for name in names] if names else load_default()
    own_cues = [x for x in chosen if x.kind == "cues" and x.lexicon_id != "cues-en"]
    kept = [x for x in chosen if x.kind != "cues"]
    return (*kept, *(own_cues or [load_lexicon("cues-en")]))


def column_mapping(pairs: Sequence[str]) -> dict[str, str]:
    """Turn ``text=body`` pairs into a mapping."""
    mapping = {}
    for pair in pairs:
        name, sign, column = pair.partition("=")
        if not sign or not name or not column:
            raise InputError("--column needs NAME=COLUMN", got=pair, fix="for example --column text=body")
        mapping[name.strip()] = column.strip()
    return mapping
