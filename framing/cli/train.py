"""``framing train``: build a shipped model anew, or adapt the classifier to labels of one's own."""

from __future__ import annotations

from pathlib import Path

import click

from framing.cli.options import (
    ADD_LEXICON,
    COLUMN,
    LEXICON,
    chosen_lexicons,
    column_mapping,
    data_option,
    model_folder_option,
)


@click.group("train")
def command() -> None:
    """Train models from labelled corpora."""


@command.command("loaded")
@data_option(required=False, to="build the shipped classifier")
@click.option(
    "--labels",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Your own labels (framing label join): adapt the shipped classifier to them.",
)
@click.option(
    "--corpus",
    type=click.Path(path_type=Path, exists=True),
    help="The articles that your labels belong to, as framing score reads them.",
)
@LEXICON
@ADD_LEXICON
@COLUMN
@model_folder_option("loaded")
def loaded(
    data: Path | None,
    labels: Path | None,
    corpus: Path | None,
    lexicons: tuple[str, ...],
    added: tuple[str, ...],
    columns: tuple[str, ...],
    output: Path,
) -> None:
    """Train the classifier: is a mention loaded here (five minutes on two cores with --data).

    With --labels and --corpus the shipped one is adapted to your own coding; score with it by
    framing score --classifier OUTPUT. Give the lexicons and columns that the articles were scored with, here
    and whenever you score with it.
    """
    if data is not None and labels is None and corpus is None:
        if lexicons or added or columns:
            raise click.UsageError("--lexicon, --add-lexicon and --column go with --labels and --corpus")
        from framing.training.loaded.build import build_loaded

        build_loaded(data, output, tell=click.echo)
    elif labels is not None and corpus is not None and data is None:
        from framing.training.loaded.adapt import adapt_to_labels

        adapt_to_labels(
            labels,
            corpus,
            output,
            lexicons=chosen_lexicons(lexicons, added),
            columns=column_mapping(columns),
            tell=click.echo,
        )
    else:
        raise click.UsageError("give either --data, or --labels and --corpus")


@command.command("voice")
@data_option()
@model_folder_option("voice")
def voice(data: Path, output: Path) -> None:
    """Train the voice model: who says it (about seven minutes on two cores).

    Seeded: the same data, platform and library versions give the same file, byte for byte.
    """
    from framing.training.voice import build_voice

    build_voice(data, output, tell=click.echo)


@command.command("decisions")
@data_option()
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="Folder for decisions.csv."
)
def decisions(data: Path, output: Path) -> None:
    """Compare the shipped models with the readings they never saw (two minutes).

    The table says how many mentions with one answer truly carry it; corrected rates rest on it.
    """
    from framing.training.loaded.decisions import build_decisions

    build_decisions(data, output, tell=click.echo)
