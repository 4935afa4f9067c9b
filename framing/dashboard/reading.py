"""One article as the reader page needs it, from the tables of a result or from a fresh analysis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from framing.errors import InputError
from framing.pipeline import Result
from framing.records import Span
from framing.report.article import ArticleView
from framing.scoring.loaded.explain import Contribution, chance_of

_SAME = 1e-6
"""Chances that differ by more were not given by the same classifier to the same mention."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Title and text with the mentions (numbered from 0) and the stretches that do not count.

    ``lexicons`` maps the ids of the lexicons that were used to their digests, empty if they are
    the installed ones.
    """

    title: str
    text: str
    outlet: str
    published: str
    message: str
    mentions: pd.DataFrame
    removed: tuple[tuple[Span, str], ...]
    lexicons: dict[str, str]

    def number_at(self, place: str) -> int:
        """Return the number of the mention at a place (:func:`place_of`), -1 if there is none."""
        starts = zip(self.mentions["in_title"], self.mentions["start"], strict=True)
        places = [place_of(in_title=bool(t), start=int(s)) for t, s in starts]
        return places.index(place) if place in places else -1


def place_of(*, in_title: bool, start: int) -> str:
    """Return where a mention starts, as it stands in an address.

    Examples
    --------
    >>> place_of(in_title=False, start=120), place_of(in_title=True, start=0)
    ('120', 'title-0')
    """
    return f"title-{start}" if in_title else str(start)


def reading_of_view(view: ArticleView) -> Reading:
    """Return what the reader page shows of a text that was just analysed."""
    document = view.article.document
    removed = tuple((r.span, r.reason) for r in view.article.removals)
    return Reading(
        document.title,
        document.text,
        document.outlet,
        document.published,
        view.article.message,
        view.mentions,
        removed,
        {},
    )


def reading_of_result(result: Result, doc_id: str) -> Reading:
    """Return what the reader page shows of an article of a result.

    Raises
    ------
    InputError
        If there is no such article, or the result was saved without its texts.
    """
    rows = result.documents[result.documents["doc_id"] == doc_id]
    if rows.empty:
        raise InputError(
            "there is no such article",
            where="the loaded corpus",
            got=doc_id,
            fix="choose one from the list, or open the corpus that the link is about",
        )
    texts = result.texts.loc[result.texts["doc_id"] == doc_id, "text"]
    if texts.empty:
        raise InputError(
            "the text of this article was not kept",
            where=doc_id,
            got="no row in the texts table",
            fix="score the corpus again without --no-texts (keep_texts=True)",
        )
    row = rows.iloc[0]
    mentions = result.mentions[result.mentions["doc_id"] == doc_id].reset_index(drop=True)
    removals = result.removals[result.removals["doc_id"] == doc_id]
    removed = tuple(
        (Span(int(start), int(end)), str(reason))
        for start, end, reason in zip(removals["start"], removals["end"], removals["reason"], strict=True)
    )
    message = str(row["message"])
    if row["status"] != "ok":
        message = f"status {row['status']}" + (f": {message}" if message else "")
    if row["duplicate_of"]:
        message = f"{message}; " * bool(message) + f"copy of {row['duplicate_of']}"
    return Reading(
        str(row["title"]),
        str(texts.iloc[0]),
        str(row["outlet"]),
        str(row["published"]),
        message,
        mentions,
        removed,
        _digests(result.run.get("lexicons")),
    )


def with_contributions(reading: Reading, parts: Sequence[Sequence[Contribution]]) -> Reading:
    """Return a reading whose mentions have a column ``contributions``: what made ``p_loaded``.

    Parameters
    ----------
    reading
        An article, perhaps from the stored tables of a run with other lexicons or another classifier.
    parts
        What :func:`framing.pipeline.explained.explained` says of its text now, for each mention. Where
        that does not add up to the stored ``p_loaded``, the mention gets none: it would be wrong.
    """
    stored = reading.mentions["p_loaded"].tolist()
    found = parts if len(parts) == len(stored) else [[] for _ in stored]
    kept = [
        list(own) if own and abs(chance_of(own) - chance) < _SAME else []
        for own, chance in zip(found, stored, strict=True)
    ]
    column = pd.Series(kept, index=reading.mentions.index, dtype=object)
    return replace(reading, mentions=reading.mentions.assign(contributions=column))


def _digests(lexicons: object) -> dict[str, str]:
    entries = lexicons if isinstance(lexicons, list) else []
    return {str(x.get("id")): str(x.get("sha256")) for x in entries if isinstance(x, dict)}
