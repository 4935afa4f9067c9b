"""Does a difference hold? The same comparison without this entry, that article, those copies ...

A difference that one word, one article or one choice of the analyst makes is a fact about that word,
article or choice. Each row of the panel repeats one comparison with one thing changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Unpack

import numpy as np
import pandas as pd

from framing.analysis.comparison import compare
from framing.analysis.features import ANY
from framing.analysis.robustness.influence import ratios_without_each_article
from framing.analysis.robustness.split_half import split_half
from framing.analysis.robustness.variants import Variant, variants
from framing.analysis.units import ArticleMatrix, Choice, article_matrix
from framing.errors import AnalysisError, FramingError

COLUMNS = (
    "check", "variant", "n_articles", "n_articles_versus", "n_mentions", "n_mentions_versus", "ratio",
    "ratio_low", "ratio_high", "p", "note",
)  # fmt: skip


def robustness(
    documents: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    target: str,
    reference: str | None = None,
    feature: str = ANY,
    min_articles: int = 5,
    permutations: int = 999,
    seed: int = 0,
    splits: int = 100,
    **choice: Unpack[Choice],
) -> pd.DataFrame:
    """Repeat one comparison under every choice that could have made it.

    Parameters
    ----------
    documents, counts, choice
        As in :func:`framing.analysis.comparison.compare`.
    target, reference
        The two sides; by default the target against the rest.
    feature
        Category (or ``any``) that is compared; ignored if ``choice`` names entries.
    min_articles, permutations, seed
        As in the comparison.
    splits
        Random splits of the A/A check, on each of the groups in turn.

    Returns
    -------
    pandas.DataFrame
        One row a variant:

        check, variant
            What was changed: ``as asked``; ``without entry`` (the entries with most mentions, one at
            a time); ``without article`` (the article whose absence moves the ratio most);
            ``duplicates``; ``classifier`` (every mention, those not judged plain, those judged
            loaded); ``voice`` (the target's voice with mentions of unknown voice added, all voices);
            ``period`` (halves by date); ``A/A`` (random halves of one group).
        n_articles, n_articles_versus, n_mentions, n_mentions_versus, ratio, ratio_low, ratio_high, p
            As in the comparison. In the row ``A/A`` p is the share of splits with p of .05 or less,
            which should be near .05.
        note
            What to look for, or why a variant could not be computed.

        ``attrs["method"]``: ``holds``, how many variants keep the direction of the ratio, and
        ``n_variants``; ``tipping_share``: the share of the side with the higher rate whose mentions
        would have to be errors (of lexicon, voice or classifier), beyond any errors that both sides
        share, before the rates were equal; and the options.

    Raises
    ------
    AnalysisError
        If an option is unknown or a side does not exist.

    Examples
    --------
    >>> from framing.tables import build
    >>> documents = build("documents", [
    ...     (f"{i:02}", "AB"[i // 10], "2017-04-04", "", 500, 500, 0, 0, 0, 0, 0, "", "ok", "")
    ...     for i in range(20)])
    >>> counts = build("counts", [
    ...     (f"{i:02}", "junta" if i % 2 else "regime", "delegitimisation", "", "own", "yes",
    ...      4 - 2 * (i // 10), 0)
    ...     for i in range(20)])
    >>> table = robustness(documents, counts, target="A", feature="delegitimisation", splits=20)
    >>> table.set_index("variant").loc[["as asked", "junta"], "ratio"].tolist()
    [2.0, 2.0]
    >>> table.attrs["method"]["tipping_share"]
    0.5
    """
    if choice.get("level", "category") != "category":
        raise AnalysisError(
            "the panel checks one frame or one set of entries", where="option level",
            got=repr(choice["level"]), allowed="category", fix="name the entries (entries=...)",
        )  # fmt: skip
    single: dict[str, Any] = {**choice}
    if choice.get("entries") is None:
        single |= {"category": feature, "level": "category"}
    sides: dict[str, Any] = {"target": target, "reference": reference, "min_articles": min_articles,
             "permutations": permutations, "seed": seed}  # fmt: skip
    asked = _compared(Variant("as asked", "as asked", documents, counts, single), sides)
    if asked["note"].startswith("not computed"):
        compare(documents, counts, **sides, **single)  # raises what is wrong with the question
    rows = [asked]
    rows += [_compared(variant, sides) for variant in variants(documents, counts, single)]
    rows.append(_without_an_article(article_matrix(documents, counts, **single), target, reference))
    rows.append(_random_halves(documents, counts, single, splits=splits, seed=seed))
    table = pd.DataFrame(rows)[list(COLUMNS)].astype(
        {name: "Int64" for name in COLUMNS if name.startswith("n_")}
    )
    changed = table[~table["check"].isin(["A/A", "as asked"]) & ~table["note"].str.startswith("not computed")]
    ratio = _open(asked)
    ratios = [_open(row) for row in changed.to_dict("records")]
    table.attrs["method"] = {
        "target": target,
        "reference": reference,
        "feature": asked["feature"],
        "n_variants": len(ratios),
        # A variant that leaves no mention on either side does not bear the difference out.
        "holds": sum((r > 1) == (ratio > 1) and r != 1 and r == r for r in ratios),
        "tipping_share": 1 - min(ratio, 1 / ratio) if ratio > 0 else 1.0 if ratio == 0 else ratio,
        "permutations": permutations,
        "seed": seed,
        "splits": splits,
        "min_articles": min_articles,
    }
    return table


def _open(row: Mapping[Any, Any]) -> float:
    """Return the ratio; infinity where only the target has mentions, not a number where neither has."""
    ratio = float(row["ratio"])
    mentions = row["n_mentions"]
    return float("inf") if ratio != ratio and not pd.isna(mentions) and mentions > 0 else ratio


def _compared(variant: Variant, sides: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row of a variant; one that cannot be computed says why."""
    row: dict[str, Any] = {"check": variant.check, "variant": variant.name, "note": ""}
    try:
        table = compare(
            variant.documents, variant.counts, **sides, **{**variant.choice, "allow_unmatched": True}
        )
    except FramingError as error:
        return _blank(row, f"not computed: {error.what}")
    found = table.iloc[0]
    return {**row, **{name: found[name] for name in ("feature", *COLUMNS[2:])}}


def _without_an_article(matrix: ArticleMatrix, target: str, reference: str | None) -> dict[str, Any]:
    """Return the ratio without the one article that moves it most."""
    if reference is not None:
        matrix = matrix.select(np.isin(matrix.groups, [target, reference]))
    inside = matrix.groups == target
    y = matrix.counts[:, 0].astype(np.float64)
    row: dict[str, Any] = {"check": "without article", "variant": ""}
    without = ratios_without_each_article(y, matrix.words, inside, matrix.strata)
    known = np.isfinite(without) & (without > 0)
    if not known.any():
        return _blank(row, "not computed: a side has mentions in one article at most")
    middle = np.median(np.log(without[known]))
    moved = np.abs(np.log(np.where(known, without, np.exp(middle))) - middle)
    left_out = int(moved.argmax())
    kept = np.arange(len(y)) != left_out
    return {
        **row,
        "variant": str(matrix.doc_ids[left_out]),
        "n_articles": int((inside & kept).sum()),
        "n_articles_versus": int((~inside & kept).sum()),
        "n_mentions": int(y[inside & kept].sum()),
        "n_mentions_versus": int(y[~inside & kept].sum()),
        "ratio": float(without[left_out]),
        "note": f"without any one article the ratio lies between {without[known].min():.2f} "
        f"and {without[known].max():.2f}",
    }


def _random_halves(
    documents: pd.DataFrame, counts: pd.DataFrame, choice: Mapping[str, Any], *, splits: int, seed: int
) -> dict[str, Any]:
    """Return the row of the A/A check: p is the share of splits in which halves of one group differ."""
    row: dict[str, Any] = {"check": "A/A", "variant": "random halves of one group"}
    try:
        table = split_half(documents, counts, splits=splits, seed=seed, **choice)
    except FramingError as error:
        return _blank(row, f"not computed: {error.what}")
    if table.empty:
        return _blank(row, "not computed: no mention in any half")
    found = table.iloc[0]
    return {
        **row,
        "p": float(found["rejected"]),
        "note": f"share of {int(found['n_splits'])} splits with p of .05 or less; near .05 the test is honest"
        + (f"; {found['note']}" if found["note"] else ""),
    }


def _blank(row: Mapping[str, Any], note: str) -> dict[str, Any]:
    return {**row, "note": note}
