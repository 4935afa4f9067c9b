"""``lexicons/README.md`` teaches newcomers; what it shows must work as it stands."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

from framing.lexicon.check import find_problems
from framing.lexicon.examples import load_examples
from framing.lexicon.load import CARD_FIELDS, load_lexicon
from framing.lexicon.pattern import problem_with
from framing.lexicon.schema import KINDS, MAY_BE_EMPTY, REQUIRED
from framing.workbench.examples import failing_examples

LEXICONS = Path(__file__).resolve().parents[1] / "lexicons"
README = (LEXICONS / "README.md").read_text(encoding="utf-8")


def test_the_row_of_the_two_minutes_can_be_added(tmp_path: Path) -> None:
    """If this fails because the term is in the lexicon by now, show another one."""
    (row,) = re.findall(r"^ +(\S+,.+,[\w|-]+-\d{4})$", README, re.MULTILINE)
    folder = Path(shutil.copytree(LEXICONS / "conflict-en", tmp_path / "conflict-en"))
    entries = folder / "entries.csv"
    entries.write_text(entries.read_text(encoding="utf-8").rstrip("\n") + f"\n{row}\n", encoding="utf-8")
    examples = folder / "examples.csv"
    shown = re.findall(r"^ +(\S+,(?:positive|negative),.+)$", README, re.MULTILINE)
    text = examples.read_text(encoding="utf-8").rstrip("\n")
    examples.write_text("\n".join([text, *shown, ""]), encoding="utf-8")
    lexicon = load_lexicon(folder)
    assert row.split(",")[0] in lexicon.by_id()
    assert len(lexicon) == len(load_lexicon("conflict-en")) + 1
    assert len(shown) == 2
    assert list(find_problems(lexicon)) == []
    assert [str(p) for p in failing_examples(lexicon, load_examples(folder, lexicon))] == []


def test_every_column_is_explained_for_its_kinds() -> None:
    rows = {
        name: (kinds, text)
        for name, kinds, text in re.findall(r"^\| `(\w+)` \| (.+?) \| (.+) \|$", README, re.M)
    }
    assert set(rows) == {column for kind in KINDS for column in REQUIRED[kind]}
    for column, (kinds, _) in rows.items():
        holders = {kind for kind in KINDS if column in REQUIRED[kind]}
        named = set(KINDS) if kinds.startswith("all") else {kind for kind in KINDS if kind in kinds}
        assert named == holders, column
        assert ("may be empty" in kinds) == (column in MAY_BE_EMPTY), column


def test_the_card_shown_has_every_required_field() -> None:
    (shown,) = re.findall(r"```toml\n(.+?)```", README, re.DOTALL)
    card = tomllib.loads(shown)
    assert all(card[name] for name in (*CARD_FIELDS, "categories"))


def test_the_patterns_shown_are_patterns() -> None:
    shown = re.findall(r"`(re:[^`]{2,}|\w+\*)`", README)
    wild = [pattern for pattern in shown if pattern != "word*"]
    assert len(wild) >= 2
    assert [problem_with(pattern) for pattern in wild] == [""] * len(wild)
