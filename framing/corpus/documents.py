"""Rows of a corpus table become documents; what is wrong with a row becomes its status and message."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, timedelta

import pandas as pd

from framing.records import Document

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s].*)?\Z")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_FORMATS = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%a, %d %b %Y", "%d.%m.%Y", "%Y/%m/%d", "%Y-%m-%d")
_SURROGATE = re.compile("[\ud800-\udfff]")
_EARLIEST = date(1600, 1, 1)


def documents_of(frame: pd.DataFrame) -> list[Document]:
    """Turn a canonical table (:func:`framing.corpus.columns.canonical`) into documents.

    Columns ``status`` and ``problem`` are taken over where a reader already found a row broken.

    Examples
    --------
    >>> frame = pd.DataFrame({"doc_id": ["a", "a"], "outlet": "X", "published": ["2020-02-30", "2020-02-03"],
    ...                       "title": "", "text": "Words."})
    >>> [(d.doc_id, d.status, d.published) for d in documents_of(frame)]
    [('a', 'bad_date', ''), ('a#2', 'duplicate_id', '2020-02-03')]
    """
    seen: Counter[str] = Counter()
    documents = []
    columns = ["doc_id", "outlet", "published", "title", "text"]
    status = frame["status"].tolist() if "status" in frame else [""] * len(frame)
    problem = frame["problem"].tolist() if "problem" in frame else [""] * len(frame)
    rows = frame[columns].itertuples(index=False, name=None)
    for number, (row, given, known) in enumerate(zip(rows, status, problem, strict=True), start=1):
        raw_id, outlet, published, title, text = row
        documents.append(_document(str(raw_id).strip() or f"row-{number}", str(outlet).strip(), str(published).strip(),
                                   str(title), str(text), given, known, seen))  # fmt: skip
    return documents


def _document(
    doc_id: str, outlet: str, published: str, title: str, text: str, given: str, known: str, seen: Counter[str]
) -> Document:
    problems = [known] if known else []
    status = given or "ok"
    doc_id = _SURROGATE.sub("\ufffd", doc_id)
    seen[doc_id] += 1
    if seen[doc_id] > 1:
        problems.append(f"doc_id {doc_id!r} is taken by an earlier row; this row was not scored")
        doc_id, status = f"{doc_id}#{seen[doc_id]}", "duplicate_id"
    iso = parse_date(published)
    if published and not iso:
        problems.append(f"date {published[:40]!r} is not a date; expected YYYY-MM-DD")
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
