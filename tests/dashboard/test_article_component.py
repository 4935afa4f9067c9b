"""What the article component receives: all of the text, in order, and never markup."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import framing
from framing.dashboard.components import ROOT, asset
from framing.dashboard.components.article import article_data
from framing.dashboard.components.legend import legend_html
from framing.dashboard.components.table import Link, clicked
from framing.dashboard.reading import (
    Reading,
    place_of,
    reading_of_result,
    reading_of_view,
    with_contributions,
)
from framing.errors import InputError
from framing.records import Span
from framing.report.article import Segment, article_html, segments
from framing.tables import VOICES

TEXT = (
    "<img src=x onerror=alert(1)> The regime\n\n"
    'said "the Zionist\nentity" & left.\n'
    "Subscribe to our newsletter."
)

WHY = "Why p_loaded (log odds; above 0 speaks for loaded)"


def joined(lines: list[list[dict[str, object]]]) -> str:
    return "\n".join("".join(str(part["text"]) for part in line) for line in lines)


SPANS = st.lists(st.tuples(st.integers(-2, 40), st.integers(0, 8)), max_size=6)


@given(st.text(st.sampled_from("ab <&\n\"'"), max_size=40), SPANS, SPANS)
def test_segments_lose_nothing_but_line_ends(
    text: str, mentions: list[tuple[int, int]], removed: list[tuple[int, int]]
) -> None:
    marks = [(n, Span(start, start + size)) for n, (start, size) in enumerate(mentions)]
    greys = [(n, Span(start, start + size)) for n, (start, size) in enumerate(removed)]
    lines = segments(text, marks, greys)
    together = "".join(part.text for line in lines for part in line)
    without_ends = [c for c in text if c not in "\n "]
    assert [c for c in together if c not in "\n "] == without_ends
    for part in (part for line in lines for part in line):
        if part.kind == "mention":
            start, end = marks[part.number][1]
            assert part.text == text[start:end].replace("\n", " ")
        assert "\n" not in part.text


def test_overlaps_and_spans_outside_the_text_are_left_out() -> None:
    spans = [(0, Span(0, 3)), (1, Span(2, 5)), (2, Span(4, 99)), (3, Span(-1, 2)), (4, Span(3, 3))]
    assert segments("abcdef", spans) == [[Segment("mention", "abc", 0), Segment("text", "def")]]


def test_the_article_reaches_the_browser_as_it_is() -> None:
    view = framing.explain(TEXT, title="A <b>regime</b>", outlet="Out & let")
    data = article_data(reading_of_view(view), selected=1, in_corpus=False)
    assert joined(data["body"]) == (
        '<img src=x onerror=alert(1)> The regime\nsaid "the Zionist entity" & left.\n'
        "Subscribe to our newsletter."
    )
    assert joined(data["title"]) == "A <b>regime</b>"
    assert [m["surface"] for m in data["mentions"]] == ["regime", "regime", "Zionist\nentity"]
    assert data["byline"] == "Out & let"
    assert data["selected"] == 1
    json.dumps(data, allow_nan=False)


def test_why_names_rule_score_entry_and_source() -> None:
    view = framing.explain('"The terrorists fled," the army said.')
    data = article_data(reading_of_view(view), selected=-1, in_corpus=False)
    lines = dict(data["mentions"][0]["why"])
    row = view.mentions.iloc[0]
    assert lines["Entry"].startswith("terrorist (conflict-en ")
    assert lines["Category"].startswith("terrorism label: terrorist, extremist")
    assert lines["Voice"] == "quoted"
    assert lines["Speaker"] == row["speaker"] == "the army"
    assert lines["Evidence (rule that decided the voice)"] == row["evidence"]
    assert lines["Rule score, 0 to 1"] == f"{row['rule_score']:.2f} = {row['score_parts']}"
    assert lines["A neutral writer could put"] == row["neutral_alternative"]
    entry = framing.load_lexicon("conflict-en").by_id()["terrorist"]
    assert lines["Rationale"] == entry.rationale
    assert len(lines["Source of the entry"].splitlines()) == len(entry.source)
    assert lines["Probability of being loaded"] == f"{row['p_loaded']:.2f}"
    assert WHY not in lines  # nobody has asked for the parts: nothing is invented


def test_why_names_the_parts_of_p_loaded() -> None:
    view = framing.explain('The <regime> fell. "The terrorists fled," the army said.', title="A & regime")
    reading = with_contributions(reading_of_view(view), view.contributions)
    data = article_data(reading, selected=-1, in_corpus=False)
    for number, mention in enumerate(data["mentions"]):
        table = view.why(number)
        rows = dict(mention["why"])[WHY].splitlines()
        parts = zip(table["log_odds"], table["part"], strict=True)
        assert rows == [f"{value:+.2f}  {part}" for value, part in parts]
    json.dumps(data, allow_nan=False)
    assert any("'<' right before" in part.what for part in view.contributions[1])


def test_parts_that_are_not_those_of_the_stored_chance_are_not_shown() -> None:
    view = framing.explain("The regime fell. The terrorists fled.")
    reading = reading_of_view(view)
    reading.mentions.loc[1, "p_loaded"] -= 0.01  # another classifier gave it
    shown = article_data(with_contributions(reading, view.contributions), selected=-1, in_corpus=False)
    first, second = (dict(mention["why"])[WHY] for mention in shown["mentions"])
    assert first.startswith("+")
    assert second.startswith("not known")
    fewer = article_data(with_contributions(reading, view.contributions[:1]), selected=-1, in_corpus=False)
    assert all(dict(mention["why"])[WHY].startswith("not known") for mention in fewer["mentions"])
    reading.mentions["p_loaded"] = float("nan")
    without = article_data(with_contributions(reading, view.contributions), selected=-1, in_corpus=False)
    assert all(WHY not in dict(mention["why"]) for mention in without["mentions"])


def test_another_lexicon_than_the_installed_one_is_told() -> None:
    result = framing.analyze(pd.DataFrame({"outlet": ["A"], "text": ["The regime fell."]}))
    reading = reading_of_result(result, "1")
    names = [name for name, _ in article_data(reading, selected=-1, in_corpus=True)["mentions"][0]["why"]]
    assert "Note" not in names
    reading.lexicons["conflict-en"] = "0" * 64
    names = [name for name, _ in article_data(reading, selected=-1, in_corpus=True)["mentions"][0]["why"]]
    assert "Note" in names
    reading.mentions["entry_id"] = "of-another-lexicon"
    lines = dict(article_data(reading, selected=-1, in_corpus=True)["mentions"][0]["why"])
    assert "not installed here" in lines["Rationale and source"]


def test_an_article_of_a_result_equals_the_fresh_one() -> None:
    row = {
        "doc_id": "a",
        "outlet": "Wire",
        "published": "2031-01-01",
        "title": "The regime",
        "text": "A junta fell.",
    }
    result = framing.analyze(pd.DataFrame([row]))
    view = framing.explain(row["text"], title=row["title"], outlet=row["outlet"], published=row["published"])
    stored = article_data(reading_of_result(result, "a"), selected=-1, in_corpus=False)
    assert stored == article_data(reading_of_view(view), selected=-1, in_corpus=False)


def test_removed_stretches_carry_their_reason() -> None:
    text = "Orlan, March 4 (Reuters) - The regime fell.\n\nThe regime fell again.\n\nThe regime fell again."
    view = framing.explain(text, outlet="Wire")
    data = article_data(reading_of_view(view), selected=-1, in_corpus=False)
    greys = {data["reasons"][p["number"]] for line in data["body"] for p in line if p["kind"] == "removed"}
    assert greys == {r.reason.replace("_", " ") for r in view.article.removals}
    assert greys


def test_a_place_finds_its_mention_again() -> None:
    reading = reading_of_view(framing.explain("A regime. The regime.", title="Regime"))
    mentions = reading.mentions
    places = [
        place_of(in_title=bool(t), start=int(s))
        for t, s in zip(mentions["in_title"], mentions["start"], strict=True)
    ]
    assert [reading.number_at(place) for place in places] == [0, 1, 2]
    assert reading.number_at("999") == reading.number_at("") == reading.number_at("<x>") == -1


def test_missing_articles_and_texts_are_explained() -> None:
    frame = pd.DataFrame({"doc_id": ["a"], "outlet": ["A"], "text": ["The regime."]})
    with pytest.raises(InputError, match=r"(?s)no such article.*got:     b"):
        reading_of_result(framing.analyze(frame), "b")
    with pytest.raises(InputError, match="text of this article was not kept"):
        reading_of_result(framing.analyze(frame, keep_texts=False), "a")


def test_status_and_copies_are_told() -> None:
    frame = pd.DataFrame(
        {"doc_id": ["a", "b"], "outlet": ["A", ""], "text": ["The regime fell again today."] * 2}
    )
    reading: Reading = reading_of_result(framing.analyze(frame), "b")
    assert reading.message == "status no_outlet: no outlet given; copy of a"


def test_scripts_never_read_texts_as_markup() -> None:
    for name in ("article.js", "table.js"):
        script = asset(name)
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("):
            assert way not in script
    assert ROOT == '<div class="root"></div>'


def test_every_voice_has_its_own_style_in_both_views_and_the_legend() -> None:
    css = asset("article.css")
    legend = legend_html(dict.fromkeys(VOICES, 1), removed=True)
    for voice in VOICES:
        assert voice == "own" or f'mark[data-voice="{voice}"]' in css
    assert legend.count("<li") == len(VOICES) + 1
    assert len({part.split('"')[0] for part in legend.split("px ")[1:]}) == len(VOICES)


def test_the_notebook_view_escapes_everything() -> None:
    view = framing.explain(TEXT, title="<script>x</script> regime", outlet="A")
    html = article_html(view.article)
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("<mark ") == html.count("</mark>") == 3


def test_only_a_place_of_a_link_is_a_click() -> None:
    rows = [["plain", Link("x", "read")]]
    assert clicked([0, 1], rows) == Link("x", "read")
    wrong = (None, [0, 0], [0, 2], [1, 1], [-1, 1], [0], ["0", "1"], {"row": 0}, "01", [0.0, 1.0], [0, 1, 2])
    assert [clicked(value, rows) for value in wrong] == [None] * len(wrong)
