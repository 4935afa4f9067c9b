from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from framing.analysis.measurement.measurement import COLUMNS, corrected_rates
from framing.analysis.rates import rates
from framing.errors import AnalysisError
from framing.tables import build

Make = Callable[..., pd.DataFrame]
Counts = list[tuple[str, str, str, str, str, str, int, int]]


def readings(rows: dict[tuple[str, str, str, str], int]) -> pd.DataFrame:
    """Build decisions from how often (said voice, said loaded, voice, loaded) was read, frame ``frame``."""
    names = ["said_voice", "said_loaded", "voice", "loaded"]
    table = pd.DataFrame([row for row, n in rows.items() for _ in range(n)], columns=names)
    return table.assign(category="frame", weight=1.0, document=range(len(table)))


PERFECT = readings({(v, a, v, "yes" if a == "yes" else "no"): 400
                    for v in ("own", "direct") for a in ("yes", "no")})  # fmt: skip


@pytest.fixture
def tables(documents: Make) -> tuple[pd.DataFrame, pd.DataFrame]:
    rng = np.random.default_rng(1)
    rows: Counts = []
    for i in range(60):
        for voice, mean in (("own", 3), ("direct", 2)):
            for answer in ("yes", "no"):
                n = int(rng.poisson(mean))
                if n:
                    rows.append((f"d{i:02}", "regime", "frame", "", voice, answer, n, 0))
    table = documents(*({"doc_id": f"d{i:02}", "outlet": "AB"[i // 30]} for i in range(60)))
    return table, build("counts", rows)


def test_an_engine_without_errors_needs_no_correction(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    table = corrected_rates(*tables, decisions=PERFECT, measure="loaded")
    assert tuple(table.columns) == COLUMNS
    # Readings are finite, so shares are drawn a little towards the middle.
    assert table["factor"].to_numpy() == pytest.approx(1, abs=0.04)
    plain = rates(*tables, measure="loaded")
    for name in ("rate", "low", "high"):
        assert np.array_equal(table[name], plain[name])
    assert table["corrected_low"].to_numpy() == pytest.approx(table["low"].to_numpy(), rel=0.1)


def test_known_errors_are_taken_out(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    """A quarter of what is called own is quoted; an eighth of what is called quoted is own."""
    errors = readings({
        ("own", "yes", "own", "yes"): 750, ("own", "yes", "direct", "yes"): 250,
        ("own", "no", "own", "no"): 750, ("own", "no", "direct", "no"): 250,
        ("direct", "yes", "own", "yes"): 125, ("direct", "yes", "direct", "yes"): 875,
        ("direct", "no", "own", "no"): 125, ("direct", "no", "direct", "no"): 875,
    })  # fmt: skip
    documents, counts = tables
    table = corrected_rates(documents, counts, decisions=errors, measure="loaded", category="frame")
    for row in table.itertuples():
        inside = counts[counts["doc_id"].isin(documents.loc[documents["outlet"] == row.group, "doc_id"])]
        loaded = inside[inside["loaded"] == "yes"].groupby("voice")["n"].sum()
        expected = (0.75 * loaded["own"] + 0.125 * loaded["direct"]) * 1000 / (30 * 500)
        assert row.corrected == pytest.approx(expected, rel=0.03)
        assert row.corrected_low < row.corrected < row.corrected_high


def test_limits_cover_the_true_rate(documents: Make) -> None:
    """Mentions and readings are drawn anew from one known engine: the truth lies inside the limits."""
    rng = np.random.default_rng(3)
    table = documents(*({"doc_id": f"d{i:02}", "outlet": "A"} for i in range(40)))
    covered = []
    for _ in range(30):
        true = rng.poisson(rng.gamma(2, 2, 40))
        said = rng.binomial(true, 0.8)
        wrong = rng.binomial(rng.poisson(rng.gamma(1.5, 2, 40)), 0.2)
        rows: Counts = []
        for i in range(40):
            for voice, n in (("own", int(said[i] + wrong[i])), ("direct", int(true[i] - said[i]))):
                if n:
                    rows.append((f"d{i:02}", "regime", "frame", "", voice, "yes", n, 0))
        # 4 * .8 of the 4 * .8 + 3 * .2 mentions called own are own, and all that are called quoted.
        own = rng.binomial(200, 3.2 / 3.8)
        read = readings({
            ("own", "yes", "own", "yes"): own, ("own", "yes", "direct", "yes"): 200 - own,
            ("direct", "yes", "own", "yes"): 100,
        })  # fmt: skip
        found = corrected_rates(table, build("counts", rows), decisions=read, category="frame", draws=100)
        row = found.iloc[0]
        covered.append(row["corrected_low"] <= 8 <= row["corrected_high"])
    assert np.mean(covered) > 0.86


def test_fewer_readings_make_wider_limits(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    few = PERFECT.assign(voice=np.where(np.arange(len(PERFECT)) % 10 == 0, "indirect", PERFECT["voice"]))
    many = corrected_rates(*tables, decisions=few, category="frame")
    less = corrected_rates(*tables, decisions=few.iloc[::40], category="frame")
    assert (less["corrected_high"] / less["corrected"] > many["corrected_high"] / many["corrected"]).all()


def test_what_was_missed_is_estimated_where_nothing_was_counted(documents: Make) -> None:
    table = documents({"doc_id": "a", "outlet": "A"}, {"doc_id": "b", "outlet": "A"})
    counts = build("counts", [("a", "regime", "frame", "", "direct", "yes", 9, 0)])
    errors = readings({("direct", "yes", "own", "yes"): 100, ("direct", "yes", "direct", "yes"): 300})
    row = corrected_rates(table, counts, decisions=errors, category="frame").iloc[0]
    assert row["rate"] == 0
    assert row["corrected"] == pytest.approx(9 * 0.25, rel=0.1)
    assert np.isnan(row["factor"])


def test_the_sum_of_the_frames_is_the_sum_of_their_corrections(
    tables: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    documents, counts = tables
    mixed = counts.assign(category=np.where(np.arange(len(counts)) % 2 == 0, "frame", "other"))
    table = corrected_rates(documents, mixed, decisions=PERFECT)
    parts = table[table["feature"] != "any"].groupby("group")["corrected"].sum()
    whole = table[table["feature"] == "any"].set_index("group")["corrected"]
    assert whole.to_numpy() == pytest.approx(parts.to_numpy())
    only = corrected_rates(documents, mixed, decisions=PERFECT, category="any").set_index("group")
    assert only["corrected"].to_numpy() == pytest.approx(whole.to_numpy())


def test_entries_use_the_share_of_all_frames(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    table = corrected_rates(*tables, decisions=PERFECT, entries="reg*")
    assert table["feature"].tolist() == ["reg*", "reg*"]
    assert table["factor"].to_numpy() == pytest.approx(1, abs=0.05)


def test_options_that_cannot_be_corrected_are_refused(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    documents, counts = tables
    with pytest.raises(AnalysisError, match="single entries cannot be corrected"):
        corrected_rates(documents, counts, level="entry")
    with pytest.raises(AnalysisError, match="a correction needs the classifier"):
        corrected_rates(documents, counts.assign(loaded=""))
    with pytest.raises(AnalysisError, match="draws is too small"):
        corrected_rates(documents, counts, draws=3)
