"""Lexicons load whole or not at all, and every problem is named with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_lexicon import CARD, ROW, write

from framing.errors import LexiconError
from framing.lexicon import available, load_lexicon
from framing.lexicon.check import find_problems
from framing.lexicon.schema import REQUIRED


def test_a_folder_in_the_working_directory_never_stands_for_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "conflict-en").mkdir()
    write(tmp_path / "conflict-en", ROW)
    monkeypatch.chdir(tmp_path)
    assert load_lexicon("conflict-en").lexicon_id == "conflict-en"
    assert load_lexicon("./conflict-en").lexicon_id == "mine"
    assert load_lexicon(Path("conflict-en")).lexicon_id == "mine"


def test_a_sound_lexicon_loads(tmp_path: Path) -> None:
    lexicon = load_lexicon(write(tmp_path, ROW))
    assert (lexicon.lexicon_id, len(lexicon), len(lexicon.digest)) == ("mine", 1, 64)
    assert lexicon.entries[0].surface_forms() == ("bad lot", "bad lots")
    assert list(find_problems(lexicon)) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"category": "nope"},
            r"unknown category\n  where:   .*entries.csv:2, column category\n  got:     'nope'\n  allowed: c",
        ),
        (
            {"intensity": "9"},
            r"intensity is not allowed\n.*:2, column intensity\n  got:     '9'\n  allowed: 1 \(mild\)",
        ),
        ({"ambiguous": "maybe"}, r"ambiguous is not allowed[\s\S]*allowed: yes, no"),
        ({"inflect": "adverb"}, r"inflect is not allowed[\s\S]*noun, verb, none"),
        ({"referent": "x"}, r"unknown referent[\s\S]*empty or r[\s\S]*declare it in lexicon.toml"),
        ({"source": "s|zz"}, r"source key 'zz' is not declared"),
        ({"rationale": ""}, r"empty cell[\s\S]*column rationale"),
        ({"entry_id": "Bad Lot"}, r"entry_id is not allowed[\s\S]*lower-case letters"),
        ({"pattern": "re:("}, r"'re:\(' cannot be matched"),
        ({"pattern": "a*"}, r"at least 3 letters must stand before \*"),
        ({"pattern": "!!"}, r"it holds no word"),
        ({"variants": "fine|a;b"}, r"'a;b' cannot be matched: these signs are not allowed: ;"),
    ],
)
def test_a_bad_row_names_file_line_column_value_and_what_is_allowed(
    tmp_path: Path, change: dict[str, str], message: str
) -> None:
    with pytest.raises(LexiconError, match=message):
        load_lexicon(write(tmp_path, {**ROW, **change}))


def test_all_problems_are_reported_at_once_and_nothing_loads(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"3 problem\(s\); nothing was loaded") as caught:
        load_lexicon(write(tmp_path, ROW, {**ROW, "category": "x"}, {**ROW, "intensity": "7"}, ROW))
    assert [p.where.split(", column ")[1] for p in caught.value.problems] == [
        "category",
        "intensity",
        "entry_id",
    ]


def test_wrong_columns_and_cells(tmp_path: Path) -> None:
    write(tmp_path, ROW)
    (tmp_path / "entries.csv").write_text("entry_id,pattern\na,b\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"columns are not those[\s\S]*entries.csv:1"):
        load_lexicon(tmp_path)
    text = ",".join(REQUIRED["framing"]) + "\na,b\n"
    (tmp_path / "entries.csv").write_text(text, encoding="utf-8")
    with pytest.raises(
        LexiconError, match=r"wrong number of cells[\s\S]*entries.csv:2[\s\S]*got:     2[\s\S]*allowed: 12"
    ):
        load_lexicon(tmp_path)


def test_a_card_without_fields(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"the card lacks fields[\s\S]*add licence"):
        load_lexicon(write(tmp_path, ROW, card=CARD.replace('licence = "CC0"', "")))
    with pytest.raises(LexiconError, match="unknown kind of lexicon"):
        load_lexicon(write(tmp_path, ROW, card=CARD.replace('"framing"', '"other"')))
    with pytest.raises(LexiconError, match="not valid TOML"):
        load_lexicon(write(tmp_path, ROW, card="x ="))


def test_not_utf8(tmp_path: Path) -> None:
    write(tmp_path, ROW)
    (tmp_path / "entries.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LexiconError, match="not UTF-8"):
        load_lexicon(tmp_path)


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(LexiconError, match=r"no such lexicon[\s\S]*conflict-en, cues-en"):
        load_lexicon("nothing-like-it")


def test_check_finds_what_loading_cannot(tmp_path: Path) -> None:
    lexicon = load_lexicon(
        write(
            tmp_path,
            {**ROW, "exceptions": "good lot"},
            {**ROW, "entry_id": "bad-lots", "pattern": "bad lots"},
            {**ROW, "entry_id": "odd", "pattern": "odd", "ambiguous": "yes"},
        )
    )
    assert sorted(p.what for p in find_problems(lexicon)) == [
        "an ambiguous entry needs exceptions",
        "the exception does not contain the entry",
        "two entries share a form",
    ]


@pytest.mark.parametrize("name", available())
def test_shipped_lexicons_have_no_problems(name: str) -> None:
    lexicon = load_lexicon(name)
    assert [str(p) for p in find_problems(lexicon)] == []


def test_the_conflict_lexicon_fills_every_category_of_the_codebook() -> None:
    lexicon = load_lexicon("conflict-en")
    assert len(lexicon) >= 200
    assert len(lexicon.categories) == 14
    assert {e.category for e in lexicon.entries} == set(lexicon.categories)
