"""The tables that every part of the package agrees on: columns, types, meanings.

The mentions table is the hub: every figure and statistic can be traced to its rows. The
documents table always travels with it, because a rate needs the articles without any mention.
The counts table (document x entry x voice x answer of the classifier, zeros left out) is all that the
statistics read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from framing.errors import TableError

VOICES = ("own", "direct", "indirect", "scare", "unknown")
"""Who uses a term: the outlet, a quoted source, a paraphrased source, scare quotes, cannot tell."""

STATUSES = ("ok", "empty", "too_long", "bad_text", "bad_date", "duplicate_id", "no_outlet")
"""What became of an article. Only ``ok``, ``bad_date`` and ``no_outlet`` articles are scored."""

SCORED = ("ok", "bad_date", "no_outlet")

REMOVAL_REASONS = ("repeated_paragraph", "title_repeat", "outlet_prefix", "dateline", "trailer")


@dataclass(frozen=True, slots=True)
class Column:
    """Name, pandas type and meaning of one column."""

    name: str
    dtype: str
    meaning: str


DOCUMENTS = (
    Column("doc_id", "str", "identifier of the article, unique in the table"),
    Column("outlet", "str", "name of the outlet as the corpus gives it"),
    Column("published", "str", "ISO date YYYY-MM-DD, empty if unknown"),
    Column("title", "str", "headline as it arrived"),
    Column("n_words", "int64", "words that count: title and text without the removed stretches"),
    Column(
        "n_words_own",
        "Int64",
        "words in the outlet's own voice, scare quotes included; missing if not counted",
    ),
    Column("n_words_quoted", "Int64", "words inside direct quotations"),
    Column("n_words_reported", "Int64", "words inside paraphrased content of a source"),
    Column("n_words_unknown", "Int64", "words whose voice the text does not let anyone tell"),
    Column("n_words_removed", "int64", "words kept out of the counts (repeats, datelines, trailers)"),
    Column("n_mentions", "int64", "rows of the mentions table for this article"),
    Column("duplicate_of", "str", "doc_id of the earlier exact or near copy, empty if there is none"),
    Column("status", "str", "one of " + ", ".join(STATUSES)),
    Column("message", "str", "what a reader of this row should know, empty if nothing"),
)

MENTIONS = (
    Column("doc_id", "str", "article that holds the mention"),
    Column("outlet", "str", "outlet of that article"),
    Column("published", "str", "date of that article"),
    Column("start", "int64", "first character of the mention in the text (in the title if in_title)"),
    Column("end", "int64", "one past its last character: text[start:end] == surface"),
    Column("surface", "str", "the mention as it stands in the text"),
    Column("entry_id", "str", "lexicon entry that matched, longest first"),
    Column("nested", "str", "entries found inside or across this mention, joined by '|'"),
    Column("category", "str", "frame of the entry"),
    Column("referent", "str", "who or what the entry names, empty if generic"),
    Column("sentence_start", "int64", "first character of the sentence around the mention"),
    Column("sentence_end", "int64", "one past the last character of that sentence"),
    Column("in_title", "bool", "whether offsets point into the title"),
    Column("voice", "str", "one of " + ", ".join(VOICES)),
    Column("p_attributed", "float64", "calibrated probability that it is not the outlet's own word"),
    Column("speaker", "str", "who says it when the outlet does not, empty if not found"),
    Column("cue", "str", "word or mark that attributes it"),
    Column("negated", "bool", "a negation precedes it in the same clause"),
    Column("hedged", "bool", "a hedge (reportedly, may) precedes it in the same clause"),
    Column("scare_quoted", "bool", "the outlet itself put the term in quotation marks"),
    Column("evidence", "str", "the rule that decided the voice"),
    Column("rule_score", "float64", "0 to 1, product of the published rule weights"),
    Column("score_parts", "str", "the factors of rule_score, readable"),
    Column("p_loaded", "float64", "calibrated chance that it is loaded here; missing without a classifier"),
    Column("loaded", "str", "yes, no or unsure: p_loaded against the classifier's bounds; empty without one"),
    Column("frame", "str", "likeliest frame of the codebook here if loaded; a category that is none stays"),
    Column("p_frame", "float64", "its chance if loaded; missing without a classifier or for such a category"),
    Column("loadedness", "float64", "0 to 1, rule score joined with p_loaded where there is one"),
    Column("neutral_alternative", "str", "what a neutral writer could put instead"),
)

COUNTS = (
    Column("doc_id", "str", "article"),
    Column("entry_id", "str", "lexicon entry"),
    Column("category", "str", "frame of the entry"),
    Column("referent", "str", "who or what the entry names"),
    Column("voice", "str", "one of " + ", ".join(VOICES)),
    Column("loaded", "str", "yes, no or unsure as in the mentions table; empty without a classifier"),
    Column("n", "int64", "mentions of this entry in this voice with this answer"),
    Column("n_nested", "int64", "times it stands inside a longer mention, counted there and not in n"),
)

REMOVALS = (
    Column("doc_id", "str", "article"),
    Column("start", "int64", "first removed character of the text"),
    Column("end", "int64", "one past the last removed character"),
    Column("reason", "str", "one of " + ", ".join(REMOVAL_REASONS)),
    Column("n_words", "int64", "words in the stretch"),
)

TEXTS = (
    Column("doc_id", "str", "article"),
    Column("text", "str", "the article as it arrived; offsets of the mentions point into it"),
)

WORDS = (
    Column("doc_id", "category", "article"),
    Column("word", "category", "a word as it is matched: lower case, apostrophes and accents unified"),
    Column("voice", "category", "own, direct, indirect or unknown; words in scare quotes are own words"),
    Column("n", "int64", "how often it stands there in this voice, removed stretches not counted"),
)

TABLES: Mapping[str, tuple[Column, ...]] = {
    "documents": DOCUMENTS,
    "mentions": MENTIONS,
    "counts": COUNTS,
    "removals": REMOVALS,
    "texts": TEXTS,
    "words": WORDS,
}


def build(name: str, rows: Sequence[Sequence[object]]) -> pd.DataFrame:
    """Build table ``name`` from rows in the order of its columns, with the right types even if empty.

    Examples
    --------
    >>> build("texts", [("a", "One text.")]).to_dict("records")
    [{'doc_id': 'a', 'text': 'One text.'}]
    """
    schema = TABLES[name]
    data = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return pd.DataFrame(
        {c.name: pd.Series(list(values), dtype=c.dtype) for c, values in zip(schema, data, strict=True)}
    )


def check(name: str, table: pd.DataFrame, *, where: str = "") -> pd.DataFrame:
    """Return ``table`` with the columns of the contract, in order and with the right types.

    Columns beyond the contract are kept at the end.

    Raises
    ------
    TableError
        If a column is missing or cannot take its type.
    """
    schema = TABLES[name]
    missing = [c.name for c in schema if c.name not in table.columns]
    if missing:
        raise TableError(
            f"the {name} table lacks columns",
            where=where or name,
            got=", ".join(map(str, table.columns)),
            allowed=", ".join(c.name for c in schema),
            fix=f"add {', '.join(missing)}, or write the table with this version of framing score",
        )
    try:
        typed = table.astype({c.name: c.dtype for c in schema})
    except (TypeError, ValueError) as error:
        raise TableError(
            f"a column of the {name} table has the wrong type",
            where=where or name,
            got=str(error),
            allowed=", ".join(f"{c.name}: {c.dtype}" for c in schema),
        ) from error
    names = [c.name for c in schema]
    return typed[names + [c for c in typed.columns if c not in names]]
