"""Precision and recall of the shipped lexicons, by eye: two independent readings, kept stand-off.

``mentions.csv`` holds what two readers said of a random sample of mentions, ``marks.csv`` what they
marked as loaded in random paragraphs before the tool was run. Both tie each row to the passage by a
digest, so that a changed corpus is an error and not a silent shift.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from framing.errors import InputError
from framing.evaluation.reading import CORPORA, passage_digest, read_corpora, score_corpora, texts_of
from framing.evaluation.report import Figure
from framing.pipeline import Result
from framing.provenance import digest
from framing.resources import reading_file

_Texts = Mapping[str, Mapping[tuple[str, bool], str]]
"""By corpus: body (False) and title (True) of each article."""


class Judgement(NamedTuple):
    """What a reader said of one mention; ``frame`` is the category that the reader gives it."""

    corpus: str
    doc_id: str
    in_title: str
    start: str
    end: str
    entry_id: str
    category: str
    passage_sha256: str
    reader: str
    match: str
    loaded: str
    frame: str

    @property
    def place(self) -> tuple[str, str, bool, int, int]:
        """Where the mention stands."""
        return self.corpus, self.doc_id, self.in_title == "yes", int(self.start), int(self.end)


class Mark(NamedTuple):
    """A loaded span that a reader marked in a paragraph; an empty one says that there was none."""

    corpus: str
    doc_id: str
    start: str
    end: str
    passage_sha256: str
    reader: str
    mark_start: str
    mark_end: str
    frame: str

    @property
    def span(self) -> tuple[int, int]:
        """The marked span in the text of the article."""
        return int(self.mark_start), int(self.mark_end)


def evaluate_lexicon(data: Path) -> list[Figure]:
    """Return precision, agreement and recall of the shipped lexicons.

    Figures
    -------
    lexicon.correct_matches
        Share of judgements that call the mention a correct match of its entry, both readers pooled;
        of the mentions that the lexicons of today still find.
    lexicon.right_category
        Share of the judgements "loaded" whose frame is the category that the mention has today.
    lexicon.still_found
        Share of the judged mentions that the lexicons of today still find: below 1 after an edit.
    lexicon.alpha_match, alpha_loaded, alpha_frame
        Krippendorff's alpha of the two readings (nltk). With few "no" in a label alpha is low at any
        rate of agreement, so the share of equal labels stands in the note.
    lexicon.recall
        Share of the marked spans that a mention overlaps, both readers pooled.
    lexicon.recall_agreed
        The same for the spans that both readers marked.
    lexicon.reader_f1
        F1 of the marks of one reader against the other's: what two people reach.
    """
    results = score_corpora(read_corpora(data))
    judged = [Judgement(*row) for row in _rows("mentions.csv", Judgement._fields)]
    marks = [Mark(*row) for row in _rows("marks.csv", Mark._fields)]
    texts = {name: texts_of(result) for name, result in results.items()}
    return [*_precision(judged, results, texts), *_recall(marks, results, texts)]


def _precision(judged: Sequence[Judgement], results: Mapping[str, Result], texts: _Texts) -> list[Figure]:
    columns = ("doc_id", "in_title", "start", "end", "entry_id", "category")
    category_today = {
        (name, doc_id, in_title, start, end, entry_id): category
        for name, result in results.items()
        for doc_id, in_title, start, end, entry_id, category in zip(
            *(result.mentions[c].tolist() for c in columns), strict=True
        )
    }
    unique = {row.place: row for row in judged}
    for (corpus, doc_id, in_title, start, end), row in unique.items():
        text = texts[corpus].get((doc_id, in_title), "")
        _require_same(passage_digest(text, start, end), row.passage_sha256, corpus, doc_id)
    still = [row for row in judged if (*row.place, row.entry_id) in category_today]
    if not still:
        raise InputError("the lexicons find none of the mentions that were read", where="mentions.csv",
                         fix="make new readings")  # fmt: skip
    loaded = [row for row in still if row.loaded == "yes"]
    right = [row.frame == category_today[*row.place, row.entry_id] for row in loaded]
    entries, readers = {row.entry_id for row in judged}, {row.reader for row in judged}
    note = f"{len(unique)} mentions of {len(entries)} entries, {len(readers)} readers"
    figures = [
        Figure("lexicon.correct_matches", sum(row.match == "yes" for row in still) / len(still), note=note),
        Figure("lexicon.right_category", sum(right) / len(right),
               note=f"{len(loaded)} judgements of loaded mentions"),
        Figure("lexicon.still_found", len({row.place for row in still}) / len(unique)),
    ]  # fmt: skip
    for name in ("match", "loaded", "frame"):
        alpha, equal = agreement((row.reader, str(row.place), getattr(row, name) or "none") for row in judged)
        figures.append(Figure(f"lexicon.alpha_{name}", alpha, note=f"{equal:.0%} equal"))
    return figures


def agreement(judgements: Iterable[tuple[str, str, str]]) -> tuple[float, float]:
    """Return Krippendorff's alpha (nominal, at most 1, 0 is chance) and the share of equal pairs.

    Parameters
    ----------
    judgements
        (reader, item, label) triples; items of one reader only are left out.

    Examples
    --------
    >>> alpha, equal = agreement([("a", "1", "x"), ("b", "1", "x"), ("a", "2", "y"), ("b", "2", "y")])
    >>> alpha, equal
    (1.0, 1.0)
    """
    from nltk.metrics.agreement import AnnotationTask  # importing nltk takes seconds

    by_item: dict[str, dict[str, str]] = {}
    for reader, item, label in judgements:
        by_item.setdefault(item, {})[reader] = label
    shared = {item: labels for item, labels in by_item.items() if len(labels) > 1}
    if not shared:
        return float("nan"), float("nan")
    equal = sum(len(set(labels.values())) == 1 for labels in shared.values()) / len(shared)
    if len({label for labels in shared.values() for label in labels.values()}) == 1:
        return float("nan"), equal  # one label throughout: alpha is not defined
    triples = [(reader, item, label) for item, labels in shared.items() for reader, label in labels.items()]
    return float(AnnotationTask(data=triples).alpha()), equal


def _recall(marks: Sequence[Mark], results: Mapping[str, Result], texts: _Texts) -> list[Figure]:
    spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for name, result in results.items():
        body = result.mentions[~result.mentions["in_title"]]
        for doc_id, start, end in zip(*(body[c].tolist() for c in ("doc_id", "start", "end")), strict=True):
            spans.setdefault((name, doc_id), []).append((start, end))
    paragraphs = {(row.corpus, row.doc_id, int(row.start), int(row.end)): row for row in marks}
    for (corpus, doc_id, start, end), row in paragraphs.items():
        text = texts[corpus].get((doc_id, False), "")
        _require_same(digest([text[start:end]]), row.passage_sha256, corpus, doc_id)
    marked = [row for row in marks if row.mark_start]
    hit = [any(_overlap(row.span, other) for other in spans.get(row[:2], ())) for row in marked]
    seconded = [
        any(o.reader != row.reader and o[:2] == row[:2] and _overlap(row.span, o.span) for o in marked)
        for row in marked
    ]
    agreed = [h for h, s in zip(hit, seconded, strict=True) if s]
    note = (
        f"{len(marked)} marks of {len({row.reader for row in marks})} readers in {len(paragraphs)} paragraphs"
    )
    return [
        Figure("lexicon.recall", sum(hit) / len(marked), note=note),
        Figure(
            "lexicon.recall_agreed", sum(agreed) / len(agreed), note=f"{len(agreed)} marks of both readers"
        ),
        # The precision of each reader is the recall of the other: pooled, the share that is seconded.
        Figure("lexicon.reader_f1", sum(seconded) / len(marked)),
    ]


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _require_same(found: str, wanted: str, corpus: str, doc_id: str) -> None:
    if found != wanted:
        raise InputError(
            "a passage is not the one that was read",
            where=f"{corpus}, doc_id {doc_id}",
            fix="restore the corpus that the readings were made on",
        )


def _rows(name: str, columns: tuple[str, ...]) -> list[list[str]]:
    text = reading_file(name).read_text(encoding="utf-8")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    if tuple(header) != columns:
        raise InputError(
            "the readings have other columns", where=name, got=", ".join(header), allowed=", ".join(columns)
        )
    unknown = sorted({row[0] for row in rows} - set(CORPORA))
    if unknown:
        raise InputError("the readings name an unknown corpus", where=name, got=", ".join(unknown))
    return rows
