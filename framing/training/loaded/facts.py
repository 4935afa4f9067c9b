"""What the card of a classifier says of its data, its readers and its limits."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from framing.corpus.outside import data_file
from framing.provenance import file_digest
from framing.training.loaded.readings import ReadMentions, decided, read_labels
from framing.training.loaded.vectors import PLAIN_TEXTS

VECTORS_ROLE = "vectors of words, no labels"

LICENCES = {
    "annolexical": "MIT",
    "bench": "Apache License 2.0 (compilation); the texts belong to the outlets",
    "headlines": "MIT",
    "middle_east": "Apache License 2.0 (compilation); the texts belong to the outlets",
    "same_event": "Apache License 2.0 (compilation); the texts belong to the outlets",
    "syria_war": "CC BY 4.0 as its publishers report; the texts belong to the outlets",
}
"""Licences of the corpora as their publishers write them."""

OWN_LICENCE = "Apache License 2.0 (this project): places and labels, no text"

SHIPPED = {
    "baseline": "the entry alone: how often its mentions were loaded in other documents, and what readers "
    "expect of it",
    "limits": [
        "The readers are language models that follow the codebook, not people. They agree with each other "
        "more than two people would, and share their habits.",
        "Most of the plain AUC is the word itself: see the AUC of pairs of mentions of one entry. Do not use "
        "single answers as evidence; look at the sentence.",
        "The sample is hard on purpose: mentions of entries marked ambiguous were drawn more often. The "
        "share that is loaded here is not that of news at large.",
        "English news. Other genres, years and regions than those of the corpora were not measured.",
        "It says whether a mention is loaded by the codebook. It does not say whether it is true, fair or "
        "deserved, and it is no score of an outlet.",
        "Names of referents are not classified.",
    ],
    "retrain": "framing train loaded --data DATA -o FOLDER",
}
"""What the card of the shipped classifier says, whatever the data."""

ADAPTED = {
    "baseline": "the shipped classifier",
    "limits": [
        "The figures hold for articles like those that were labelled, and for coders who follow the same "
        "rules.",
        "Entries, words and kinds of articles that the labels do not have are judged as the shipped "
        "classifier judges them.",
        "Most of the plain AUC is the word itself: see the AUC of pairs of mentions of one entry. Do not use "
        "single answers as evidence; look at the sentence.",
        "How far the coders agree is not on this card: framing label agree shows it.",
    ],
    "retrain": "framing train loaded --labels LABELS --corpus CORPUS -o FOLDER",
}
"""What the card of a classifier adapted to own labels says, whatever the labels."""


def data_facts(data: Path, read: ReadMentions) -> dict[str, object]:
    """Return what the classifier was trained on, with licences, digests, and how the readings were made.

    Parameters
    ----------
    data
        The folder of the corpora.
    read
        The mentions that it was trained on.
    """
    trained_on: dict[str, object] = {
        "own readings (training)": {
            "mentions": len(read.table),
            "entries": int(read.table["entry_id"].nunique()),
            "documents": len(set(read.documents.tolist())),
            "role": "weights; calibration, threshold and error rates out of fold",
            "licence": OWN_LICENCE,
        }
    }
    counts = read.table["corpus"].value_counts()
    plain = {name.split("/")[0] for name in PLAIN_TEXTS}
    for corpus in sorted(plain | set(counts.index)):
        own = {"mentions": int(counts[corpus])} if corpus in counts.index else {}
        roles = [*(["texts of the readings"] if own else []), *([VECTORS_ROLE] if corpus in plain else [])]
        trained_on[corpus] = {
            **own,
            "role": "; ".join(roles),
            "licence": LICENCES.get(str(corpus), "not stated"),
        }
    return {
        "trained_on": trained_on,
        "readings": reading_facts(read_labels(), decided()),
        "data_sha256": {name: file_digest(data_file(data, name)) for name in PLAIN_TEXTS},
    }


def reading_facts(labels: pd.DataFrame, mentions: pd.DataFrame) -> dict[str, object]:
    """Return how many mentions were read, how many twice, and how far two readers agree.

    Parameters
    ----------
    labels
        A row a label: mention, reader (a, b or adjudicator), voice, loaded, category.
    mentions
        A row a mention, with entry_id.

    Returns
    -------
    dict
        mentions, entries, read_twice, adjudicated, and ``agreement``: for voice, loaded and frame (of the
        mentions that a reader calls loaded) the share of equal answers and Krippendorff's alpha (at most 1,
        0 is chance).
    """
    readers = labels[labels["reader"] != "adjudicator"]
    agreement: dict[str, object] = {}
    for name, column in (("voice", "voice"), ("loaded", "loaded"), ("frame", "category")):
        rows = readers[readers["loaded"] == "yes"] if name == "frame" else readers
        rows = rows[rows.groupby("mention")["reader"].transform("size") > 1]
        equal = rows.groupby("mention")[column].nunique() == 1
        triples = zip(rows["reader"], rows["mention"], rows[column], strict=True)
        agreement[name] = {
            "n": len(equal),
            "equal": round(float(equal.mean()), 4) if len(equal) else None,
            "alpha": _alpha(triples) if len(equal) else None,
        }
    return {
        "mentions": len(mentions),
        "entries": int(mentions["entry_id"].nunique()),
        "read_twice": int((readers.groupby("mention").size() > 1).sum()),
        "adjudicated": int(labels.loc[labels["reader"] == "adjudicator", "mention"].nunique()),
        "readers": "language models that follow the codebook, blind to each other",
        "agreement": agreement,
    }


def _alpha(triples: Iterable[tuple[str, int, str]]) -> float | None:
    """Return Krippendorff's alpha (nominal); none if there is one label throughout."""
    from nltk.metrics.agreement import AnnotationTask  # importing nltk takes seconds

    found = [(str(reader), str(item), str(label)) for reader, item, label in triples]
    if len({label for _, _, label in found}) < 2:
        return None
    return round(float(AnnotationTask(data=found).alpha()), 4)
