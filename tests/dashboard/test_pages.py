"""Every page in every state a corpus can bring about: it shows or explains, it never breaks."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path

import pandas as pd
import pytest
from app_driver import cells, component, open_app, words
from streamlit.testing.v1 import AppTest

import framing

PAGES = ("read", "compare", "concordance")


@pytest.fixture(scope="module")
def demo() -> framing.Result:
    return framing.analyze(framing.load_demo())


def scored(frame: pd.DataFrame, folder: Path, *, keep_texts: bool = True) -> Path:
    return framing.analyze(frame, keep_texts=keep_texts).save(folder)


def articles(
    outlets: dict[str, int], text: str = "The regime sent number {n} of its army north."
) -> pd.DataFrame:
    rows = [
        {"outlet": o, "title": f"T{n}", "text": text.format(n=n)}
        for o, size in outlets.items()
        for n in range(size)
    ]
    return pd.DataFrame(rows).assign(doc_id=[f"d{i}" for i in range(len(rows))])


def sound(app: AppTest) -> None:
    assert not app.exception
    assert "unforeseen" not in words(app)
    assert "Traceback" not in words(app)


def test_the_demo_opens_on_an_article_with_marks(demo: framing.Result) -> None:
    app = open_app()
    sound(app)
    data = component(app, "article")
    doc_id = app.query_params["doc_id"]
    documents = demo.documents.set_index("doc_id")
    assert len(data["mentions"]) == documents.loc[doc_id, "n_mentions"] == documents["n_mentions"].max()
    assert len(cells(app, "mentions")) == len(data["mentions"])
    assert f"{len(documents)} articles, {documents['outlet'].nunique()} outlets" in words(app)
    for mention in data["mentions"]:
        why = next(value for name, value in mention["why"] if name.startswith("Why p_loaded"))
        assert why.splitlines()[-1].endswith("everything else")


@pytest.mark.parametrize("voice", ["own", "direct", "indirect", "all"])
def test_the_comparison_shows_the_numbers_of_the_engine(demo: framing.Result, voice: str) -> None:
    app = open_app("compare", voice=voice, feature="terrorism_label")
    sound(app)
    table = framing.compare(demo.documents, demo.counts, voice=voice)
    expected = table[table["feature"] == "terrorism_label"].set_index("group")
    shown = {row[0]: row for row in cells(app, "comparison")}
    assert set(shown) == set(expected.index)
    for outlet, row in shown.items():
        rate, p, q = expected.loc[outlet, ["rate", "p", "q"]]
        assert row[3] == str(expected.loc[outlet, "n_mentions"])
        assert row[4] == ("0" if rate == 0 else f"{rate:.2f}")
        assert [float(row[8]), float(row[9])] == pytest.approx([p, q], abs=5.01e-4)
    notes = " ".join(element.proto.body for element in app.main if type(element).__name__ == "Html")
    assert "The unit is the article" in notes
    assert f"{table.attrs['method']['family_size']} tests" in notes
    assert "bias" not in (notes + words(app)).lower()


def test_every_row_of_the_comparison_links_to_its_sentences(demo: framing.Result) -> None:
    app = open_app("compare", voice="direct", feature="terrorism_label")
    for row in component(app, "comparison")["rows"]:
        query = dict(re.findall(r"(\w+)=([^&]*)", row[0]["href"]))
        assert row[0]["href"].startswith("./concordance?")
        assert (query["voice"], query["category"]) == ("direct", "terrorism_label")
        lines = open_app(
            "concordance", outlet=[row[0]["text"]], voice=["direct"], category=["terrorism_label"]
        )
        assert re.search(rf"^{row[3]['text']} of ", words(lines), re.MULTILINE) or row[3]["text"] == "0"


def test_entries_are_compared_with_globs(demo: framing.Result) -> None:
    app = open_app("compare", voice="all", entry="terror*")
    sound(app)
    table = framing.compare(demo.documents, demo.counts, voice="all", entries=["terror*"])
    assert sorted(int(row[3]) for row in cells(app, "comparison")) == sorted(table["n_mentions"])
    assert "entry=terror" in component(app, "comparison")["rows"][0][0]["href"]
    wrong = open_app("compare", entry="terrorrist")
    assert "no entry with a mention matches" in words(wrong)
    assert "did you mean" in words(wrong)
    sound(wrong)


def test_the_concordance_shows_all_lines_in_pages(demo: framing.Result) -> None:
    app = open_app("concordance")
    sound(app)
    everything = framing.concordance(demo.mentions, demo.texts, demo.documents)
    assert f"{len(everything)} of {len(everything)} mentions" in words(app)
    assert [row[1] for row in cells(app, "lines")] == everything["keyword"].tolist()[:25]
    app.selectbox(key="concordance_rows").set_value(100).run()
    assert [row[1] for row in cells(app, "lines")] == everything["keyword"].tolist()[:100]


def test_the_filters_of_the_concordance_are_those_of_the_engine(demo: framing.Result) -> None:
    asked = {"outlet": ["Meridian Wire"], "voice": ["direct", "indirect"], "category": ["terrorism_label"]}
    app = open_app("concordance", **asked, entry="terror*", contains="ARMY")
    sound(app)
    expected = framing.concordance(
        demo.mentions, demo.texts, demo.documents, outlets=asked["outlet"], voices=asked["voice"],
        categories=asked["category"], entries=["terror*"], contains="ARMY",
    )  # fmt: skip
    assert [row[1] for row in cells(app, "lines")] == expected["keyword"].tolist()
    assert len(expected)
    app.text_input(key="concordance_contains").set_value("nowhere at all").run()
    assert "No mention fits these filters" in words(app)


def test_values_from_the_address_that_do_not_exist_are_ignored(demo: framing.Result) -> None:
    app = open_app("concordance", outlet=["Nobody", "Meridian Wire"], voice=["<script>"], category=["x"])
    sound(app)
    assert app.multiselect(key="concordance_outlet").value == ["Meridian Wire"]
    assert app.multiselect(key="concordance_voice").value == []
    sound(open_app("compare", voice="nobody", feature="nothing"))
    unknown = open_app(doc_id="nowhere", outlet="Nobody", data="0000")
    sound(unknown)
    assert "not in this corpus" in words(unknown)
    assert "no longer open here" in words(unknown)
    assert component(unknown, "article")["mentions"]


def test_an_address_opens_one_mention_of_one_article(demo: framing.Result) -> None:
    row = demo.mentions[~demo.mentions["in_title"]].iloc[-1]
    app = open_app(doc_id=row["doc_id"], at=str(row["start"]))
    data = component(app, "article")
    assert data["mentions"][data["selected"]]["surface"] == row["surface"]
    app.selectbox(key="read_outlet").set_value("Meridian Wire").run()
    assert app.query_params["outlet"] == "Meridian Wire"
    assert "at" not in app.query_params
    assert component(app, "article")["selected"] == -1


def test_a_pasted_text_is_analysed() -> None:
    app = open_app()
    app.radio(key="read_source").set_value("paste").run()
    assert "stays on this machine" in words(app)
    app.text_area(key="paste_text").set_value("![x](http://203.0.113.9/p.png) The junta fell.")
    app.button[0].click().run()
    sound(app)
    data = component(app, "article")
    assert [m["surface"] for m in data["mentions"]] == ["junta"]
    assert data["mentions"][0]["href"] == ""  # it is not in the corpus
    assert "203.0.113.9" not in words(app)  # nothing of it went through markdown


@pytest.mark.parametrize("page", PAGES)
def test_a_corpus_without_articles(page: str, tmp_path: Path) -> None:
    empty = scored(articles({"A": 1}).iloc[:0], tmp_path / "empty")
    app = open_app(page, folder=empty)
    sound(app)
    expected = {
        "read": "holds no articles",
        "compare": "no article is left",
        "concordance": "No mention fits",
    }
    assert expected[page] in words(app)


@pytest.mark.parametrize("page", PAGES)
def test_a_corpus_without_a_mention(page: str, tmp_path: Path) -> None:
    app = open_app(
        page, folder=scored(articles({"A": 6, "B": 6}, "It rained for {n} days."), tmp_path / "dry")
    )
    sound(app)
    if page == "compare":
        assert {row[4] for row in cells(app, "comparison")} == {"0"}
        assert {row[-1] for row in cells(app, "comparison")} == {"no mentions"}


@pytest.mark.parametrize("page", PAGES)
def test_one_outlet(page: str, tmp_path: Path) -> None:
    app = open_app(page, folder=scored(articles({"Only": 6}), tmp_path / "one"))
    sound(app)
    if page == "compare":
        assert "a comparison needs two groups" in words(app)
        ((outlet, *_, rest, difference, p, q, _, _),) = cells(app, "comparison")
        assert (outlet, rest, difference, p, q) == ("Only", "–", "–", "–", "–")


def test_few_articles_are_marked_and_not_tested(tmp_path: Path) -> None:
    app = open_app("compare", folder=scored(articles({"Many": 9, "Few": 2}), tmp_path / "few"))
    sound(app)
    shown = {row[0]: row for row in cells(app, "comparison")}
    assert shown["Few"][8:10] == ["–", "–"]
    assert "fewer than 5 articles: not tested" in shown["Few"][-1]


@pytest.mark.parametrize("page", PAGES)
def test_a_folder_without_texts(page: str, tmp_path: Path) -> None:
    app = open_app(page, folder=scored(articles({"A": 6, "B": 6}), tmp_path / "bare", keep_texts=False))
    sound(app)
    if page != "compare":
        assert "--no-texts" in words(app)
    else:
        assert len(cells(app, "comparison")) == 2


@pytest.mark.parametrize("page", PAGES)
def test_articles_without_an_outlet(page: str, tmp_path: Path) -> None:
    app = open_app(page, folder=scored(articles({"": 6}), tmp_path / "nameless"))
    sound(app)
    assert page != "compare" or "no article is left" in words(app)


@pytest.mark.parametrize(("spoil", "message"), [
    (lambda f: (f / "counts.parquet").unlink(), "without counts.parquet"),
    (lambda f: (f / "run.json").write_text("[1]"), "run.json does not describe a run"),
    (lambda f: (f / "run.json").write_text("{"), "cannot be read"),
    (lambda f: (f / "mentions.parquet").write_bytes(b"PAR1"), "cannot be read"),
    (lambda f: pd.DataFrame({"![x](y)": [1]}).to_parquet(f / "counts.parquet"), "counts table lacks columns"),
])  # fmt: skip
def test_a_broken_folder_is_explained_and_the_demo_stays(spoil: object, message: str, tmp_path: Path) -> None:
    folder = scored(articles({"A": 2}), tmp_path / "broken")
    spoil(folder)  # type: ignore[operator]
    app = open_app(folder=folder)
    sound(app)
    assert message in words(app)
    assert "The demo corpus is shown instead" in words(app)
    assert all(
        "![" not in e.value for e in app.error
    )  # errors read markdown, what a file holds does not go there
    assert component(app, "article")["mentions"]


def test_a_corrected_folder_is_read_again(tmp_path: Path) -> None:
    folder = scored(articles({"A": 2}), tmp_path / "grown")
    app = open_app(folder=folder)
    assert "2 articles, 1 outlets" in words(app)
    scored(articles({"A": 3, "B": 1}), folder)
    app.run()
    assert "4 articles, 2 outlets" in words(app)


def test_the_folder_of_the_command_line_opens_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = scored(articles({"A": 2}), tmp_path / "first")
    monkeypatch.setenv("FRAMING_OPEN", str(folder))
    app = open_app()
    assert "first\n2 articles" in words(app)
    assert "data" not in app.query_params  # a new session opens it anyway
    app.sidebar.radio(key="data_source").set_value("demo").run()
    assert "Demo corpus" in words(app)
    assert "data" in app.query_params


def test_links_name_the_corpus_by_its_key_and_not_by_its_path(tmp_path: Path) -> None:
    folder = scored(articles({"A": 2}), tmp_path / "linked")
    app = open_app("concordance", folder=folder)
    short = app.query_params["data"]
    assert re.fullmatch(r"[0-9a-f]{16}", short)
    other = open_app("concordance", data=short)
    assert "From the link: linked" in words(other)
    assert cells(other, "lines") == cells(app, "lines")
    other.sidebar.radio(key="data_source").set_value("folder").run()
    assert "From the link" not in words(other)
    assert "data" not in other.query_params


def test_an_unforeseen_error_is_short_in_the_browser_and_long_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret text of an article")

    monkeypatch.setattr("framing.dashboard.analyses.framing.concordance", broken)
    with caplog.at_level(logging.ERROR):
        app = open_app("concordance", contains="a needle that no cache holds")
    assert not app.exception
    assert "RuntimeError; the details are in the terminal" in words(app)
    assert "secret" not in words(app)
    assert "secret text of an article" in caplog.text


def test_a_tampered_table_does_not_break_the_reader(tmp_path: Path) -> None:
    folder = scored(articles({"A": 1}), tmp_path / "tampered")
    mentions = pd.read_parquet(folder / "mentions.parquet")
    wild = mentions.assign(start=[10**9], end=[-5], surface="<b>", voice="nobody", rule_score=float("nan"))
    pd.concat([mentions, wild]).to_parquet(folder / "mentions.parquet")
    app = open_app(folder=folder)
    sound(app)
    json.dumps(component(app, "article"), allow_nan=False)
