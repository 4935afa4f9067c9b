"""Agreement, what is left to decide, and what was decided."""

from __future__ import annotations

from collections import Counter
from itertools import permutations
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_coding import fill, row_of, sheet_of

from framing.errors import InputError
from framing.workbench.coding.agree import (
    agreement,
    by_entry,
    by_label,
    decide,
    disagreements,
    write_labels,
)
from framing.workbench.coding.read import Coded, read_labels
from framing.workbench.coding.sheet import write_sheet

# Krippendorff (2011), "Computing Krippendorff's alpha-reliability": 3 coders, 15 units, * is missing.
KRIPPENDORFF = (
    "* * * * * 3 4 1 2 1 1 3 3 * 3",
    "1 * 2 1 3 3 4 3 * * * * * * *",
    "* * 2 1 3 4 4 * 2 1 1 3 3 * 4",
)


def alpha_of(judgements: list[tuple[str, str, str]]) -> float:
    """Krippendorff's alpha from the matrix of coincidences, as its author writes it."""
    items: dict[str, list[str]] = {}
    for _, item, label in judgements:
        items.setdefault(item, []).append(label)
    matrix: Counter[tuple[str, str]] = Counter()
    for labels in items.values():
        for pair in permutations(labels, 2):
            matrix[pair] += 1 / (len(labels) - 1)  # type: ignore[assignment]  # a Counter may hold shares
    margin: Counter[str] = Counter()
    for (label, _), value in matrix.items():
        margin[label] += value
    n = sum(margin.values())
    observed = sum(value for (a, b), value in matrix.items() if a != b)
    expected = sum(margin[a] * margin[b] for a, b in permutations(margin, 2)) / (n - 1)
    return 1 - observed / expected if expected else float("nan")


def test_alpha_is_that_of_the_published_example() -> None:
    judgements = [
        (str(coder), str(unit), label)
        for coder, row in enumerate(KRIPPENDORFF)
        for unit, label in enumerate(row.split())
        if label != "*"
    ]
    n, equal, alpha = agreement(judgements)
    assert (n, round(alpha, 3)) == (12, 0.691)
    assert equal == pytest.approx(9 / 12)
    assert alpha_of(judgements) == pytest.approx(alpha)


_JUDGEMENTS = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.sampled_from("123456")), st.sampled_from("xyz"), max_size=18
).map(lambda found: [(coder, item, label) for (coder, item), label in found.items()])


@settings(max_examples=60)
@given(_JUDGEMENTS, st.randoms(use_true_random=False))
def test_alpha_is_that_of_another_implementation_in_any_order(
    judgements: list[tuple[str, str, str]], chance: object
) -> None:
    n, equal, alpha = agreement(judgements)
    items = Counter(item for _, item, _ in judgements)
    assert n == sum(times > 1 for times in items.values())
    shared = [row for row in judgements if items[row[1]] > 1]
    if n:
        assert alpha == pytest.approx(alpha_of(shared), nan_ok=True)
        assert 0 <= equal <= 1
    else:
        assert alpha != alpha
    chance.shuffle(judgements)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert agreement(judgements) == pytest.approx((n, equal, alpha), nan_ok=True)


def coded(tmp_path: Path, **codes: list[tuple[str, ...]]) -> Coded:
    sheet = sheet_of(max(len(rows) for rows in codes.values()))
    return read_labels([(name, fill(tmp_path / f"{name}.csv", sheet, rows)) for name, rows in codes.items()])


def test_each_label_has_its_agreement(tmp_path: Path) -> None:
    labels = coded(
        tmp_path,
        anna=[("own", "yes", "atrocity"), ("scare", "yes", "atrocity"), ("direct", "no"), ("unknown", "no"),
              ("own", "yes", "euphemism"), ("own", "no")],
        ben=[("own", "yes", "atrocity"), ("own", "yes", "euphemism"), ("indirect", "yes"), ("own", "no"),
             ("own", "yes", "euphemism")],
    ).labels  # fmt: skip
    table = by_label(labels).set_index("label")
    assert table["n"].to_dict() == {"voice": 5, "own or attributed": 4, "loaded": 5, "category": 3}
    assert table["equal"].to_dict() == pytest.approx(
        {"voice": 2 / 5, "own or attributed": 1, "loaded": 4 / 5, "category": 2 / 3}
    )
    assert table.loc["own or attributed", "alpha"] == 1
    loaded = [(coder, str(item), label) for coder, row in (("a", "yynny"), ("b", "yyyny"))
              for item, label in enumerate(row)]  # fmt: skip
    assert table.loc["loaded", "alpha"] == pytest.approx(alpha_of(loaded))


def test_alpha_is_missing_where_all_say_the_same_or_nothing_is_shared(tmp_path: Path) -> None:
    table = by_label(coded(tmp_path, anna=[("own", "no")] * 3, ben=[("own", "no")] * 2).labels)
    assert table["n"].tolist() == [2, 2, 2, 0]
    assert table["equal"].tolist()[:3] == [1, 1, 1]
    assert table["alpha"].isna().all()


def test_entries_with_five_shared_mentions_have_a_row() -> None:
    rows = []
    for entry, shared in (("regime", 5), ("junta", 4), ("puppet", 6)):
        for number in range(shared + 2):
            for coder in ("anna", "ben") if number < shared else ("anna",):
                loaded = coder == "anna" or number > 1 or entry != "puppet"
                rows.append({"mention_id": f"{entry}{number}", "entry_id": entry, "coder": coder,
                             "loaded": loaded})  # fmt: skip
    table = by_entry(pd.DataFrame(rows))
    assert table["entry_id"].tolist() == ["puppet", "regime"]
    assert table["n"].tolist() == [6, 5]
    assert table["equal"].tolist() == pytest.approx([4 / 6, 1])
    assert table["alpha"].isna().tolist() == [False, True]


def test_what_coders_differ_on_becomes_a_sheet_that_can_be_filled_in(tmp_path: Path) -> None:
    found = coded(
        tmp_path,
        ben=[("own", "yes", "atrocity"), ("own", "yes"), ("own", "no"), ("own", "no")],
        anna=[("own", "yes", "atrocity"), ("direct", "yes"), ("own", "yes")],
    )
    sheet = disagreements(found.labels, found.passages)
    assert sheet["doc_id"].tolist() == ["d1", "d2"]
    assert sheet["passage"].tolist() == ["Line 1. The [[regime]] spoke.", "Line 2. The [[regime]] spoke."]
    theirs = [f"{name}: {coder}" for coder in ("anna", "ben") for name in ("voice", "loaded", "category")]
    assert sheet[theirs].to_numpy().tolist() == [
        ["direct", "yes", "delegitimation", "own", "yes", "delegitimation"],
        ["own", "yes", "delegitimation", "own", "no", ""],
    ]
    assert (sheet[["voice", "loaded", "category", "note"]] == "").all(axis=None)
    for ending in ("csv", "xlsx"):
        path = fill(tmp_path / f"open.{ending}", sheet, [("direct", "no"), ("own", "y")])
        labels = read_labels([("decided", path)]).labels
        assert labels[["doc_id", "voice", "loaded", "category"]].to_numpy().tolist() == [
            ["d1", "direct", False, ""], ["d2", "own", True, "delegitimation"],
        ]  # fmt: skip


def test_a_third_coder_who_did_not_code_a_mention_has_empty_cells(tmp_path: Path) -> None:
    found = coded(
        tmp_path,
        anna=[("own", "no"), ("own", "no")],
        ben=[("own", "yes"), ("own", "no")],
        carl=[("", ""), ("own", "yes")],
    )
    sheet = disagreements(found.labels, found.passages)
    assert sheet["loaded: carl"].tolist() == ["", "yes"]
    rest = disagreements(found.labels[found.labels["coder"] != "carl"], found.passages)
    assert rest["doc_id"].tolist() == ["d0"]
    assert "voice: carl" not in rest


def test_nothing_is_left_to_decide_where_all_agree(tmp_path: Path) -> None:
    found = coded(tmp_path, anna=[("own", "no")], ben=[("own", "no")])
    assert disagreements(found.labels, found.passages).empty


def test_adjudication_counts_first_then_all_then_most(tmp_path: Path) -> None:
    found = coded(
        tmp_path,
        anna=[("own", "yes", "atrocity"), ("own", "no"), ("own", "yes"), ("own", "no"), ("own", "no"),
              ("own", "yes", "atrocity"), ("own", "yes", "atrocity")],
        ben=[("own", "yes", "atrocity"), ("direct", "no"), ("direct", "no"), ("own", "no"), ("", ""),
             ("own", "yes", "euphemism"), ("own", "yes", "atrocity")],
        carl=[("own", "yes", "atrocity"), ("own", "yes"), ("scare", "no"), ("own", "no"), ("", ""),
              ("own", "yes", "evaluation"), ("own", "no")],
    )  # fmt: skip
    decided = decide(found.labels)
    rows = decided.table[["doc_id", "voice", "loaded", "category", "decided_by"]].to_numpy().tolist()
    assert rows == [
        ["d0", "own", True, "atrocity", "all"],
        ["d1", "own", False, "", "majority"],  # two of three for each label, not the same two
        ["d3", "own", False, "", "all"],
        ["d4", "own", False, "", "one"],
        ["d6", "own", True, "atrocity", "majority"],
    ]
    assert decided.counts == {"adjudication": 0, "all": 2, "majority": 2, "one": 1, "left_out": 2}
    path = fill(
        tmp_path / "open.csv", disagreements(found.labels, found.passages), [("", ""), ("scare", "y")]
    )
    after = decide(found.labels, read_labels([("x", path)]).labels)
    assert after.table.set_index("doc_id").loc["d2", ["voice", "loaded", "decided_by"]].tolist() == [
        "scare", True, "adjudication",
    ]  # fmt: skip
    assert after.counts == {"adjudication": 1, "all": 2, "majority": 2, "one": 1, "left_out": 1}
    assert after.table["doc_id"].tolist() == ["d0", "d1", "d2", "d3", "d4", "d6"]


def test_those_who_call_it_loaded_decide_the_category(tmp_path: Path) -> None:
    atrocity, euphemism, no = ("own", "yes", "atrocity"), ("own", "yes", "euphemism"), ("own", "no")
    five = {"a": [atrocity], "b": [atrocity], "c": [euphemism], "d": [no], "e": [no]}
    decided = decide(coded(tmp_path, **five).labels)
    assert decided.table[["loaded", "category", "decided_by"]].to_numpy().tolist() == [
        [True, "atrocity", "majority"]
    ]


def test_two_coders_who_differ_decide_nothing(tmp_path: Path) -> None:
    decided = decide(coded(tmp_path, anna=[("own", "yes")], ben=[("own", "no")]).labels)
    assert (len(decided.table), decided.counts["left_out"]) == (0, 1)
    with pytest.raises(InputError, match="no label to write"):
        write_labels(decided.table, tmp_path / "labels.csv")


def test_labels_are_written_without_text_and_without_formulas(tmp_path: Path) -> None:
    rows = [row_of(doc_id="=1+1", in_title="yes", voice="own", loaded="yes", passage="Secret [[words]]")]
    write_sheet(pd.DataFrame(rows), tmp_path / "a.csv")
    decided = decide(read_labels([("a", tmp_path / "a.csv")]).labels)
    write_labels(decided.table, tmp_path / "labels.csv")
    assert (tmp_path / "labels.csv").read_text(encoding="utf-8") == (
        "doc_id,in_title,start,end,entry_id,passage_sha256,voice,loaded,category\n"
        "'=1+1,yes,3,9,regime,0f,own,yes,delegitimation\n"
    )
    with pytest.raises(InputError, match="written as CSV"):
        write_labels(decided.table, tmp_path / "labels.xlsx")
    with pytest.raises(InputError, match="cannot be written"):
        write_labels(decided.table, tmp_path / "none" / "labels.csv")
