"""``framing compare robustness``, ``halves``, ``corrected`` and ``adjusted``: how far a difference holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from framing.cli.compare.layout import P_AND_Q, Field, count, limits, printed, text
from framing.cli.compare.options import (
    FOLDER,
    choice_options,
    give,
    output_options,
    permutation_options,
    side_options,
)

if TYPE_CHECKING:
    import pandas as pd

    from framing.analysis.units import Choice


@click.command("robustness")
@FOLDER
@choice_options
@side_options
@click.option("--splits", default=100, show_default=True, help="Random halves of the A/A check.")
@permutation_options
@output_options
def robustness_command(
    folder: Path,
    choice: Choice,
    target: str | None,
    reference: str | None,
    splits: int,
    min_articles: int,
    permutations: int,
    seed: int,
    form: str,
    output: Path | None,
) -> None:
    """Repeat one comparison without single entries and articles, with other options, on random halves.

    Needs --target; --category says which frame (all frames together if it is left out).
    """
    from framing.analysis.comparison import compare
    from framing.analysis.robustness.robustness import robustness
    from framing.analysis.robustness.wording import reading
    from framing.pipeline import Result

    if target is None:
        raise click.UsageError("--target is needed: the panel checks one group")
    result = Result.load(folder)
    feature = choice.get("category") or "any"
    sides: dict[str, Any] = {"target": target, "reference": reference, "min_articles": min_articles,
             "permutations": permutations, "seed": seed}  # fmt: skip
    panel = robustness(result.documents, result.counts, feature=feature, splits=splits, **sides, **choice)
    give(panel, result, form=form, output=output, show=_show_panel)
    if form == "table" and output is None:
        single: Choice = {**choice} if choice.get("entries") else {**choice, "category": feature}
        table = compare(result.documents, result.counts, **sides, **single)
        click.echo("\n" + reading(table.iloc[0].to_dict(), table.attrs["method"], panel))


@click.command("halves")
@FOLDER
@choice_options
@click.option("--group", default=None, help="The group to split (default: all large enough, in turn).")
@click.option("--arm", default=None, type=int, help="Articles of each half (default: half of the group).")
@click.option("--splits", default=200, show_default=True)
@click.option("--seed", default=0, show_default=True)
@output_options
def halves_command(
    folder: Path,
    choice: Choice,
    group: str | None,
    arm: int | None,
    splits: int,
    seed: int,
    form: str,
    output: Path | None,
) -> None:
    """Split a group at random in two, where nothing differs, and count what the tests "find" (A/A)."""
    from framing.analysis.robustness.split_half import split_half
    from framing.pipeline import Result

    result = Result.load(folder)
    table = split_half(
        result.documents, result.counts, group=group, arm=arm, splits=splits, seed=seed, **choice
    )
    give(table, result, form=form, output=output, show=_show_halves)


@click.command("corrected")
@FOLDER
@choice_options
@click.option(
    "--decisions", type=click.Path(path_type=Path, exists=True, dir_okay=False), default=None,
    help="CSV of your own readings beside what the engine said (default: the readings that ship).",
)  # fmt: skip
@click.option("--seed", default=0, show_default=True)
@output_options
def corrected_command(
    folder: Path, choice: Choice, decisions: Path | None, seed: int, form: str, output: Path | None
) -> None:
    """Correct rates for the errors of lexicon, voice and classifier, with the uncertainty of doing so."""
    import pandas as pd

    from framing.analysis.measurement.measurement import corrected_rates
    from framing.errors import InputError
    from framing.pipeline import Result

    result = Result.load(folder)
    read = None
    if decisions is not None:
        try:
            read = pd.read_csv(decisions, keep_default_na=False)
        except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
            raise InputError(
                "the readings are no CSV", where=str(decisions), got=str(error),
                fix="save them as CSV in UTF-8",
            ) from error  # fmt: skip
    table = corrected_rates(result.documents, result.counts, decisions=read, seed=seed, **choice)
    give(table, result, form=form, output=output, show=_show_corrected)


@click.command("adjusted")
@FOLDER
@choice_options
@side_options
@click.option(
    "--covariate", "covariates", multiple=True, default=("date", "length"), show_default=True,
    help="date, length, or a column of the documents table; may be given more than once.",
)  # fmt: skip
@click.option("--cluster", default=None, help="Column whose articles belong together, such as event.")
@click.option("--min-articles", default=20, show_default=True)
@output_options
def adjusted_command(
    folder: Path,
    choice: Choice,
    target: str | None,
    reference: str | None,
    covariates: tuple[str, ...],
    cluster: str | None,
    min_articles: int,
    form: str,
    output: Path | None,
) -> None:
    """Adjust rate ratios for date, length, topic ... (negative binomial regression, sandwich errors)."""
    from framing.analysis.covariates.covariates import adjusted_ratios
    from framing.pipeline import Result

    result = Result.load(folder)
    table = adjusted_ratios(
        result.documents, result.counts, target=target, reference=reference, covariates=covariates,
        cluster=cluster, min_articles=min_articles, **choice,
    )  # fmt: skip
    give(table, result, form=form, output=output, show=_show_adjusted)


_PANEL = (
    text("check"), text("variant"), count("articles", "n_articles"), count("mentions", "n_mentions"),
    count("there", "n_mentions_versus"), Field("ratio", "ratio"),
    limits("interval", "ratio_low", "ratio_high"), Field("p", "p", "p"), text("note"),
)  # fmt: skip
_HALVES = (
    text("feature"), count("splits", "n_splits"), Field("mentions a split", "n_mentions"),
    Field("rejected", "rejected", "p"), limits("95 % interval", "low", "high"),
    Field("by words", "rejected_by_words", "p"), text("note"),
)  # fmt: skip
_CORRECTED = (
    text("group"), text("feature"), count("mentions", "n_mentions"), Field("rate", "rate"),
    limits("95 % interval", "low", "high"), Field("corrected", "corrected"),
    limits("with its errors", "corrected_low", "corrected_high"), Field("factor", "factor"), text("note"),
)  # fmt: skip
_ADJUSTED = (
    text("group"), text("versus"), text("feature"), count("mentions", "n_mentions"),
    count("there", "n_mentions_versus"), Field("ratio", "ratio"), Field("adjusted", "adjusted"),
    limits("95 % interval", "adjusted_low", "adjusted_high"), *P_AND_Q, text("note"),
)  # fmt: skip


def _show_panel(table: pd.DataFrame) -> None:
    method = table.attrs["method"]
    versus = method["reference"] or "the rest"
    printed(table, _PANEL, title=f"{method['target']} against {versus}: {method['feature']}")
    click.echo(
        f"The direction holds in {method['holds']} of {method['n_variants']} variants. It would take "
        f"{100 * method['tipping_share']:.0f} % of the mentions on the higher side being errors, beyond "
        "those that both sides share, to make the rates equal."
    )


def _show_halves(table: pd.DataFrame) -> None:
    method = table.attrs["method"]
    printed(table, _HALVES, title=f"Random halves of one group, level {method['alpha']}")
    click.echo(
        f"Nothing differs, so about {method['alpha']:g} should be rejected. Splits with any q below it: "
        f"{method['any_discovery']:.3f}; by the test that takes words as independent: "
        f"{method['any_discovery_by_words']:.3f}."
    )


def _show_corrected(table: pd.DataFrame) -> None:
    ordered = table.sort_values(["feature", "corrected"], ascending=[True, False], kind="stable")
    printed(ordered, _CORRECTED, title="Mentions per 1,000 words, as counted and corrected")
    method = table.attrs["method"]
    click.echo(
        f"Corrected by {method['n_readings']:,} readings of {method['n_documents_read']:,} articles "
        f"({method['readings']}). Not corrected: {method['not_corrected']}."
    )


def _show_adjusted(table: pd.DataFrame) -> None:
    method = table.attrs["method"]
    printed(table, _ADJUSTED, title=f"Rate ratios adjusted for {', '.join(method['covariates'])}")
    click.echo(f"{method['model']}. q is over {method['family_size']} fitted rows.")
