from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from framing.corpus.events import add_events, find_events, list_events
from framing.errors import InputError, TableError
from framing.tables import build

WORDS = np.array([f"w{chr(97 + i % 26)}{i}" for i in range(3000)])
STORIES = {
    "tram": "Tram crash in Croydon kills seven passengers after the driver lost control on a bend",
    "cubs": "Cubs win the baseball championship in Chicago and end a wait of more than a century",
    "nice": "Truck drives into a crowd in Nice during fireworks and police shoot the attacker dead",
}


def table_of(*rows: Sequence[str]) -> pd.DataFrame:
    """Build a corpus from (doc_id, outlet, published, title, text)."""
    return pd.DataFrame(rows, columns=["doc_id", "outlet", "published", "title", "text"], dtype="str")


def corpus_of(seed: int, events: int, per: int = 4, span: int = 2) -> tuple[pd.DataFrame, np.ndarray]:
    """Draw articles about events with words of their own, and which event each is about."""
    rng = np.random.default_rng(seed)
    rows, truth = [], []
    for event in range(events):
        topic = rng.choice(WORDS, 15)
        start = np.datetime64("2020-01-01") + rng.integers(0, 60)
        for i in range(per):
            title = " ".join(rng.choice(topic, 6))
            text = " ".join(np.where(rng.random(80) < 0.4, rng.choice(topic, 80), rng.choice(WORDS, 80)))
            day = str(start + rng.integers(0, span + 1))
            rows.append((f"d{event:03}-{i}", f"outlet {i}", day, title, text))
            truth.append(event)
    return table_of(*rows), np.array(truth)


@pytest.fixture
def stories() -> pd.DataFrame:
    return table_of(
        ("a1", "Alpha", "2016-11-09", "Croydon tram crash", STORIES["tram"]),
        ("a2", "Beta", "2016-11-10", "Tram crash: driver held in Croydon", STORIES["tram"]),
        ("b1", "Alpha", "2016-11-10", "Cubs win", STORIES["cubs"]),
        ("c1", "Beta", "2016-11-09", "Truck attack in Nice", STORIES["nice"]),
        ("a3", "Gamma", "2016-11-30", "Croydon tram crash", STORIES["tram"]),
    )


def test_the_same_story_within_days_is_one_event(stories: pd.DataFrame) -> None:
    found = dict(zip(stories["doc_id"], find_events(stories), strict=True))
    assert found["a1"] == found["a2"] == "2016-11-09-crash-croydon-tram"
    assert len(set(found.values())) == 4
    assert found["a3"] == "2016-11-30-crash-croydon-tram"
    assert found["c1"].startswith("2016-11-09-")


@pytest.mark.parametrize("seed", range(3))
def test_planted_events_are_found(seed: int) -> None:
    articles, truth = corpus_of(seed, 40)
    found = find_events(articles).to_numpy()
    same, planted = found[:, None] == found, truth[:, None] == truth
    assert same[planted].mean() > 0.97
    assert planted[same].mean() > 0.99


def test_no_event_spans_more_days_than_asked(stories: pd.DataFrame) -> None:
    text = STORIES["tram"]
    daily = table_of(*((f"d{i:02}", "A", f"2020-01-{i + 1:02}", "Tram", text) for i in range(25)))
    for days in (0, 1, 3):
        grouped = daily.assign(event=find_events(daily, days=days)).groupby("event")["published"]
        dates = pd.to_datetime(grouped.max()) - pd.to_datetime(grouped.min())
        assert dates.dt.days.max() == days
    assert find_events(stories, days=30).nunique() == 3


def test_the_order_of_rows_changes_nothing() -> None:
    articles, _ = corpus_of(5, 30)
    copies = articles.head(8).assign(doc_id=[f"copy{i}" for i in range(8)])
    articles = pd.concat([articles, copies], ignore_index=True)
    expected = find_events(articles)
    mixed = articles.sample(frac=1, random_state=3)
    found = find_events(mixed)
    assert found.index.equals(mixed.index)
    pd.testing.assert_series_equal(found.sort_index(), expected)
    unnamed = find_events(mixed.drop(columns="doc_id"))
    pd.testing.assert_series_equal(unnamed.sort_index(), expected)


def test_articles_without_date_or_words_have_no_event(stories: pd.DataFrame) -> None:
    more = table_of(
        ("x1", "Alpha", "", "Croydon tram crash", STORIES["tram"]),
        ("x2", "Alpha", "2016-02-30", "Croydon tram crash", STORIES["tram"]),
        ("x3", "Alpha", "2016-11-09", "", " "),
        ("x4", "Alpha", "2016-11-09", "The", "and of the"),
    )
    found = find_events(pd.concat([stories, more], ignore_index=True))
    assert found.tolist()[5:] == [""] * 4
    assert found.tolist()[:5] == find_events(stories).tolist()
    assert find_events(more).tolist() == [""] * 4
    assert find_events(stories.head(0)).tolist() == []


def test_few_outlets_make_no_event(stories: pd.DataFrame) -> None:
    found = find_events(stories, min_outlets=2)
    assert found.tolist() == ["2016-11-09-crash-croydon-tram"] * 2 + [""] * 3
    again = stories.assign(outlet="Alpha")
    assert set(find_events(again, min_outlets=2)) == {""}
    assert set(find_events(stories.drop(columns="outlet"), min_outlets=2)) == {""}


def test_headlines_and_other_column_names() -> None:
    table = pd.DataFrame({
        "Headline": ["Croydon tram crash kills seven", "Seven die in Croydon tram crash", "Cubs win"],
        "date": ["9 November 2016", "2016-11-10T08:00:00Z", "2016-11-10"],
    })  # fmt: skip
    found = find_events(table, column="story")
    assert found.name == "story"
    assert found[0] == found[1] == "2016-11-09-crash-croydon-seven" != found[2]


def test_equal_names_are_told_apart() -> None:
    """Numbers name nothing, so that these two events would both be called by their date."""
    numbers = table_of(("p", "A", "2020-01-01", "5678", ""), ("q", "B", "2020-01-01", "1234", ""))
    assert find_events(numbers).tolist() == ["2020-01-01-event-2", "2020-01-01-event"]


def test_options_out_of_range(stories: pd.DataFrame) -> None:
    for option in ({"days": -1}, {"similarity": 0.0}, {"similarity": 1.0}, {"min_outlets": 0}):
        with pytest.raises(InputError, match="is out of range") as caught:
            find_events(stories, **option)
        assert caught.value.where == f"option {next(iter(option))}"
    with pytest.raises(InputError, match="no column with the text"):
        find_events(stories[["doc_id", "published"]])


@pytest.fixture
def scored(stories: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows = stories[["doc_id", "outlet", "published", "title"]].itertuples(index=False, name=None)
    documents = build("documents", [(*row, 20, 20, 0, 0, 0, 0, 0, "", "ok", "") for row in rows])
    return documents, build("texts", list(zip(stories["doc_id"], stories["text"], strict=True)))


def test_events_of_a_scored_corpus(scored: tuple[pd.DataFrame, pd.DataFrame], stories: pd.DataFrame) -> None:
    documents, texts = scored
    before = documents.copy()
    found = add_events(documents, texts.sample(frac=1, random_state=1))
    assert found["event"].tolist() == find_events(stories).tolist()
    pd.testing.assert_frame_equal(documents, before)
    pd.testing.assert_frame_equal(found.drop(columns="event"), before)
    titles = add_events(documents)
    assert titles["event"].tolist() == find_events(stories.drop(columns="text")).tolist()
    indexed = documents.set_index(pd.Index([7, 7, 5, 3, 1]))
    assert add_events(indexed, texts)["event"].tolist() == found["event"].tolist()


def test_articles_that_were_not_scored_have_no_event(scored: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    documents, texts = scored
    documents.loc[1, "status"] = "duplicate_id"
    found = add_events(documents, texts)["event"].tolist()
    assert found[1] == ""
    assert all(found[:1] + found[2:])


def test_a_given_column_is_not_overwritten(scored: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    documents, texts = scored
    given = documents.assign(event="topic")
    with pytest.raises(InputError, match="has a column of this name") as caught:
        add_events(given, texts)
    assert "replace=True" in caught.value.fix
    assert add_events(given, texts, replace=True)["event"].nunique() == 4
    beside = add_events(given, texts, column="found")
    assert set(beside["event"]) == {"topic"}
    with pytest.raises(InputError, match="has a column of this name"):
        add_events(documents, texts, column="outlet", replace=True)
    with pytest.raises(TableError, match="lacks columns"):
        add_events(documents, texts.drop(columns="text"))


def test_list_of_events(scored: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    documents, texts = scored
    table = list_events(add_events(documents, texts))
    assert table.loc[0].to_dict() == {
        "event": "2016-11-09-crash-croydon-tram", "first": "2016-11-09", "last": "2016-11-10",
        "n_articles": 2, "n_outlets": 2, "words": "crash croydon tram driver held",
    }  # fmt: skip
    assert table["event"].tolist()[1:] == sorted(table["event"].tolist()[1:])
    assert table["n_articles"].sum() == 5
    given = documents.assign(topic=["x", "x", None, " ", "y"], published=["", "", "", "", ""])
    listed = list_events(given, column="topic")
    assert listed[["event", "first", "n_articles", "n_outlets"]].to_numpy().tolist() == [
        ["x", "", 2, 2], ["y", "", 1, 1],
    ]  # fmt: skip
    assert list_events(documents.assign(event="")).empty
    with pytest.raises(InputError, match="has no such column") as caught:
        list_events(documents)
    assert "add_events" in caught.value.fix


def test_importing_the_module_is_light() -> None:
    code = "import sys, framing.corpus.events; print('sklearn' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
