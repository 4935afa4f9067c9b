"""``framing train``: build a shipped model anew."""

from __future__ import annotations

from pathlib import Path

import click


@click.group("train")
def command() -> None:
    """Train models from labelled corpora."""


@command.command("loaded")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="Folder with the corpora that were read (README, 'Evaluation data'): build the shipped classifier.",
)
@click.option(
    "--labels",
    type=click.Path(path_type=Path, exists=True),
    help="Your own labels (framing label join): adapt the shipped classifier to them.",
)
@click.option(
    "--corpus",
    type=click.Path(path_type=Path, exists=True),
    help="The articles that your labels belong to.",
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder for loaded.npz and loaded.json.",
)
def loaded(data: Path | None, labels: Path | None, corpus: Path | None, output: Path) -> None:
    """Train the classifier: is a mention loaded here (five minutes on two cores with --data).

    With --labels and --corpus the shipped one is adapted to your own coding; score with it by
    framing score --classifier OUTPUT.
    """
    if data is not None and labels is None and corpus is None:
        from framing.training.loaded.build import build_loaded

        build_loaded(data, output, tell=click.echo)
    elif labels is not None and corpus is not None and data is None:
        from framing.training.loaded.adapt import adapt_to_labels

        adapt_to_labels(labels, corpus, output, tell=click.echo)
    else:
        raise click.UsageError("give either --data, or --labels and --corpus")


@command.command("voice")
@click.option(
    "--data",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder with the labelled corpora (README, 'Evaluation data').",
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder for voice.npz and voice.json.",
)
def voice(data: Path, output: Path) -> None:
    """Train the voice model: who says it (about seven minutes on two cores).

    Seeded: the same data, platform and library versions give the same file, byte for byte.
    """
    from framing.training.voice import build_voice

    build_voice(data, output, tell=click.echo)
