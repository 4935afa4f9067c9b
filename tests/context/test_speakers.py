"""Speakers without ragged edges."""

from __future__ import annotations

import pytest

from framing.context import speakers


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("The army", "The army"),
        (
            "Meanwhile, the chairman of the units (PMU), known in Arabic as Hashd, has",
            "the chairman of the units (PMU)",
        ),
        ("Fayyadh went on to", "Fayyadh"),
        ("He further", "He"),
        ("On Tuesday, the minister also", "the minister"),
        ("and the head of the mission later", "the head of the mission"),
        ("Amina Oduya, who runs the council,", "Amina Oduya"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_before_a_verb(clause: str, name: str) -> None:
    assert speakers.before(clause) == name


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        (" the army spokesman, Colonel Hask, on Monday", "the army spokesman"),
        (" Amina Oduya in a statement.", "Amina Oduya"),
        (" Lucas Berent, head of the mission.", "Lucas Berent"),
        (".", ""),
    ],
)
def test_after_a_verb(clause: str, name: str) -> None:
    assert speakers.after(clause) == name
