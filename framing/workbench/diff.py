"""What changed between two versions of a lexicon, and what that changes on a corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from framing.lexicon import Entry, Lexicon
from framing.lexicon.schema import REQUIRED
from framing.workbench.spotter import Spotter

CHANGE_COLUMNS = ("change", "entry_id", "column", "before", "after")
EFFECT_COLUMNS = ("entry_id", "before", "after", "difference", "gained", "lost")
_BATCH = 200


def changed_entries(old: Lexicon, new: Lexicon) -> pd.DataFrame:
    """Return one row for each entry added or removed and for each cell changed.

    Examples
    --------
    >>> from framing.lexicon import load_lexicon
    >>> changed_entries(load_lexicon("conflict-en"), load_lexicon("conflict-en")).shape
    (0, 5)
    """
    before, after = old.by_id(), new.by_id()
    rows = [("removed", e, "", before[e].pattern, "") for e in before if e not in after]
    rows += [("added", e, "", "", after[e].pattern) for e in after if e not in before]
    for entry_id in (e for e in before if e in after):
        for column in REQUIRED["framing"]:
            was, now = _cell(before[entry_id], column), _cell(after[entry_id], column)
            if was != now:
                rows.append(("changed", entry_id, column, was, now))
    return pd.DataFrame(rows, columns=list(CHANGE_COLUMNS), dtype="str")


def _cell(entry: Entry, column: str) -> str:
    value = getattr(entry, column)
    return " | ".join(value) if isinstance(value, tuple) else str(value)


def effect_on(texts: Sequence[str], old: Lexicon, new: Lexicon) -> pd.DataFrame:
    """Return how the mentions of each entry change on some texts, most changed first.

    Counted without voice: which words count depends on the lexicon alone. ``gained`` and ``lost``
    hold an example each; entries whose mentions stay the same are left out.

    Examples
    --------
    >>> from framing.lexicon import load_lexicon
    >>> lexicon = load_lexicon("conflict-en")
    >>> len(effect_on(["The regime fell."], lexicon, lexicon))
    0
    """
    counts = (Counter[str](), Counter[str]())
    gained: dict[str, str] = {}
    lost: dict[str, str] = {}
    spotters = Spotter(old), Spotter(new)
    for at in range(0, len(texts), _BATCH):
        batch = texts[at : at + _BATCH]
        for text, *found in zip(batch, *(s.spot(batch) for s in spotters), strict=True):
            before, after = ({(s.span, s.entry.entry_id) for s in side if not s.nested} for side in found)
            for count, side in zip(counts, (before, after), strict=True):
                count.update(entry_id for _, entry_id in side)
            for examples, only in ((gained, after - before), (lost, before - after)):
                for span, entry_id in sorted(only):
                    examples.setdefault(entry_id, _line(text, *span))
    changed = sorted(gained.keys() | lost.keys())
    table = pd.DataFrame(
        [
            (e, counts[0][e], counts[1][e], counts[1][e] - counts[0][e], gained.get(e, ""), lost.get(e, ""))
            for e in changed
        ],
        columns=list(EFFECT_COLUMNS),
    )
    order = table["difference"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def _line(text: str, start: int, end: int, width: int = 40) -> str:
    left, right = text[max(0, start - width) : start], text[end : end + width]
    return " ".join(f"{left}[{text[start:end]}]{right}".split())
