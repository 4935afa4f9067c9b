"""Labels of a paragraph depend on the paragraph alone, and mentions on what they need alone."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

import framing
from framing.config import Config
from framing.context.labeller import Passage
from framing.context.labeller.labels import BEGIN, CUE, INSIDE, SOURCE
from framing.context.labeller.passages import passages_of
from framing.context.labeller.store import shipped_model
from framing.resources import demo_articles
from framing.text.sentences import paragraphs


def demo_passages() -> list[Passage]:
    lines = demo_articles().read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    return [passage for text in texts for passage in passages_of(text, paragraphs(text))]


def test_any_batch_gives_the_same_bits() -> None:
    labeller = shipped_model().labeller
    passages = [*demo_passages(), Passage("\u200b"), Passage("..."), Passage("\xad\xad")]
    together = labeller.label(passages)
    order = np.random.default_rng(3).permutation(len(passages))
    shuffled = labeller.label([passages[i] for i in order])
    for place, number in enumerate(order.tolist()):
        for one, other in zip(together[number], shuffled[place], strict=True):
            if one is not together[number].sentence:  # sentences are numbered through the batch
                assert np.array_equal(one, other)
    for number in order[:40].tolist():
        alone = labeller.label([passages[number]])[0]
        assert np.array_equal(alone.label, together[number].label)
        assert np.array_equal(alone.content, together[number].content)


def test_source_cue_and_content_of_a_plain_sentence() -> None:
    text = "The governor said that the rebels had left the valley before dawn."
    labels = shipped_model().labeller.label([Passage(text)])[0]
    words = [text[a:b] for a, b in zip(labels.start.tolist(), labels.end.tolist(), strict=True)]
    found = dict(zip(words, labels.label.tolist(), strict=True))
    assert (found["governor"], found["said"]) == (SOURCE, CUE)
    assert found["rebels"] in (BEGIN, INSIDE)


@pytest.mark.parametrize("jobs", [1, 2])
def test_reading_only_what_mentions_need_changes_no_mention(jobs: int) -> None:
    lines = demo_articles().read_text(encoding="utf-8").splitlines()
    articles = pd.DataFrame([json.loads(line) for line in lines])
    whole = framing.analyze(articles)
    part = framing.analyze(articles, config=Config(words_by_voice=False), n_jobs=jobs)
    pd.testing.assert_frame_equal(whole.mentions, part.mentions)
    assert part.documents["n_words_own"].isna().all()
    assert whole.documents["n_words_own"].notna().all()
    pd.testing.assert_series_equal(whole.documents["n_words"], part.documents["n_words"])
