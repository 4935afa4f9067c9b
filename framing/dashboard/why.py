"""Why a mention is marked: its row of the mentions table and its lexicon entry, in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from framing.figures.labels import frame_name
from framing.lexicon import Entry, Lexicon
from framing.report.article import VOICE_LABELS
from framing.scoring.loaded.explain import top

Lines = list[tuple[str, str]]


def why(mention: Mapping[str, Any], lexicons: Sequence[Lexicon], *, used: Mapping[str, str]) -> Lines:
    """Return labelled lines that say why a mention is marked and how its score came about.

    Parameters
    ----------
    mention
        A row of the mentions table; if it has ``contributions``, they say why ``p_loaded``
        (:func:`framing.dashboard.reading.with_contributions`).
    lexicons
        The installed lexicons, for what the table does not carry: rationale and sources.
    used
        Digests of the lexicons of the run by id; empty if they are the installed ones.
    """
    lexicon, entry = _entry(str(mention["entry_id"]), lexicons)
    flags = [name.replace("_", " ") for name in ("negated", "hedged", "scare_quoted") if bool(mention[name])]
    voice = VOICE_LABELS.get(str(mention["voice"]), str(mention["voice"]))
    attributed = mention["voice"] not in ("own", "scare")
    lines: Lines = [
        (
            "Entry",
            str(mention["entry_id"]) + (f" ({lexicon.lexicon_id} {lexicon.version})" if lexicon else ""),
        ),
        ("Category", _meaning(str(mention["category"]), lexicon.categories if lexicon else {})),
        ("Names", _meaning(str(mention["referent"]), lexicon.referents if lexicon else {})),
        ("Voice", voice),
        ("Speaker", str(mention["speaker"]) or ("not found" if attributed else "")),
        ("Cue", str(mention["cue"])),
        ("Evidence (rule that decided the voice)", str(mention["evidence"])),
        ("In its clause", ", ".join(flags)),
        ("Rule score, 0 to 1", f"{mention['rule_score']:.2f} = {mention['score_parts']}"),
        ("Probability of being loaded", _probability(mention["p_loaded"])),
        ("Why p_loaded (log odds; above 0 speaks for loaded)", _parts(mention)),
        ("Contains", str(mention["nested"]).replace("|", ", ")),
        ("A neutral writer could put", str(mention["neutral_alternative"])),
    ]
    lines += _from_entry(lexicon, entry, used)
    return [(name, value) for name, value in lines if value]


def _entry(entry_id: str, lexicons: Sequence[Lexicon]) -> tuple[Lexicon | None, Entry | None]:
    for lexicon in lexicons:
        if lexicon.kind != "cues" and entry_id in (known := lexicon.by_id()):
            return lexicon, known[entry_id]
    return None, None


def _meaning(name: str, meanings: Mapping[str, str]) -> str:
    """Return a category or referent with what its card says about it."""
    return f"{frame_name(name)}: {meanings[name]}" if name in meanings else frame_name(name)


def _probability(value: float) -> str:
    return "" if value != value else f"{value:.2f}"


def _parts(mention: Mapping[str, Any]) -> str:
    """Return the strongest parts of ``p_loaded``, one a line; nothing where there is no classifier."""
    if "contributions" not in mention or not _probability(mention["p_loaded"]):
        return ""
    rows = [f"{part.value:+.2f}  {part.what}" for part in top(mention["contributions"])]
    return "\n".join(rows) or "not known: the installed lexicons or classifier are not those of the run"


def _from_entry(lexicon: Lexicon | None, entry: Entry | None, used: Mapping[str, str]) -> Lines:
    if lexicon is None or entry is None:
        return [("Rationale and source", "in the lexicon that was used; it is not installed here")]
    sources = [lexicon.sources.get(source, source) for source in entry.source]
    lines = [("Rationale", entry.rationale), ("Source of the entry", "\n".join(sources))]
    if used and used.get(lexicon.lexicon_id) != lexicon.digest:
        lines.append(
            ("Note", "rationale and source are those of the installed lexicon; the run used another version")
        )
    return lines
