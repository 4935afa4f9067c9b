"""The audit counts what it says it counts, and its thresholds can be missed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from sample_lexicon import CARD, ROW, write

from framing.errors import LexiconError
from framing.lexicon import Lexicon, load_default, load_lexicon
from framing.workbench.audit import (
    audit_balance,
    audit_corpus,
    audit_frames,
    counterparts,
    generic_entries,
    naming_table,
)
from framing.workbench.audit_plan import Conflict, Plan, load_plan

MY_CARD = CARD.replace('c = "a category"', 'bad = "x"\nworse = "x"\ngood = "x"').replace(
    'r = "a referent"', 'left = "x"\nright = "x"\nother = "x"'
)
PLAN = Plan(
    hostile=frozenset({"bad", "worse"}),
    favourable=frozenset({"good"}),
    balance=0.67,
    intensity=0.35,
    lone_frame=2,
    fewest=3,
    conflicts=(Conflict("x", "X", {"L": ("left",), "R": ("right",)}),),
)


def lexicon_of(folder: Path, *cells: tuple[str, str, int]) -> Lexicon:
    """Make one entry of each (referent, category, intensity)."""
    rows = [
        {**ROW, "entry_id": f"e{i}", "pattern": f"word{i}", "referent": r, "category": c, "intensity": str(n)}
        for i, (r, c, n) in enumerate(cells)
    ]
    return load_lexicon(write(folder, *rows, card=MY_CARD))


def hostile_row(folder: Path, *cells: tuple[str, str, int], plan: Plan = PLAN) -> pd.Series:
    table = audit_balance([lexicon_of(folder, *cells)], plan)
    return table[table["frames"] == "hostile"].iloc[0]


def test_an_even_pair_passes(tmp_path: Path) -> None:
    row = hostile_row(
        tmp_path, ("left", "bad", 1), ("left", "worse", 3), ("right", "bad", 2), ("right", "worse", 2)
    )
    assert (row["n_bloc"], row["n_other"], row["balance"], row["passes"], row["why"]) == (2, 2, 1.0, True, "")
    assert (row["intensity_bloc"], row["intensity_other"]) == (2.0, 2.0)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ([("left", "bad", 2)] * 3 + [("right", "bad", 2)], "balance 0.33, at least 0.67"),
        ([("left", "bad", 3)] * 2 + [("right", "bad", 2)] * 2, "mean intensities differ by more than 0.35"),
        (
            [("left", "bad", 2)] * 2 + [("left", "worse", 2)] * 2 + [("right", "bad", 2)] * 4,
            "2 entries of worse on one side, none for R",
        ),
    ],
)
def test_each_threshold_can_be_missed(tmp_path: Path, cells: list[tuple[str, str, int]], why: str) -> None:
    row = hostile_row(tmp_path, *cells)
    assert not row["passes"]
    assert row["why"] == why


def test_one_side_alone_fails_when_it_is_judged(tmp_path: Path) -> None:
    row = hostile_row(tmp_path, *[("left", "bad", 2)] * 3)
    assert not row["passes"]
    assert row["why"].startswith("balance 0.00")


def test_few_entries_are_shown_and_not_judged(tmp_path: Path) -> None:
    row = hostile_row(tmp_path, ("left", "bad", 3), ("left", "bad", 3))
    assert row["passes"] is pd.NA
    assert row["why"] == "under 3 entries: not judged"


def test_favourable_and_generic_entries_are_counted_apart(tmp_path: Path) -> None:
    lexicon = lexicon_of(tmp_path, ("left", "good", 1), ("", "bad", 2), ("other", "bad", 2))
    table = audit_balance([lexicon], PLAN).set_index("frames")
    assert table["n_bloc"].to_dict() == {"hostile": 0, "favourable": 1}
    assert generic_entries([lexicon, load_lexicon("cues-en")]) == 1


def test_entries_by_frame_and_intensity(tmp_path: Path) -> None:
    lexicon = lexicon_of(
        tmp_path, ("left", "bad", 1), ("left", "bad", 3), ("left", "bad", 3), ("right", "worse", 2)
    )
    assert audit_frames([lexicon], PLAN).to_numpy().tolist() == [
        ["x", "L", "bad", 1, 0, 2, 3],
        ["x", "R", "worse", 0, 1, 0, 1],
    ]


def test_counterparts_are_paired_by_frame_then_intensity(tmp_path: Path) -> None:
    lexicon = lexicon_of(
        tmp_path,
        ("left", "bad", 1),
        ("left", "bad", 3),
        ("left", "bad", 2),
        ("right", "bad", 3),
        ("right", "bad", 3),
    )
    alone = counterparts([lexicon], PLAN)
    # Two of three pair up (3 with 3, then 2 with the other 3); the mildest is left over.
    assert alone[["bloc", "entry_id", "other"]].to_numpy().tolist() == [["L", "e0", "R"]]


def test_the_corpus_table_gives_shares_of_each_outlet() -> None:
    mentions = pd.DataFrame(
        {
            "outlet": ["a", "a", "a", "b"],
            "referent": ["left", "left", "", "right"],
            "category": ["bad", "good", "bad", "worse"],
            "voice": ["own", "direct", "own", "own"],
        }
    )
    table = audit_corpus(mentions, PLAN).set_index(["outlet", "bloc"])
    assert table.loc[("a", "L"), ["n_hostile", "n_favourable", "n_loaded"]].tolist() == [1, 1, 3]
    assert table.loc[("a", "L"), "share"] == pytest.approx(2 / 3)
    assert table.loc[("a", "L"), "own_share"] == 0.5
    assert list(table.index) == [("a", "L"), ("b", "R")]


def test_names_are_counted_by_stance() -> None:
    table = naming_table(load_lexicon("referents-en")).set_index("referent")
    assert table.loc["israel", ["neutral", "hostile", "favourable"]].min() >= 1


def test_the_shipped_lexicons_pass_their_published_thresholds() -> None:
    table = audit_balance(load_default(), load_plan())
    failed = table[~table["passes"].fillna(True)]
    assert failed[["conflict", "frames", "why"]].to_numpy().tolist() == []
    assert table["passes"].notna().sum() >= 10


def test_the_audit_of_one_lexicon_without_the_others_can_fail() -> None:
    only = [x for x in load_default() if x.lexicon_id == "conflict-en"]
    strict = replace(load_plan(), balance=1.0)
    assert not audit_balance(only, strict)["passes"].fillna(True).all()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = [", "cannot be read"),
        ("frames = 3", r"must be a section[\s\S]*frames"),
        ("[frames]\nhostile = []\n", r"lacks a part[\s\S]*add favourable"),
        (
            "[frames]\nhostile=[]\nfavourable=[]\n[thresholds]\nbalance=1\nintensity=1\nlone_frame=1\nfewest=1\n",
            r"no \[\[conflict\]\]",
        ),
        (
            "[frames]\nhostile=[]\nfavourable=[]\n[thresholds]\nbalance=1\nintensity=1\nlone_frame=1\nfewest=1\n"
            '[[conflict]]\nid="x"\ntitle="X"\n[conflict.blocs]\na=["r"]\nb=["r"]\n',
            r"without a common member[\s\S]*conflict x\n  got:     r",
        ),
    ],
)
def test_a_broken_plan_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=message):
        load_plan(tmp_path / "plan.toml")


def test_the_plan_names_only_referents_that_have_names() -> None:
    assert load_plan().referents() <= set(load_lexicon("referents-en").referents)
