"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from framing.errors import InputError
from framing.lexicon import Lexicon, load_default, load_lexicon

Command = TypeVar("Command", bound=Callable[..., Any])

LEXICON = click.option(
    "--lexicon", "lexicons", multiple=True, metavar="NAME|FOLDER",
    help="Lexicon to use instead of the shipped ones; may be given more than once.",
)  # fmt: skip
ADD_LEXICON = click.option(
    "--add-lexicon", "added", multiple=True, metavar="FOLDER",
    help="Lexicon to use beside the others; where both hold the same words, this one counts.",
)  # fmt: skip

COLUMN = click.option(
    "--column", "columns", multiple=True, metavar="NAME=COLUMN",
    help="Which column is what, e.g. text=body; NAME is doc_id, outlet, published, title or text.",
)  # fmt: skip
JOBS = click.option("--jobs", default=1, show_default=True, help="Worker processes; -1 for all cores.")
CLASSIFIER = click.option(
    "--classifier", type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of a classifier of your own (framing train loaded); the shipped one if left out.",
)  # fmt: skip


def data_option(*, required: bool = True, to: str = "") -> Callable[[Command], Command]:
    """Return the option ``--data``; ``to`` says what the corpora serve for, if it is not plain."""
    purpose = f": {to}" if to else ""
    return click.option(
        "--data", required=required, type=click.Path(path_type=Path),
        help=f"Folder with the evaluation corpora (README, 'Evaluation data'){purpose}.",
    )  # fmt: skip


def model_folder_option(name: str) -> Callable[[Command], Command]:
    """Return the option ``--output`` of a command that writes the model of this name."""
    return click.option(
        "-o", "--output", required=True, type=click.Path(path_type=Path),
        help=f"Folder for {name}.npz and {name}.json.",
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
