"""Which speakers a pronoun can stand for."""

from __future__ import annotations

import pytest

from framing.context.pronouns import fits


@pytest.mark.parametrize(
    ("pronoun", "name", "expected"),
    [
        ("he", "Petar Hask", True),
        ("he", "Mrs. Hask", False),
        ("she", "Mr. Hask", False),
        ("she", "a spokeswoman", True),
        ("he", "the ministry", False),
        ("he", "the army spokesman", True),
        ("he", "the head of the army", True),
        ("he", "officials", False),
        ("they", "officials", True),
        ("they", "the ministry", True),
        ("they", "Petar Hask", False),
        ("it", "the ministry", True),
        ("it", "Petar Hask", False),
    ],
)
def test_fits(pronoun: str, name: str, expected: bool) -> None:
    assert fits(pronoun, name) is expected
