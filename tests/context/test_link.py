"""Sources and cues find their contents; quotation marks and certainty make the voice."""

from __future__ import annotations

import numpy as np

from framing.context import speakers
from framing.context.labeller import Passage
from framing.context.labeller.label import Block, Labels
from framing.context.labeller.stream import read_stream
from framing.context.link import DIRECT, OWN, SCARE, Place, attributions
from framing.records import Attribution

CODES = {"o": 0, "s": 1, "c": 2, "b": 3, "i": 4}
Quotes = tuple[tuple[int, int, int], ...]


def labelled(
    *paragraphs: tuple[str, str],
    chance: float = 0.95,
    quotes: Quotes = (),
    sources: dict[int, float] | None = None,
) -> Block:
    """Return labels as the labeller would give them, one code a word; ``sources`` are chances by word."""
    stream = read_stream([Passage(text, quotes) for text, _ in paragraphs])
    label = np.zeros(len(stream.hash), dtype=np.int8)
    for (_, codes), first, size in zip(paragraphs, stream.first, stream.size, strict=True):
        own = [CODES[code] for code in codes.replace(" ", "")]
        assert len(own) == size, (len(own), int(size))
        label[first : first + size] = own
    content = np.where(label >= CODES["b"], chance, 1 - chance).astype(np.float32)
    source = np.where(label == CODES["s"], 0.9, 0.02).astype(np.float32)
    for word, value in (sources or {}).items():
        source[stream.first[0] + word] = value
    columns = Labels(
        stream.start,
        stream.end,
        label,
        content,
        source,
        stream.quote,
        stream.sentence,
        stream.sign,
        stream.hash,
        stream.shape.astype(np.int8),
    )
    return Block(columns, stream.first, stream.size)


def said(text: str, codes: str, **options: object) -> list[tuple[str, str, str, str]]:
    found = attributions(labelled((text, codes), **options), [Place(text, 0)])[0]  # type: ignore[arg-type]
    return [shown(text, a) for a in found]


def of_kinds(text: str, codes: str, kinds: list[int], quotes: Quotes) -> list[Attribution]:
    block = labelled((text, codes), quotes=quotes)
    decided = np.full(len(block.labels.label), -1, dtype=np.int8)
    decided[block.first[0] : block.first[0] + len(kinds)] = kinds
    return attributions(block, [Place(text, 0)], decided)[0]


def shown(text: str, a: Attribution) -> tuple[str, str, str, str]:
    return text[a.span.start : a.span.end], a.voice, a.speaker, a.cue


def test_a_cue_before_its_content() -> None:
    assert said("The army said they left.", "ss c bii") == [("they left.", "indirect", "The army", "said")]


def test_a_cue_behind_its_content_with_the_verb_first() -> None:
    assert said("They left, said Ada Brun.", "bi o c ss o") == [("They left", "indirect", "Ada Brun", "said")]


def test_two_speakers_in_one_sentence_keep_their_own() -> None:
    text = "Ann said it rained, and Bob said it snowed."
    assert said(text, "s c bi o o s c bii") == [
        ("it rained", "indirect", "Ann", "said"),
        ("it snowed.", "indirect", "Bob", "said"),
    ]


def test_an_interrupted_quotation_goes_on_for_its_speaker() -> None:
    text = '"It is over," he said. "We lost."'
    found = said(text, "biiiii sc o biiii", quotes=((0, 13, 1), (23, 33, 1)))
    assert found == [
        ('"It is over,"', "direct", "he", "said"),
        ('"We lost."', "direct", "he", "said"),
    ]


def test_a_source_of_several_parts_is_one() -> None:
    text = "Smith, the chief, said it rained."
    assert said(text, "s o ss o c bii") == [("it rained.", "indirect", "Smith, the chief", "said")]


def test_a_source_without_the_label_is_found_where_the_labeller_thought_of_one() -> None:
    text = "The army said they left."
    assert said(text, "oo c bii", sources={0: 0.3, 1: 0.4})[0][2] == "The army"
    assert said(text, "oo c bii")[0][2] == ""


def test_words_next_to_a_source_that_are_likely_enough_belong_to_it() -> None:
    assert said("The army said they left.", "os c bii", sources={0: 0.3})[0][2] == "The army"


def test_a_pronoun_at_the_end_is_the_source_and_who_stands_for_the_name_before() -> None:
    assert said("After he said it rained, we left.", "ss c bi o oo o")[0][2] == "he"
    text = "Mr. Brun, who said it rained, left."
    found = attributions(labelled((text, "ssss s c bi o o o")), [Place(text, 0)])[0][0]
    assert speakers.clean(found.speaker) == "Mr. Brun"
    assert found.source is not None
    assert text[slice(*found.source)] == "who"


def test_small_words_at_the_ends_belong_to_no_source() -> None:
    assert said("When the army said they left, he stayed.", "sss c bi o oo o")[0][2] == "the army"


def test_each_paragraph_is_linked_as_if_it_were_alone() -> None:
    paragraphs = [
        ("The army said they left.", "ss c bii"),
        ("It rained.", "bii"),
        ("They left, said Ada Brun.", "bi o c ss o"),
        ("All was quiet.", "oooo"),
    ]
    places = [Place(text, 0) for text, _ in paragraphs]
    together = attributions(labelled(*paragraphs), places)
    alone = [attributions(labelled(own), [place])[0] for own, place in zip(paragraphs, places, strict=True)]
    assert together == alone
    assert [len(found) for found in together] == [1, 1, 1, 0]


def test_a_content_of_the_next_sentence_goes_on_for_its_speaker() -> None:
    assert said("He said no. It rained.", "s c b o bii")[1] == ("It rained.", "indirect", "He", "said")


def test_a_cue_of_another_sentence_is_not_taken() -> None:
    text = "He said no. All was quiet then. It rained."
    assert said(text, "s c b o oooo o bii")[1] == ("It rained.", "indirect", "", "")


def test_what_is_not_sure_is_unknown() -> None:
    found = said("The army said they left.", "ss c bii", chance=0.55)
    assert {voice for _, voice, _, _ in found} == {"unknown"}


def test_marks_decide_over_labels() -> None:
    text, codes, quotes = 'The "regime" fell.', "o ooo o o", ((4, 12, 1),)
    for kind, voice in ((SCARE, "scare"), (DIRECT, "direct")):
        found = of_kinds(text, codes, [-1, kind, kind, kind, -1, -1], quotes)
        assert [shown(text, a)[:2] for a in found] == [('"regime"', voice)]
    assert of_kinds(text, codes, [-1, OWN, OWN, OWN, -1, -1], quotes) == []


def test_words_that_only_marks_attribute_get_the_speaker_beside_them() -> None:
    text = 'Ann said it rained, a "flood" of it.'
    kinds = [-1] * 6 + [DIRECT] * 3 + [-1] * 3
    found = of_kinds(text, "s c bi o o ooo oo o", kinds, ((22, 29, 1),))
    assert [shown(text, a) for a in found][1] == ('"flood"', "direct", "Ann", "said")


def test_a_name_in_marks_stays_with_whoever_reports_it() -> None:
    text = 'He saw "Ada" there, they said.'
    found = of_kinds(text, "biiiii o s c o", [-1, -1, OWN, OWN, OWN, -1, -1, -1, -1, -1], ((7, 12, 1),))
    assert {a.voice for a in found} <= {"direct", "indirect"}
