"""Why the classifier answers as it does, from the text of an article on."""

from __future__ import annotations

import math

import pytest

import framing
from framing.config import Config
from framing.context.labeller.stream import Passage, read_stream
from framing.corpus.documents import documents_of
from framing.errors import InputError
from framing.pipeline import Engine
from framing.pipeline.explained import explained, explanation
from framing.records import Document
from framing.scoring.loaded.store import shipped_classifier

DOCUMENTS = [
    *documents_of(framing.load_demo())[:12],
    Document(
        "odd",
        "ORLAN, March 4 (Reuters) - The re\u0301gime\u2019s allies fell.\n\nNothing else.\n\n"
        "\u201cThe terrorists fled,\u201d he said. The regime fell again\n\nThe regime fell again\n",
        outlet="Reuters",
        title="A re\u0301gime, the foreign-backed terrorists and 3.5 others",
    ),
    Document("none", "The council met.", title="Nothing"),
]
ENGINE = Engine(classifier=shipped_classifier())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.doc_id)
def test_the_parts_of_every_mention_sum_to_its_p_loaded(document: Document) -> None:
    (article,) = ENGINE.analyze([document])
    found = explained(document)
    assert len(found) == len(article.mentions)
    for mention, parts in zip(article.mentions, found, strict=True):
        odds = math.log(mention.p_loaded / (1 - mention.p_loaded))
        assert sum(part.value for part in parts) == pytest.approx(odds, abs=1e-9)


def test_the_words_are_those_that_the_classifier_read() -> None:
    total = 0
    for document in DOCUMENTS:
        (article,), gathered = next(ENGINE.read([document]))
        words, surroundings = gathered.words(), gathered.surroundings()
        stream = read_stream([Passage(word) for word in words])
        alone = stream.hash[stream.paragraph >= 0].tolist()
        for word, own, read in zip(words, alone, surroundings.words.hash.tolist(), strict=True):
            # The s of a genitive is no word of its own in a text, and a word where it stands alone.
            assert read == own or (word.lower() == "s" and read == ord("s") + 1)
        rows = zip(surroundings.mentions.first.tolist(), surroundings.mentions.stop.tolist(), strict=True)
        for mention, (first, stop) in zip(article.mentions, rows, strict=True):
            assert "".join(words[first:stop]) == "".join(mention.surface.split())
        total += len(words)
    assert total > 1000


def test_words_of_several_articles_stand_in_their_order() -> None:
    _, gathered = next(ENGINE.read(DOCUMENTS))
    alone = [word for document in DOCUMENTS for word in next(ENGINE.read([document]))[1].words()]
    assert gathered.words() == alone


def test_words_are_named_as_they_stand_around_each_mention() -> None:
    text = "Nothing here.\n\nThe storm is a monster. The Assad regime claimed responsibility for it."
    first, second = ({part.what for part in parts} for parts in explained(Document("a", text)))
    assert any(what.startswith("the entry 'monster'") for what in first)
    assert {"'a' right before", "'storm' nearby"} <= first
    assert any(what.startswith("the entry 'Assad regime'") for what in second)
    assert {"'The' right before", "'claimed' right after", "'storm' nearby"} <= second
    assert not any("'Nothing'" in what for what in first | second)


def test_an_explanation_holds_the_article_as_it_is_scored() -> None:
    for document in DOCUMENTS:
        (article,) = ENGINE.analyze([document])
        found = explanation(document)
        assert found.article == article
        assert found.contributions() == explained(document)
        assert (found.surroundings is None) == (not article.mentions)


def test_names_of_referents_have_no_parts() -> None:
    lexicons = [framing.load_lexicon("referents-en"), framing.load_lexicon("cues-en")]
    view = framing.explain("The IDF and Hamas agreed.", lexicons=lexicons)
    assert len(view.mentions)
    assert explained(view.article.document, lexicons=lexicons) == [[]] * len(view.mentions)
    assert view.why(0).shape == (0, 2)


def test_an_article_that_is_not_scored_has_none() -> None:
    document = Document("long", "The regime fell. " * 10)
    assert explained(document, config=Config(max_chars=50)) == []
    assert len(explained(document)) == 10


def test_a_view_tells_why_with_its_own_lexicons() -> None:
    lexicons = [framing.load_lexicon("general-en"), framing.load_lexicon("cues-en")]
    text = "The Assad regime fell. A monster storm came."
    view = framing.explain(text, lexicons=lexicons)
    assert len(view.mentions) < len(framing.explain(text).mentions)
    for number, chance in enumerate(view.mentions["p_loaded"]):
        table = view.why(number, n=3)
        assert table.columns.tolist() == ["part", "log_odds"]
        assert table["part"].tolist()[3:] == ["everything else"]
        assert table["log_odds"].sum() == pytest.approx(math.log(chance / (1 - chance)), abs=1e-9)
    for number in (-1, len(view.mentions)):
        with pytest.raises(InputError, match="no such mention"):
            view.why(number)
