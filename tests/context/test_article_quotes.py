"""What a whole article tells about its short quotations. All sentences were written for this test."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from framing.context.article_quotes import FEWEST, N_FEATURES, ArticleQuotes, read_article
from framing.context.quotes import find_quotes
from framing.records import Span
from framing.text.sentences import paragraphs

FILLER = "The ferry to Ostrel was late again and the harbour master walked along the quay for an hour. " * 3
SINGLE, PLACE, RECURRING = 20, 22, N_FEATURES - 9


def article(text: str) -> ArticleQuotes:
    spans = paragraphs(text)
    return read_article(text, spans, find_quotes(text, spans))


def features(text: str, quotation: str, occurrence: int = 0) -> NDArray[np.float32]:
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(quotation, start + 1)
    return article(text).features(Span(start, start + len(quotation)))


def recurring(before: str, quotation: str = '"moderate wing"') -> list[bool]:
    found = features(f"{before}\n{FILLER}\nThe {quotation} met.", quotation, before.count(quotation))
    unquoted, _, short, long = found[RECURRING : RECURRING + 4].tolist()
    return [unquoted > 0, short > 0, long > 0]


def test_a_phrase_is_found_where_it_stands_again() -> None:
    assert recurring("Nothing new came from Ostrel.") == [False, False, False]
    assert recurring("The moderate wing of Ostrel kept silent.") == [True, False, False]
    assert recurring("A Moderate Wing’s vote was lost.") == [True, False, False]
    assert recurring('The "moderate wing" kept silent.') == [False, True, False]
    assert recurring('The "moderate" wing kept silent.') == [False, False, False]
    assert recurring('"Our moderate wing has never been for it," she said.') == [False, False, True]


def test_words_of_the_phrase_count_apart_from_it() -> None:
    none = features(f'{FILLER}\nThe "moderate wing" met.', '"moderate wing"')
    one = features(f'A wing of the palace burned.\n{FILLER}\nThe "moderate wing" met.', '"moderate wing"')
    both = features(
        f'A wing burned; moderate winds helped.\n{FILLER}\nThe "moderate wing" met.', '"moderate wing"'
    )
    mean, every = RECURRING + 4, RECURRING + 5
    assert none[mean] == 0 < one[mean] < both[mean]
    assert (none[every], one[every], both[every]) == (0, 0, 1)


def test_empty_words_of_the_phrase_are_not_looked_for() -> None:
    found = features(f'The harbour of the town.\n{FILLER}\nThey saw "the wing" go.', '"the wing"')
    assert found[RECURRING + 4] == 0


def test_a_text_of_a_few_words_has_no_habits() -> None:
    assert np.isnan(features('The "moderate wing" met.', '"moderate wing"')).all()
    words = "wing " * FEWEST
    assert not np.isnan(features(f'{words} "moderate".', '"moderate"')).any()


def test_single_marks_are_told_from_the_style_of_the_house() -> None:
    text = f"{FILLER}\nThe ‘peace’ held. The “truce” held. The “calm” held."
    own, style = features(text, "‘peace’"), features(text, "“truce”")
    assert (own[SINGLE], style[SINGLE]) == (1, 0)
    assert own[0] == style[0] == np.float32(1 / 3)
    assert own[SINGLE + 1] > style[SINGLE + 1]


def test_tone_is_that_of_the_words_outside_of_quotations() -> None:
    i = 10  # the first of the tone, after what the marks tell
    quoted = features(f'{FILLER}\n"I saw it and I knew it was my boat," he said. The "wing" met.', '"wing"')
    own = features(f'{FILLER}\nI saw it and I knew it was my boat, he said. The "wing" met.', '"wing"')
    assert quoted[i] == 0 < own[i]


def test_neighbours() -> None:
    beside, around, far = PLACE + 7, PLACE + 8, PLACE + 5
    alone = features(f'{FILLER}\nThe "wing" met.', '"wing"')
    near = features(f'{FILLER}\nThe "wing" and the "fins" met.', '"wing"')
    away = features(f'The "fins" met.\n{FILLER}\nThe "wing" met.', '"wing"')
    long = features(f'{FILLER}\nThe "wing" met. "We will all be there by noon," she said.', '"wing"')
    assert [x[beside] for x in (alone, near, away, long)] == [0, 1, 0, 0]
    assert [x[around] for x in (alone, near, away, long)] == [0, 1, 1, 0]
    assert [x[far] for x in (alone, near, away, long)] == [0, 1, 0, 0]
    assert [x[far + 1] for x in (alone, near, away, long)] == [0, 0, 0, 1]


def test_removed_paragraphs_do_not_count() -> None:
    text = f'The moderate wing fell.\n{FILLER}\nThe "moderate wing" met.'
    kept = paragraphs(text)[1:]
    start = text.index('"')
    found = read_article(text, kept, find_quotes(text, kept)).features(Span(start, start + 15))
    assert found[RECURRING] == 0


def test_letters_that_fold_to_several_do_not_shift_anything() -> None:
    found = features(
        f'An oﬃcer spoke 😀. A moderate wing.\n{FILLER}\nThe "moderate wing".', '"moderate wing"'
    )
    assert found[RECURRING] == 1


def test_two_apostrophes_are_a_double_mark() -> None:
    for quotation, single in (("''Moderate wing''", 0.0), ("‘Moderate wing’", 1.0), ('"Moderate wing"', 0.0)):
        found = features(f"{FILLER}\nThe {quotation} met.", quotation)
        assert found[SINGLE] == single
        assert found[7] == 1.0  # the short quotations of the text begin with a capital


def test_time_grows_with_the_text_and_not_with_its_square() -> None:
    words = [f"w{number}" for number in range(16)]

    def used(n: int) -> float:
        rows = (f'"{" ".join(words[(i * k) % 16] for k in (1, 2, 3, 5, 7))}" stood.' for i in range(n))
        text = FILLER + "\n" + "\n".join(rows)
        spans = paragraphs(text)
        scan = find_quotes(text, spans)
        begin = time.process_time()
        whole = read_article(text, spans, scan)
        for quote in scan.quotes:
            whole.features(quote.span)
        return time.process_time() - begin

    used(100)
    assert used(6400) < 24 * max(used(800), 0.01)


def test_a_quotation_of_nothing_but_signs_at_the_end_is_read() -> None:
    import pandas as pd

    import framing

    text = "The army said on Monday that it had left the city and people went home again. " * 4
    found = framing.analyze(pd.DataFrame({"text": [text + '‘\u200bregime’ fell "\u200b']}))
    assert found.documents["status"].tolist() == ["no_outlet"]
    assert found.mentions["surface"].tolist() == ["regime"]
