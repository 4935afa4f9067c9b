"""The model of short quotations: scaling, factors, and the same answer in any batch."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from framing.context import label_readings, open_reading
from framing.context.labeller.store import shipped_model
from framing.context.quote_features import SIZES
from framing.context.shortquotes import CLASSES, LIMIT, ShortQuoteWeights, scaled
from framing.text.sentences import paragraphs

N = sum(SIZES.values())
FILLER = "The ferry to Ostrel was late again and the harbour master walked along the quay for an hour. " * 3
TEXTS = [
    f'{FILLER}\nThe "moderate" rebels took the port. Their "peace plan" was rejected.',
    f'The minister called the vote "a farce" on Monday.\n{FILLER}\nHer film "Salt Roads" opens in Ostrel.',
    'Council of "elders" meets in Veld',
    f'{FILLER}\n"We never wanted any of this," she said.\nHe spoke of ‘order’, of "calm" and of "trust".',
]


def test_the_shipped_weights_fit_the_features() -> None:
    short = shipped_model().short
    assert short.weights.shape == (N, len(CLASSES))
    assert short.mean.shape == short.scale.shape == (N,)
    assert short.factors[0] == 1
    assert (short.scale >= 0).all()


def test_scaled_features_are_cut_off_and_unknown_ones_are_average() -> None:
    rows = np.array([[np.nan, 1e6, -1e6, 3]], dtype=np.float32)
    ones = np.ones(4, dtype=np.float32)
    assert scaled(rows, 2 * ones, ones).tolist() == [[0, LIMIT, -LIMIT, 1]]


def test_factors_move_the_decision() -> None:
    zero = np.zeros(1, dtype=np.float32)
    chances = np.array([[0.5, 0.4, 0.1], [0.5, 0.1, 0.4]], dtype=np.float32)
    plain = ShortQuoteWeights(np.zeros((1, 3), np.float32), zero, zero, zero, np.float32([1, 1, 1]))
    moved = ShortQuoteWeights(np.zeros((1, 3), np.float32), zero, zero, zero, np.float32([1, 2, 1]))
    assert plain.decide(chances).tolist() == [0, 0]
    assert moved.decide(chances).tolist() == [1, 0]


def test_chances_do_not_depend_on_the_other_rows() -> None:
    short = shipped_model().short
    rows = np.random.default_rng(4).normal(0, 2, (37, N)).astype(np.float32)
    every = short.classify(rows)
    assert np.allclose(every.sum(axis=1), 1, atol=1e-5)
    assert not np.array_equal(every[0], every[1])
    for part in (slice(0, 1), slice(3, 5), slice(7, 37)):
        assert np.array_equal(short.classify(rows[part]), every[part])
    assert np.array_equal(short.classify(rows[::-1])[::-1], every)


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_a_paragraph_gets_the_same_alone_and_among_others(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from framing.context import voice

    seen: dict[tuple[str, int], bytes] = {}
    plain = voice.quote_features

    def watched(labels, quotes, lexical):  # type: ignore[no-untyped-def]
        rows = plain(labels, quotes, lexical)
        for quote, row in zip(quotes, rows, strict=True):
            assert seen.setdefault((quote.text, quote.span.start), row.tobytes()) == row.tobytes()
        return rows

    monkeypatch.setattr(voice, "quote_features", watched)
    model = shipped_model()
    together = [open_reading(text, paragraphs(text)) for text in TEXTS]
    label_readings(model, [(r, range(len(r.paragraphs))) for r in together])
    assert len(seen) == 8
    for paragraph in reversed(range(len(together[number].paragraphs))):
        alone = open_reading(TEXTS[number], paragraphs(TEXTS[number]))
        label_readings(model, [(alone, [paragraph])])
        assert alone.found[paragraph] == together[number].found[paragraph]


def test_a_text_is_only_looked_at_for_short_quotations() -> None:
    text = f'{FILLER}\n"We never wanted any of this," she said.\nThe "moderate" rebels took the port.'
    reading = open_reading(text, paragraphs(text))
    model = shipped_model()
    label_readings(model, [(reading, [0, 1])])
    assert reading._article is None
    label_readings(model, [(reading, [2])])
    assert reading._article is not None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ('The "moderate" rebels took the port.', "scare"),
        ('The minister said the vote was "a farce".', "attributed"),
        ('In 1989 she wrote a novel titled "Salt Roads".', "name"),
        ('His film "Night Ferry" opens on Friday.', "name"),
    ],
)
def test_what_the_shipped_model_makes_of_plain_cases(
    sentence: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    decide = ShortQuoteWeights.decide

    def watched(self: ShortQuoteWeights, chances: NDArray[np.float32]) -> NDArray[np.int64]:
        decided = decide(self, chances)
        said.extend(CLASSES[i] for i in decided.tolist())
        return decided

    monkeypatch.setattr(ShortQuoteWeights, "decide", watched)
    text = f"{FILLER}\n{sentence}"
    reading = open_reading(text, paragraphs(text))
    label_readings(shipped_model(), [(reading, range(len(reading.paragraphs)))])
    assert said == [expected]


def test_what_is_called_so_called_is_a_scare_quote_whatever_the_model_says() -> None:
    text = f'{FILLER}\nThe so-called "council" met in Veld.'
    reading = open_reading(text, paragraphs(text))
    label_readings(shipped_model(), [(reading, range(len(reading.paragraphs)))])
    assert [a.voice for a in reading.attributions() if a.voice != "own"] == ["scare"]
