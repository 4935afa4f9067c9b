"""``framing train``: build a shipped model anew."""

from __future__ import annotations

from pathlib import Path

import click


@click.group("train")
def command() -> None:
    """Train models from labelled corpora."""


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
