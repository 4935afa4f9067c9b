"""``framing evaluate``: figures of the engine, with floors if asked for."""

from __future__ import annotations

import tomllib
from pathlib import Path

import click

from framing.cli.options import CLASSIFIER, data_option

PARTS = ("seed", "known-groups", "voice", "lexicon", "classifier", "comparison")
ON_REQUEST = ("voice-outlets",)
"""Parts that take a quarter of an hour: measured only if they are named."""


@click.command("evaluate")
@click.argument("parts", nargs=-1, type=click.Choice((*PARTS, *ON_REQUEST)))
@data_option()
@click.option(
    "--bounds",
    "floors",
    type=click.Path(path_type=Path, exists=True),
    default=None,
    help="TOML with [floors], [ceilings] and [data] (sha256 of the files); exit code 1 if a bound is missed.",
)
@CLASSIFIER
def command(parts: tuple[str, ...], data: Path, floors: Path | None, classifier: Path | None) -> None:
    """Measure PARTS: seed, known-groups, voice, lexicon, classifier, comparison (all), or voice-outlets.

    voice-outlets trains the attribution labeller without one outlet at a time (a quarter of an hour).

    The corpora belong to others and do not ship; missing data is an error, never a skipped check.
    """
    import pandas as pd

    from framing.cli.show import print_table
    from framing.corpus.outside import data_file
    from framing.errors import InputError
    from framing.evaluation.classifier import evaluate_classifier
    from framing.evaluation.comparison import evaluate_comparison
    from framing.evaluation.known_groups import evaluate_known_groups
    from framing.evaluation.lexicon import evaluate_lexicon
    from framing.evaluation.outlets import evaluate_outlets
    from framing.evaluation.report import with_bounds
    from framing.evaluation.seed import evaluate_seed
    from framing.evaluation.voice import evaluate_voice
    from framing.provenance import file_digest

    run = {
        "seed": evaluate_seed,
        "known-groups": evaluate_known_groups,
        "voice": evaluate_voice,
        "lexicon": evaluate_lexicon,
        "classifier": lambda folder: evaluate_classifier(folder, classifier),
        "comparison": evaluate_comparison,
        "voice-outlets": evaluate_outlets,
    }
    figures = [figure for name in (parts or PARTS) for figure in run[name](data)]
    if floors is not None:
        pinned = tomllib.loads(floors.read_text(encoding="utf-8"))
        for name, digest in pinned["data"].items():
            if file_digest(data_file(data, name)) != digest:
                raise InputError(
                    "the evaluation data is not the pinned one",
                    where=str(data / name),
                    fix="floors hold for one version of the data: restore it, or measure anew and pin",
                )
        figures = with_bounds(figures, floors=pinned["floors"], ceilings=pinned["ceilings"])
    shown = pd.DataFrame(
        {
            "figure": [f.name for f in figures],
            "value": [f"{f.value:.3f}" for f in figures],
            "bound": [f.bound for f in figures],
            "": ["" if not f.bound else "ok" if f.passed else "MISSED" for f in figures],
            "note": [f.note for f in figures],
        }
    )
    print_table(shown, right=("value",))
    if not all(f.passed for f in figures):
        raise click.exceptions.Exit(1)
