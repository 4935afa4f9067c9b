"""quanteda YAML dictionaries."""

from __future__ import annotations

import pytest

from framing.errors import LexiconError
from framing.lexicon.exchange import Dictionary, Term
from framing.lexicon.exchange.quanteda import dump_yaml, parse_yaml


def test_nested_levels_lists_and_single_words() -> None:
    text = "emotion:\n  anger:\n    - hate*\n  joy: happy\nempty: []\n"
    dictionary, unfit = parse_yaml(text, "x.yml")
    assert dictionary.categories == ("emotion/anger", "emotion/joy", "empty")
    assert [tuple(t)[:2] for t in dictionary.terms] == [("hate*", "emotion/anger"), ("happy", "emotion/joy")]
    assert unfit == []


def test_words_that_yaml_takes_for_other_things_stay_words() -> None:
    dictionary, _ = parse_yaml("a: [no, yes, 1984, 2020-01-01, null, 1e3]\n", "x.yml")
    assert [t.pattern for t in dictionary.terms] == ["no", "yes", "1984", "2020-01-01", "null", "1e3"]


def test_a_list_inside_a_list_is_listed() -> None:
    _, unfit = parse_yaml("a:\n  - [x, y]\n  - ok\n", "x.yml")
    assert [u.why for u in unfit] == ["neither a word nor a list of words"]


@pytest.mark.parametrize("text", ["", "[a, b]", "just words", "a: ["])
def test_something_else_is_refused(text: str) -> None:
    with pytest.raises(LexiconError, match=r"not a quanteda dictionary|not valid YAML"):
        parse_yaml(text, "x.yml")


def test_no_code_runs_on_reading() -> None:
    dictionary, _ = parse_yaml("a: [!!python/object/apply:os.system ['exit 1'], ok]\n", "x.yml")
    assert "ok" in [t.pattern for t in dictionary.terms]


def test_weights_and_lists_above_lists_are_listed() -> None:
    dictionary = Dictionary("d", ("a", "a/b"), (Term("x", "a"), Term("y", "a/b", 0.5)))
    text, unfit = dump_yaml(dictionary)
    assert text == "a:\n  b:\n  - y\n"
    assert [u.why for u in unfit] == [
        "a category above or below it holds terms too",
        "its category is left out",
        "quanteda YAML has no weights",
    ]


def test_aliases_cannot_blow_a_file_up() -> None:
    lines = ["a0: &a0 {x: word, y: word}"]
    lines += [f"a{n}: &a{n} {{x: *a{n - 1}, y: *a{n - 1}}}" for n in range(1, 40)]
    with pytest.raises(LexiconError, match="too many items"):
        parse_yaml("\n".join(lines), "x.yml")


def test_nesting_has_an_end() -> None:
    lines = ["a0: &a0 {x: word}", *(f"a{n}: &a{n} {{x: *a{n - 1}}}" for n in range(1, 3000))]
    with pytest.raises(LexiconError, match="nested too deep"):
        parse_yaml("\n".join(lines), "x.yml")
