"""Even-handedness of lexicons: how many entries name each side, how hard, and which lack a counterpart.

The method counts entries by the party that they name (column referent). It cannot see meaning:
equal numbers are a necessary sign of even-handedness, not a proof. Entries that name nobody
("massacre") apply to every party by construction and are counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import pandas as pd

from framing.lexicon import Entry, Lexicon
from framing.workbench.audit_plan import Plan

BALANCE_COLUMNS = (
    "conflict", "frames", "bloc", "other", "n_bloc", "n_other", "balance", "intensity_bloc",
    "intensity_other", "passes", "why",
)  # fmt: skip
FRAME_COLUMNS = ("conflict", "bloc", "category", "intensity_1", "intensity_2", "intensity_3", "n")
COUNTERPART_COLUMNS = ("conflict", "bloc", "category", "intensity", "entry_id", "pattern", "other")
NAMING_COLUMNS = ("referent", "meaning", "neutral", "hostile", "favourable")
CORPUS_COLUMNS = ("conflict", "outlet", "bloc", "n_hostile", "n_favourable", "n_loaded", "share", "own_share")


def audit_frames(lexicons: Sequence[Lexicon], plan: Plan) -> pd.DataFrame:
    """Return how many entries name each bloc, by frame and intensity."""
    rows = []
    for conflict in plan.conflicts:
        for bloc, members in conflict.blocs.items():
            entries = _naming(lexicons, members)
            for category in sorted({e.category for e in entries}):
                inside = [e.intensity for e in entries if e.category == category]
                counts = [inside.count(level) for level in (1, 2, 3)]
                rows.append((conflict.conflict_id, bloc, category, *counts, len(inside)))
    return pd.DataFrame(rows, columns=list(FRAME_COLUMNS))


def audit_balance(lexicons: Sequence[Lexicon], plan: Plan) -> pd.DataFrame:
    """Return, for each two blocs that stand against each other, whether the plan's thresholds hold.

    Returns
    -------
    DataFrame
        conflict; frames (hostile: what others call the bloc, favourable: what softens or praises it);
        bloc, other; n_bloc, n_other (entries that name each); balance (smaller by larger, 0 to 1);
        intensity_bloc, intensity_other (mean, 1 to 3); passes (missing if too few to judge); why.
    """
    rows = []
    for conflict in plan.conflicts:
        for (bloc, members), (other, others) in combinations(conflict.blocs.items(), 2):
            for frames, categories in (("hostile", plan.hostile), ("favourable", plan.favourable)):
                sides = [
                    [e for e in _naming(lexicons, names) if e.category in categories]
                    for names in (members, others)
                ]
                few, many = sorted(map(len, sides))
                reasons = list(_reasons(sides, plan, names=(bloc, other)))
                judged = few + many >= plan.fewest
                rows.append((
                    conflict.conflict_id, frames, bloc, other, len(sides[0]), len(sides[1]),
                    few / many if many else 1.0, _mean(sides[0]), _mean(sides[1]),
                    (not reasons) if judged else pd.NA,
                    "; ".join(reasons) if judged else f"under {plan.fewest} entries: not judged",
                ))  # fmt: skip
    return pd.DataFrame(rows, columns=list(BALANCE_COLUMNS)).astype({"passes": "boolean"})


def _reasons(sides: Sequence[Sequence[Entry]], plan: Plan, *, names: tuple[str, str]) -> Iterator[str]:
    """Yield why two sets of entries are not even-handed."""
    few, many = sorted(map(len, sides))
    if many and few / many < plan.balance:
        yield f"balance {few / many:.2f}, at least {plan.balance}"
    if few and abs(_mean(sides[0]) - _mean(sides[1])) > plan.intensity:
        yield f"mean intensities differ by more than {plan.intensity}"
    frames = [Counter(e.category for e in side) for side in sides]
    for have, lack, name in ((frames[0], frames[1], names[1]), (frames[1], frames[0], names[0])):
        for category, n in sorted(have.items()):
            if n >= plan.lone_frame and category not in lack:
                yield f"{n} entries of {category} on one side, none for {name}"


def counterparts(lexicons: Sequence[Lexicon], plan: Plan) -> pd.DataFrame:
    """Return the entries without a counterpart: same frame, the other bloc, nearest intensity, one to one.

    Entries are paired within a frame, equal intensities first; what is left over on the larger side
    is listed with the bloc for which a counterpart is wanted.
    """
    rows = []
    for conflict in plan.conflicts:
        for pair in combinations(conflict.blocs, 2):
            for bloc, other in (pair, pair[::-1]):
                ours, theirs = (_naming(lexicons, conflict.blocs[name]) for name in (bloc, other))
                for category in sorted({e.category for e in ours}):
                    left = _unpaired(
                        [e for e in ours if e.category == category],
                        [e for e in theirs if e.category == category],
                    )
                    rows += [(conflict.conflict_id, bloc, category, e.intensity, e.entry_id, e.pattern, other)
                             for e in left]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COUNTERPART_COLUMNS))


def _unpaired(ours: Sequence[Entry], theirs: Sequence[Entry]) -> list[Entry]:
    free = [e.intensity for e in theirs]
    waiting = []
    for entry in ours:
        if entry.intensity in free:
            free.remove(entry.intensity)
        else:
            waiting.append(entry)
    for intensity in sorted(free, reverse=True)[: len(waiting)]:
        waiting.remove(min(waiting, key=lambda e: (abs(e.intensity - intensity), e.entry_id)))
    return sorted(waiting, key=lambda e: (-e.intensity, e.entry_id))


def naming_table(referents: Lexicon) -> pd.DataFrame:
    """Return how many neutral, hostile and favourable names each referent has."""
    rows = []
    for referent, meaning in referents.referents.items():
        stances = [e.category for e in referents.entries if e.referent == referent]
        rows.append((referent, meaning, *(stances.count(s) for s in NAMING_COLUMNS[2:])))
    return pd.DataFrame(rows, columns=list(NAMING_COLUMNS))


def audit_corpus(mentions: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Return how much of each outlet's loaded vocabulary names each bloc.

    Parameters
    ----------
    mentions
        Mentions table of a run.
    plan
        Conflicts and blocs.

    Returns
    -------
    DataFrame
        conflict, outlet, bloc; n_hostile, n_favourable (mentions that name the bloc); n_loaded (all
        mentions of the outlet); share (both by n_loaded, 0 to 1); own_share (share of both in the
        outlet's own voice, 0 to 1). Outlets that name no bloc of a conflict are left out of it.
    """
    rows = []
    totals = mentions.groupby("outlet").size()
    for conflict in plan.conflicts:
        for bloc, members in conflict.blocs.items():
            naming = mentions[mentions["referent"].isin(members)]
            for outlet, found in naming.groupby("outlet"):
                hostile = int(found["category"].isin(plan.hostile).sum())
                favourable = int(found["category"].isin(plan.favourable).sum())
                n = int(totals[outlet])
                own = float((found["voice"] == "own").mean())
                rows.append(
                    (
                        conflict.conflict_id,
                        outlet,
                        bloc,
                        hostile,
                        favourable,
                        n,
                        (hostile + favourable) / n,
                        own,
                    )
                )
    table = pd.DataFrame(rows, columns=list(CORPUS_COLUMNS))
    return table.sort_values(["conflict", "outlet", "bloc"]).reset_index(drop=True)


def generic_entries(lexicons: Sequence[Lexicon]) -> int:
    """Return how many entries name nobody and so apply to every party alike."""
    return sum(not e.referent for x in lexicons if x.kind == "framing" for e in x.entries)


def _naming(lexicons: Sequence[Lexicon], referents: Iterable[str]) -> list[Entry]:
    wanted = set(referents)
    return [e for x in lexicons if x.kind == "framing" for e in x.entries if e.referent in wanted]


def _mean(entries: Sequence[Entry]) -> float:
    return sum(e.intensity for e in entries) / len(entries) if entries else float("nan")
