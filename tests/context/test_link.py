"""Sources and cues find their contents; quotation marks and certainty make the voice."""

from __future__ import annotations

import numpy as np

from framing.context.labeller import Passage
from framing.context.labeller.label import Labels
from framing.context.labeller.stream import read_stream
from framing.context.link import DIRECT, OWN, SCARE, attributions, links
from framing.records import Attribution

CODES = {"o": 0, "s": 1, "c": 2, "b": 3, "i": 4}


def labelled(
    text: str, codes: str, *, chance: float = 0.95, quotes: tuple[tuple[int, int, int], ...] = ()
) -> Labels:
    """Return labels as the labeller would give them, one code a word or sign."""
    stream = read_stream([Passage(text, quotes)])
    row = slice(int(stream.first[0]), int(stream.first[0] + stream.size[0]))
    label = np.array([CODES[code] for code in codes.replace(" ", "")], dtype=np.int8)
    assert len(label) == stream.size[0], (len(label), int(stream.size[0]))
    content = np.where(label >= CODES["b"], chance, 1 - chance).astype(np.float32)
    return Labels(
        stream.start[row], stream.end[row], label, content, stream.quote[row], stream.sentence[row],
        stream.sign[row], stream.hash[row],
    )  # fmt: skip


def said(text: str, codes: str, **options: object) -> list[tuple[str, str, str, str]]:
    found = attributions(text, 0, labelled(text, codes, **options))  # type: ignore[arg-type]
    return [shown(text, a) for a in found]


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
    found = links(labelled(text, "s o ss o c bii"))
    assert [(link.source.first, link.source.last) for link in found if link.source] == [(0, 3)]


def test_a_content_of_the_next_sentence_goes_on_for_its_speaker() -> None:
    assert said("He said no. It rained.", "s c b o bii")[1] == ("It rained.", "indirect", "He", "said")


def test_a_cue_of_another_sentence_is_not_taken() -> None:
    text = "He said no. All was quiet then. It rained."
    assert said(text, "s c b o oooo o bii")[1] == ("It rained.", "indirect", "", "")


def test_what_is_not_sure_is_unknown() -> None:
    found = said("The army said they left.", "ss c bii", chance=0.55)
    assert {voice for _, voice, _, _ in found} == {"unknown"}


def test_marks_decide_over_labels() -> None:
    text = 'The "regime" fell.'
    labels = labelled(text, "o ooo o o", quotes=((4, 12, 1),))
    for kind, voice in ((SCARE, "scare"), (DIRECT, "direct")):
        kinds = np.array([-1, kind, kind, kind, -1, -1], dtype=np.int8)
        assert [shown(text, a)[:2] for a in attributions(text, 0, labels, kinds)] == [('"regime"', voice)]
    kinds = np.array([-1, OWN, OWN, OWN, -1, -1], dtype=np.int8)
    assert attributions(text, 0, labels, kinds) == []


def test_a_name_in_marks_stays_with_whoever_reports_it() -> None:
    text = 'He saw "Ada" there, they said.'
    labels = labelled(text, "biiiii o s c o", quotes=((7, 12, 1),))
    kinds = np.array([-1, -1, OWN, OWN, OWN, -1, -1, -1, -1, -1], dtype=np.int8)
    voices = [a.voice for a in attributions(text, 0, labels, kinds)]
    assert set(voices) <= {"direct", "indirect"}
