"""Rows of a corpus table become documents; what is wrong with a row becomes its status and message."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pandas as pd

from framing.provenance import digest
from framing.records import Document

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s].*)?\Z")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_FORMATS = (
    "%d %B %Y",
    "%B %d, %Y",
    "%d %b %Y",
    "%b %d, %Y",
    "%a, %d %b %Y",
    "%d.%m.%Y",
    "%Y/%m/%d",
    "%Y-%m-%d",
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_EARLIEST = date(1600, 1, 1)
_SHOWN = 40
"""Characters of a broken value that a message repeats."""


def documents_of(frame: pd.DataFrame) -> list[Document]:
    """Turn a canonical table (:func:`framing.corpus.columns.canonical`) into documents.

    A row that a reader marked ``bad_text`` in the column ``status`` keeps that and its ``problem``;
    other values are columns of the corpus with the same names and mean nothing here. A row whose
    doc_id is taken gets a new one, so that doc_ids are unique; no other row ever loses its own.

    Examples
    --------
    >>> frame = pd.DataFrame({"doc_id": ["a", "a"], "outlet": "X", "published": ["2020-02-30", "2020-02-03"],
    ...                       "title": "", "text": "Words."})
    >>> [(d.doc_id, d.status, d.published) for d in documents_of(frame)]
    [('a', 'bad_date', ''), ('a#2', 'duplicate_id', '2020-02-03')]
    """
    documents = []
    columns = ["doc_id", "outlet", "published", "title", "text"]
    status = frame["status"].tolist() if "status" in frame else [""] * len(frame)
    problem = frame["problem"].tolist() if "problem" in frame else [""] * len(frame)
    rows = list(frame[columns].itertuples(index=False, name=None))
    ids = _Ids(_SURROGATE.sub("\ufffd", str(row[0]).strip()) for row in rows)
    for number, (row, given, known) in enumerate(zip(rows, status, problem, strict=True), start=1):
        _, outlet, published, title, text = row
        broken = isinstance(given, str) and given == "bad_text"
        doc_id, taken = ids.next(number)
        why = known if isinstance(known, str) and known else "the reader could not read this row"
        problems = [why] if broken else []
        if taken:
            problems.append(taken)
        found = "duplicate_id" if taken else "bad_text" if broken else "ok"
        documents.append(
            _document(
                doc_id, str(outlet).strip(), str(published).strip(), str(title), str(text), found, problems
            )
        )
    return documents


def document_of(text: str, *, title: str = "", outlet: str = "", published: str = "") -> Document:
    """Turn one text into a document, as :func:`documents_of` does with the rows of a table.

    Examples
    --------
    >>> found = document_of("Words.", published="3 February 2020")
    >>> found.doc_id, found.outlet, found.published
    ('article', 'article', '2020-02-03')
    """
    row = {
        "doc_id": "article",
        "outlet": outlet or "article",
        "published": published,
        "title": title,
        "text": text,
    }
    # Objects, not pandas texts: those refuse the lone surrogates that are replaced and reported here.
    frame = pd.DataFrame({name: pd.Series([value], dtype=object) for name, value in row.items()})
    return documents_of(frame)[0]


def corpus_digest(documents: Iterable[Document]) -> str:
    """Return the digest of a corpus, the same whatever the order of its documents.

    Examples
    --------
    >>> one, two = Document("a", "Words."), Document("b", "Words.")
    >>> corpus_digest([one, two]) == corpus_digest([two, one]), corpus_digest([one]) == corpus_digest([two])
    (True, False)
    """
    return digest(sorted(digest([d.doc_id, d.outlet, d.published, d.title, d.text]) for d in documents))


class _Ids:
    """Give each row an id that no other row has or asks for."""

    def __init__(self, wanted: Iterable[str]) -> None:
        self._wanted = list(wanted)
        self._used = set(self._wanted)
        self._seen: Counter[str] = Counter()

    def next(self, number: int) -> tuple[str, str]:
        """Return the id of row ``number`` (from 1), and what is wrong if its own was taken."""
        own = self._wanted[number - 1]
        self._seen[own] += 1
        if own and self._seen[own] == 1:
            return own, ""
        stem, at = (own, self._seen[own]) if own else ("row", number)
        sign = "#" if own else "-"
        while f"{stem}{sign}{at}" in self._used:
            at += 1
        fresh = f"{stem}{sign}{at}"
        self._used.add(fresh)
        taken = f"doc_id {own[:_SHOWN]!r} is taken by an earlier row; this row was not scored"
        return fresh, taken if own else ""


def _document(
    doc_id: str, outlet: str, published: str, title: str, text: str, status: str, problems: list[str]
) -> Document:
    iso = parse_date(published)
    if published and not iso:
        problems.append(f"date {published[:_SHOWN]!r} is not a date; expected YYYY-MM-DD")
        status = "bad_date" if status == "ok" else status
    if not outlet:
        problems.append("no outlet given")
        status = "no_outlet" if status == "ok" else status
    lone = len(_SURROGATE.findall(text)) + len(_SURROGATE.findall(title))
    if lone:
        problems.append(f"{lone} lone surrogates (broken encoding) replaced by U+FFFD")
    return Document(doc_id, _SURROGATE.sub("\ufffd", text), _SURROGATE.sub("\ufffd", outlet), iso,
                    _SURROGATE.sub("\ufffd", title), status, "; ".join(problems))  # fmt: skip


def parse_date(value: str) -> str:
    """Return the ISO date of a value, or an empty text if it is none.

    Examples
    --------
    >>> parse_date("2016-11-21T08:00:00Z"), parse_date("21 November 2016"), parse_date("2016-13-01")
    ('2016-11-21', '2016-11-21', '')
    """
    value = value.strip()
    match = _ISO.match(value) or _COMPACT.match(value)
    parsed: date | None = None
    try:
        if match:
            parsed = date(*(int(part) for part in match.groups()))
    except ValueError:
        return ""
    for form in _FORMATS if parsed is None else ():
        try:
            parsed = datetime.strptime(value, form).date()
            break
        except ValueError:
            continue
    if parsed is None or parsed < _EARLIEST or parsed > date.today() + timedelta(days=36525):
        return ""
    return parsed.isoformat()
