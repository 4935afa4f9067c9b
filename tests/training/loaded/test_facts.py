"""What the card says of data and readers, on made-up labels."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from made_up_readings import made_up

from framing.errors import InputError
from framing.provenance import file_digest
from framing.training.loaded.facts import LICENCES, data_facts, reading_facts
from framing.training.loaded.vectors import PLAIN_TEXTS


def labels(rows: str) -> pd.DataFrame:
    """Return labels written as "mention reader voice loaded category" with commas between."""
    return pd.DataFrame(
        [(int(row.split()[0]), *row.split()[1:4], "".join(row.split()[4:])) for row in rows.split(",")],
        columns=["mention", "reader", "voice", "loaded", "category"],
    )


MENTIONS = pd.DataFrame({"mention": [1, 2, 3, 4], "entry_id": ["a", "a", "b", "c"]})


def test_agreement_is_that_of_counting_by_hand() -> None:
    read = labels(
        "1 a own yes x, 1 b own yes x, 2 a own no, 2 b direct yes x, 2 adjudicator own no,"
        "3 a direct no, 3 b direct no, 4 a own yes y"
    )
    found = reading_facts(read, MENTIONS)
    assert {name: found[name] for name in ("mentions", "entries", "read_twice", "adjudicated")} == {
        "mentions": 4, "entries": 3, "read_twice": 3, "adjudicated": 1,
    }  # fmt: skip
    # Coincidences of three pairs: own-own 2, direct-direct 2, own-direct 1 and 1, so that alpha is
    # 1 - (6 - 1) * (2 / 6) / (2 * 3 * 3 / 6) = 4 / 9 (Krippendorff 2011).
    agreement = found["agreement"]
    assert agreement["voice"] == {"n": 3, "equal": 0.6667, "alpha": pytest.approx(4 / 9, abs=1e-4)}  # type: ignore[index]
    assert agreement["loaded"]["equal"] == 0.6667  # type: ignore[index]
    # Only mention 1 is loaded for both readers; one label throughout has no alpha.
    assert agreement["frame"] == {"n": 1, "equal": 1.0, "alpha": None}  # type: ignore[index]


def test_readings_that_nobody_read_twice_have_no_agreement() -> None:
    found = reading_facts(labels("1 a own yes x, 2 a own no"), MENTIONS)
    assert found["read_twice"] == 0
    assert found["agreement"]["voice"] == {"n": 0, "equal": None, "alpha": None}  # type: ignore[index]


def test_every_corpus_has_its_role_licence_and_digest(tmp_path: Path) -> None:
    for name in PLAIN_TEXTS:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    read = made_up(60)
    read.table.loc[:19, "corpus"] = "bench"
    read.table.loc[20:, "corpus"] = "headlines"
    found = data_facts(tmp_path, read)
    trained_on = found["trained_on"]
    assert trained_on["bench"] == {  # type: ignore[index]
        "mentions": 20, "role": "texts of the readings; vectors of words, no labels",
        "licence": LICENCES["bench"],
    }  # fmt: skip
    assert trained_on["headlines"] == {  # type: ignore[index]
        "mentions": 40, "role": "texts of the readings", "licence": LICENCES["headlines"],
    }  # fmt: skip
    assert trained_on["annolexical"]["role"] == "vectors of words, no labels"  # type: ignore[index]
    assert trained_on["own readings (training)"]["mentions"] == 60  # type: ignore[index]
    assert found["data_sha256"] == {name: file_digest(tmp_path / name) for name in PLAIN_TEXTS}


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="evaluation data is missing"):
        data_facts(tmp_path, made_up(60))
