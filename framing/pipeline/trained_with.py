"""Whether a classifier was adapted with the lexicons that it is used with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from framing.lexicon import Lexicon


def lexicon_facts(lexicons: Iterable[Lexicon]) -> list[dict[str, object]]:
    """Return what the card of an adapted classifier says of the lexicons that its labels were found with."""
    return [{**lexicon.facts(), "kind": lexicon.kind} for lexicon in lexicons]


def lexicon_notes(card: Mapping[str, object], lexicons: Sequence[Lexicon]) -> list[str]:
    """Say where the lexicons of a run differ from those that a classifier was adapted with.

    A lexicon that is left out in the run does not matter: its entries are not found. One that changed, or
    framing entries that nobody could code, do.

    Parameters
    ----------
    card
        The card of the classifier; one that names no lexicons, as that of the shipped classifier, gives no
        notes.
    lexicons
        The lexicons of the run.

    Returns
    -------
    list of str
        One sentence a lexicon, in the order of the run; empty if nothing differs that matters.

    Examples
    --------
    >>> from framing.lexicon import load_lexicon
    >>> conflict, ukraine = load_lexicon("conflict-en"), load_lexicon("ukraine-en")
    >>> lexicon_notes({"lexicons": lexicon_facts([conflict, ukraine])}, [ukraine])
    []
    >>> lexicon_notes({"lexicons": lexicon_facts([conflict])}, [conflict, ukraine])
    ['lexicon ukraine-en was not used when the classifier was adapted: ...']
    """
    facts = card.get("lexicons")
    if not isinstance(facts, list):
        return []
    known = {str(x.get("id")): x for x in facts if isinstance(x, Mapping)}
    notes = []
    for lexicon in lexicons:
        then = known.get(lexicon.lexicon_id)
        if then is None:
            if lexicon.kind == "framing":
                notes.append(
                    f"lexicon {lexicon.lexicon_id} was not used when the classifier was adapted: no label is "
                    "of its entries, so the labels say little about them"
                )
        elif then.get("sha256") != lexicon.digest:
            notes.append(
                f"lexicon {lexicon.lexicon_id} is not the one that the classifier was adapted with "
                f"(then version {then.get('version')!s:.20}, sha256:{then.get('sha256')!s:.12}; now version "
                f"{lexicon.version}, sha256:{lexicon.digest[:12]}): labels of entries that changed may not "
                "fit any more"
            )
    return notes


def notes_of(run: Mapping[str, object]) -> list[str]:
    """Return the notes that a run carries (``run.json``), so that whoever opens it later sees them as well.

    Examples
    --------
    >>> notes_of({"classifier": {"sha256": "ab12"}}), notes_of({"classifier": {"notes": ["lexicon x ..."]}})
    ([], ['lexicon x ...'])
    """
    classifier = run.get("classifier")
    notes = classifier.get("notes") if isinstance(classifier, Mapping) else None
    return [str(note) for note in notes] if isinstance(notes, list) else []
