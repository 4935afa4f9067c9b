"""The card of a classifier as a page to read: Markdown, written from the facts in the JSON card alone."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

Facts = Mapping[str, object]

MEASURES = {
    "auc": "AUC (0.5: chance, 1: best)",
    "same_entry_auc": "AUC of pairs of mentions of one entry (0.5: the context tells nothing)",
    "accuracy": "accuracy at a chance of 0.5",
    "surest": "accuracy of the surest 85 %",
    "ece": "expected calibration error (0: best)",
}
"""Figures of all mentions, in the order of the page."""

DIGESTS = {"base": "the classifier it was adapted from", "labels_sha256": "labels", "corpus_sha256": "corpus"}
"""Digests of an adapted classifier; those of the arrays and of the data stand beside them."""


def write_page(card: Path) -> Path:
    """Write the page of a JSON card beside it (``loaded.json``: ``loaded.md``) and return its path."""
    facts = json.loads(card.read_text(encoding="utf-8"))
    page = card.with_suffix(".md")
    page.write_text(page_of(facts), encoding="utf-8", newline="\n")
    return page


def page_of(facts: Facts) -> str:
    """Return the page of a card.

    Parameters
    ----------
    facts
        The JSON card. What it does not say is left out: cards of older versions have fewer facts.

    Returns
    -------
    str
        Markdown with data and licences, readers and their agreement, figures with the baseline beside each,
        error rates, limits, how to build it again, and digests. The same facts give the same page, whatever
        their order.

    Examples
    --------
    >>> print(page_of({"name": "loaded", "sha256": "ab12", "limits": ["English news."]}))
    # Model card: loaded
    <BLANKLINE>
    Says of each mention ...
    <BLANKLINE>
    ## Limits
    <BLANKLINE>
    - English news.
    <BLANKLINE>
    ## Digests
    <BLANKLINE>
    | what | sha256 |
    |---|---|
    | arrays (loaded.npz) | `ab12` |
    <BLANKLINE>
    """
    blocks = [f"# Model card: {_cell(facts.get('name', 'loaded'))}", *_start(facts)]
    parts = (
        ("Data", _data), ("Readings", _readings), ("How good it is", _figures), ("By slice", _slices),
        ("Error rates", _errors), ("Limits", _limits), ("Building it again", _retrain), ("Digests", _digests),
    )  # fmt: skip
    for title, part in parts:
        found = list(part(facts))
        if found:
            blocks += [f"## {title}", *found]
    return "\n\n".join(blocks) + "\n"


def _start(facts: Facts) -> Iterator[str]:
    yield (
        "Says of each mention of a lexicon entry how likely it is loaded in its place, and which frame it "
        "then carries. It imitates readers who follow the codebook: evidence to look at, never a verdict."
    )
    if "base" in facts:
        yield "Adapted from the shipped classifier to own labels."


def _data(facts: Facts) -> Iterator[str]:
    rows = []
    for name, said in _sorted(facts.get("trained_on")):
        sizes = [f"{value:,} {key}" for key, value in sorted(said.items()) if isinstance(value, int)]
        texts = (name, said.get("role", "weights"), ", ".join(sizes), said.get("licence", "not stated"))
        rows.append([_cell(text) for text in texts])
    if rows:
        yield _table(["data", "what for", "how much", "licence"], rows)


def _readings(facts: Facts) -> Iterator[str]:
    readings = facts.get("readings")
    if not isinstance(readings, Mapping):
        return
    mentions, entries, twice, third = (
        _number(readings.get(name)) for name in ("mentions", "entries", "read_twice", "adjudicated")
    )
    yield (
        f"{mentions} mentions of {entries} entries were read in all, test folds included, {twice} of them "
        f"twice and {third} a third time, to decide. The readers: {_cell(readings.get('readers'))}."
    )
    rows = [
        [_cell(name), said.get("n"), said.get("equal"), said.get("alpha")]
        for name, said in _sorted(readings.get("agreement"))
    ]
    yield _table(["two readers agree on", "mentions", "equal answers", "Krippendorff's alpha"], rows)


def _figures(facts: Facts) -> Iterator[str]:
    own, other = facts.get("validation"), facts.get("validation_of_baseline")
    if not isinstance(own, Mapping):
        return
    yield (
        f"{_number(own.get('n'))} mentions, each answered by a model that never saw its document. "
        "Calibration, threshold and the band of unsure answers were fitted on these answers."
    )
    if "base" not in facts:
        yield "Documents that took no part at all: `framing evaluate classifier --data DATA`."
    if isinstance(other, Mapping):
        yield f"Baseline: {_cell(facts.get('baseline', 'not named'))}."
    beside = other if isinstance(other, Mapping) else {}
    rows = [[title, beside.get(name), own.get(name)] for name, title in MEASURES.items()]
    yield _table(["figure", "baseline", "classifier"], rows)


def _slices(facts: Facts) -> Iterator[str]:
    rows = []
    for name, said in _sorted(facts.get("slices")):
        own, other = said.get("classifier"), said.get("baseline")
        if isinstance(own, Mapping) and isinstance(other, Mapping):
            pairs = [f"{_number(other.get(m))} / {_number(own.get(m))}" for m in ("auc", "accuracy", "ece")]
            rows.append([_cell(name), said.get("n"), said.get("loaded"), *pairs])
    if rows:
        yield "Baseline / classifier. A slice with few mentions tells little."
        yield _table(["slice", "mentions", "loaded", "AUC", "accuracy", "calibration error"], rows)


def _errors(facts: Facts) -> Iterator[str]:
    rates = ("precision_loaded", "recall_loaded", "precision_plain", "recall_plain")
    rows = [
        [_cell(name), f"{said.get('n', 0):,.0f}", *(said.get(rate) for rate in rates)]
        for name, said in _sorted(facts.get("error_rates"))
    ]
    if rows:
        yield (
            f"Called loaded from a chance of {_number(facts.get('threshold'))} on. How that was chosen: "
            f"{_cell(facts.get('criterion'))}. Shares can be corrected for these rates."
        )
        head = ["precision, loaded", "recall, loaded", "precision, plain", "recall, plain"]
        yield _table(["slice", "mentions", *head], rows)


def _limits(facts: Facts) -> Iterator[str]:
    limits = facts.get("limits")
    if isinstance(limits, Sequence) and not isinstance(limits, str) and limits:
        yield "\n".join(f"- {_cell(limit)}" for limit in limits)


def _retrain(facts: Facts) -> Iterator[str]:
    if "retrain" not in facts:
        return
    yield f"```sh\n{_cell(facts['retrain'])}\n```"
    libraries = facts.get("libraries")
    if isinstance(libraries, Mapping):
        versions = ", ".join(f"{name} {libraries[name]}" for name in sorted(libraries))
        yield (
            f"Seed {_cell(facts.get('seed'))}; {_cell(versions)}. The same data, platform and versions give "
            "the same file, byte for byte."
        )


def _digests(facts: Facts) -> Iterator[str]:
    found = {"arrays (loaded.npz)": facts.get("sha256")}
    found |= {title: facts[name] for name, title in DIGESTS.items() if name in facts}
    lexicons = facts.get("lexicons")
    for one in lexicons if isinstance(lexicons, list) else []:
        if isinstance(one, Mapping):
            found[f"lexicon {one.get('id')} {one.get('version')}"] = one.get("sha256")
    data = facts.get("data_sha256")
    found |= {str(name): data[name] for name in sorted(data)} if isinstance(data, Mapping) else {}
    yield _table(["what", "sha256"], [[_cell(name), f"`{_cell(digest)}`"] for name, digest in found.items()])


def _sorted(facts: object) -> list[tuple[str, Facts]]:
    """Return the named parts of a fact by name, ``all`` first."""
    if not isinstance(facts, Mapping):
        return []
    parts = [(str(name), said) for name, said in facts.items() if isinstance(said, Mapping)]
    return sorted(parts, key=lambda part: (part[0] != "all", part[0]))


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(map(_number, row))} |" for row in rows)])


def _number(value: object) -> str:
    """Return a number as people read it, a missing one as a dash, everything else as it is."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "–"
    if isinstance(value, float):
        return f"{value:.3f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _cell(value: object) -> str:
    """Return text that breaks no table and holds no markup of its own: names come from users' files."""
    text = "–" if value is None else " ".join(str(value).split())
    for sign, safe in (("&", "&amp;"), ("<", "&lt;"), *((sign, f"\\{sign}") for sign in "\\|[`*")):
        text = text.replace(sign, safe)
    return text
