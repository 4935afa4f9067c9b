from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strange_text import STRANGE

from framing.records import Span
from framing.tables import REMOVAL_REASONS
from framing.text.clean import find_removals, kept_spans
from framing.text.sentences import paragraphs


def removed(text: str, outlet: str = "", title: str = "") -> list[tuple[str, str]]:
    found = find_removals(text, outlet=outlet, title=title)
    return [(text[r.span.start : r.span.end].strip(), r.reason) for r in found]


def kept(text: str, outlet: str = "", title: str = "") -> list[str]:
    found = find_removals(text, outlet=outlet, title=title)
    return [text[start:end] for start, end in kept_spans(text, found)]


@pytest.mark.parametrize(
    "lead",
    [
        "PORT SELM, 5 March (VST) - ",
        "ALMAR (Meridian Wire) — ",
        "BEIRUT — ",
        "(Reuters) - ",
        "Brussels - ",
        "Orlan, Aster (AP) – ",
        "PORT SELM/ALMAR (VST) -- ",
        "Port Selm – ",
        "21 November 2016 ",
        "Mon, 21 Nov 2016 10:30 GMT. ",
        "Posted on March 5, 2017 - ",
        "Last updated: 05/03/2017 ",
        "Fri 07 Apr 2017 ",
    ],
)
def test_datelines_are_removed(lead: str) -> None:
    text = f"{lead}The army left the village."
    assert removed(text) == [(lead.strip(), "dateline")]
    assert kept(text) == ["The army left the village."]


@pytest.mark.parametrize(
    ("lead", "outlet"),
    [
        ("AhlulBayt News Agency: ", ""),
        ("Free North Voice: ", ""),
        ("Voice of the North News – ", ""),
        ("SANA: ", "SANA"),
        ("SANA - ", "SANA"),
        ("SANA — ", "sana"),
        ("The Daily Star: ", "The Daily Star"),
        ("Yahoo!: ", "Yahoo!"),
    ],
)
def test_names_of_outlets_at_the_head_are_removed(lead: str, outlet: str) -> None:
    assert removed(f"{lead}The army left.", outlet) == [(lead.strip(), "outlet_prefix")]


def test_several_leads_are_removed_one_after_the_other() -> None:
    text = "5 March 2017 SANA Troops leave Orlan PORT SELM (VST) - Troops left on Monday."
    assert removed(text, "SANA", "Troops leave Orlan") == [
        ("5 March 2017", "dateline"),
        ("SANA", "outlet_prefix"),
        ("Troops leave Orlan", "title_repeat"),
        ("PORT SELM (VST) -", "dateline"),
    ]
    assert kept(text, "SANA", "Troops leave Orlan") == ["Troops left on Monday."]


@pytest.mark.parametrize(
    ("text", "outlet", "title"),
    [
        ("Israel - which denied the report - said nothing.", "", ""),
        ("The army - which left - said nothing.", "", ""),
        ("Reuters reported that the army had left.", "Reuters", ""),
        ("Reuters Editor Ana Oduya left.", "Reuters", ""),
        ("The Daily Star reported that the army had left.", "The Daily Star", ""),
        ("The Daily Star Reporter was there.", "The Daily Star", ""),
        ("Iran-backed militias left.", "Iran", ""),
        ("Iran-Iraq talks failed.", "Iran", ""),
        ("Iranian officials left.", "Iran", ""),
        ("He told the New York Times: we will not go.", "", ""),
        ("Meanwhile in the Post - nobody knew.", "", ""),
        ("A source (who asked for more) left.", "", ""),
        ("Well-known men left.", "", ""),
        ("In March 2017 the army left.", "", ""),
        ("On 5 March 2017 the army left.", "", ""),
        ("The Assad regime bombs Aleppo again.", "", "The Assad regime"),
        ("The Assad regime's army left.", "", "The Assad regime"),
        ("The Assad regime, which left, said no.", "", "The Assad regime"),
        ("The Assad regime-held town fell.", "", "The Assad regime"),
        ("Regime falls", "", "Regime falls"),
        ("Regime falls.", "", "Regime falls"),
        ("War on Monday.", "", "War"),
        ("Troops left the village. Troops left Orlan.", "", "Troops left Orlan"),
    ],
)
def test_running_text_is_not_removed(text: str, outlet: str, title: str) -> None:
    assert removed(text, outlet, title) == []
    assert kept(text, outlet, title) == [text]


@pytest.mark.parametrize("between", ["\n", "\n\n", ". ", ": ", " - ", " ", "!\n"])
@pytest.mark.parametrize(
    "title", ["Regime falls in Almar", "“Regime” falls, in ALMAR", "regime falls in almar"]
)
def test_a_repeated_headline_is_removed(title: str, between: str) -> None:
    text = f"Regime falls in Almar{between}The army left."
    assert [reason for _, reason in removed(text, title=title)] == ["title_repeat"]
    assert kept(text, title=title) == ["The army left."]


@pytest.mark.parametrize(
    "sign", ["/129", "/HM", "###", "***", "(END)", "Ends", "-30-", "- 30 -", "HM/JK", "A.B./C"]
)
def test_trailers_are_removed(sign: str) -> None:
    text = f"The army left the village.\n\n{sign}"
    assert removed(text) == [(sign, "trailer")]
    assert kept(text) == ["The army left the village."]


def test_trailing_signs_inside_a_line_are_text() -> None:
    for text in (
        "The army left. Ends",
        "It was the end.",
        "USA/UK talks began.",
        "It lost 3/4 of them.",
        "#5 left.",
    ):
        assert removed(text) == []


def test_a_repeated_paragraph_is_removed_from_its_second_time_on() -> None:
    line = "Troops moved north on Monday."
    text = f"{line}\nNobody saw them there.\n{line.upper()}\n“Troops” moved – north, on Monday!"
    found = find_removals(text)
    assert [r.reason for r in found] == ["repeated_paragraph"] * 2
    assert kept(text) == [line, "Nobody saw them there."]


def test_a_short_line_may_stand_twice_on_purpose() -> None:
    text = "Interviewer: Go on.\nYes.\nHe will go.\nInterviewer: Go on.\nYes.\nHe will go."
    assert removed(text) == []


LEADS = st.sampled_from(
    [
        *("BEIRUT — ", "5 March 2017 ", "SANA: ", "SANA ", "(AP) - ", "Title of it ", "Some News Agency: "),
        *("/129\n", "###\n", "Ends\n", "Yes.\n", "\n", "\r\n", "\x0c"),
        *("The same five words here.\n", "the same five words here\n"),
    ]
)


@given(st.lists(LEADS | STRANGE, max_size=10).map("".join), st.sampled_from(["", "SANA", "(", "\\"]), STRANGE)
@example("Title of it Title of it", "", "Title of it")
@example("5 March 2017", "", "")
@example("SANA: \n\n\n/129", "SANA", "")
def test_removals_are_in_order_apart_and_inside_the_text(text: str, outlet: str, title: str) -> None:
    removals = find_removals(text, outlet=outlet, title=title)
    at = 0
    for removal in removals:
        assert at <= removal.span.start < removal.span.end <= len(text)
        assert removal.reason in REMOVAL_REASONS
        at = removal.span.end
    spans = kept_spans(text, removals)
    assert spans == kept_slowly(text, [r.span for r in removals])


def kept_slowly(text: str, removals: list[Span]) -> list[Span]:
    """Mark every character, then read the unmarked rest of each paragraph."""
    gone = {i for start, end in removals for i in range(start, end)}
    kept = []
    for span in paragraphs(text):
        rest = [i for i in range(*span) if i not in gone and not text[i].isspace()]
        if rest:
            kept.append(Span(rest[0], span.end))
    return kept


@pytest.mark.parametrize(
    "text",
    [
        "Reuters" + " " * 300_000 + "1",
        "###\n\n" * 60_000,
        "5 March 2017 " * 25_000,
        "Posted on " + "\u00a0" * 300_000 + "x",
        "The same five words here.\n" * 12_000,
        "\n".join(f"The harbour number {number} was closed." for number in range(12_000)),
        "DAMASCUS" + "-" * 300_000,
        "A " * 150_000,
        "(" * 300_000,
    ],
    ids=["blanks", "trailers", "dates", "nbsp", "repeats", "openings", "hyphens", "capitals", "brackets"],
)
def test_time_is_linear(text: str) -> None:
    begin = time.process_time()
    kept_spans(text, find_removals(text, outlet="Reuters", title="A A A"))
    assert time.process_time() - begin < 4
