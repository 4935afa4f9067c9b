"""``framing lexicon``: every command as a user types it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from command_line import run_framing
from sample_lexicon import ROW, write

from framing.resources import lexicon_root

Run = Callable[..., tuple[int, str]]
SHIPPED = Path(str(lexicon_root()))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def call(*args: object) -> tuple[int, str]:
        code, out, err = run_framing(capsys, monkeypatch, "lexicon", *map(str, args))
        return code, out + err

    return call


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    rows = [
        (
            f"d{i}",
            "AB"[i % 2],
            f"Day {i}. The murderous regime of the bad lot fell. " + "sprockety " * (2 * (i % 2)),
        )
        for i in range(12)
    ]
    rows += [(f"q{i}", "AB"[i % 2], f"Quiet day {i}: the garden was open.") for i in range(14)]
    path = tmp_path / "corpus.csv"
    pd.DataFrame(rows, columns=["doc_id", "outlet", "text"]).to_csv(path, index=False)
    return path


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    (tmp_path / "mine").mkdir()
    folder = write(tmp_path / "mine", ROW)
    (folder / "examples.csv").write_text(
        "entry_id,kind,sentence\nbad-lot,positive,A bad lot.\n", encoding="utf-8"
    )
    return folder


def test_check_finds_no_problem_in_the_shipped_lexicons(run: Run) -> None:
    code, shown = run("check")
    assert (code, shown.splitlines()[-1]) == (0, "0 problems")


def test_check_with_a_corpus_adds_notes_and_no_problem(run: Run, mine: Path, corpus: Path) -> None:
    code, shown = run("check", mine, "--corpus", corpus)
    assert code == 0
    assert f"in {corpus}, 26 articles:" in shown
    code, shown = run("check", "ukraine-en", "--corpus", corpus)
    assert "entries match nothing: " in shown


def test_check_names_words_that_two_lexicons_hold(run: Run, tmp_path: Path, mine: Path) -> None:
    (tmp_path / "other").mkdir()
    other = write(tmp_path / "other", {**ROW, "entry_id": "x"})
    code, shown = run("check", mine, other)
    assert code == 1
    assert "two lexicons share a form" in shown


def test_test_passes_and_fails(run: Run, mine: Path) -> None:
    code, shown = run("test", mine)
    assert (code, shown.splitlines()) == (
        0, ["mine 1: 1 entries, 1 positive and 0 negative examples", "0 problems"],
    )  # fmt: skip
    (mine / "examples.csv").write_text("entry_id,kind,sentence\nbad-lot,positive,No.\n", encoding="utf-8")
    code, shown = run("test", mine)
    assert code == 1
    assert "the entry does not count in its positive example" in shown


def test_list_counts_everything(run: Run) -> None:
    code, shown = run("list")
    assert code == 0
    assert "referents-en" in shown
    assert shown.splitlines()[-1].endswith("entries in all")


def test_stats_on_the_terminal_and_in_a_file(run: Run, mine: Path, corpus: Path, tmp_path: Path) -> None:
    code, shown = run("stats", corpus, "--lexicon", mine)
    assert code == 0
    assert "bad-lot" in shown
    code, shown = run("stats", corpus, "--add-lexicon", mine, "-o", tmp_path / "s.csv")
    table = pd.read_csv(tmp_path / "s.csv").set_index("entry_id")
    assert code == 0
    assert table.loc["bad-lot", "n"] == 12
    assert len(table) > 900


def test_stats_of_names_give_the_naming_choice(run: Run, tmp_path: Path) -> None:
    rows = [
        ("a", "A", "Israel spoke. The Zionist entity answered."),
        ("b", "B", "Israel spoke. Israel left."),
    ]
    pd.DataFrame(rows, columns=["doc_id", "outlet", "text"]).to_csv(tmp_path / "c.csv", index=False)
    code, _ = run("stats", tmp_path / "c.csv", "--lexicon", "referents-en", "-o", tmp_path / "s.csv")
    table = pd.read_csv(tmp_path / "s.csv").set_index("entry_id")
    named = table[table["n"] > 0]
    assert code == 0
    assert named["share_of_referent"].round(2).tolist() == [0.75, 0.25]
    assert set(named["referent"]) == {"israel"}


def test_suggest_finds_words_and_pairs(run: Run, corpus: Path, tmp_path: Path) -> None:
    code, shown = run("suggest", corpus)
    assert code == 0
    assert "Keywords" in shown
    assert "Collocations: none" in shown  # "murderous regime" is an entry already
    code, _ = run("suggest", corpus, "--kind", "keywords", "-o", tmp_path / "k.json")
    assert code == 0
    assert "sprockety" in set(pd.read_json(tmp_path / "k.json")["term"])
    code, shown = run("suggest", corpus, "-o", tmp_path / "k.json")
    assert (code, "--output needs --kind" in shown) == (2, True)


def test_suggest_lists_unlisted_loaded_words(run: Run, tmp_path: Path) -> None:
    rows = [
        (f"d{i}", "AB"[i % 2], f"Their rigged system is a hateful hoax, wrote reader {i}. "
                               + f"The council met in school {i} and spoke about the harvest. " * (i + 1))
        for i in range(6)
    ]  # fmt: skip
    corpus = tmp_path / "letters.csv"
    pd.DataFrame(rows, columns=["doc_id", "outlet", "text"]).to_csv(corpus, index=False)
    args = ("suggest", corpus, "--kind", "unlisted", "--lexicon", "conflict-en", "--top", 500)
    code, shown = run(*args)
    assert code == 0
    assert "Unlisted" in shown
    assert "Keywords" not in shown
    assert "hoax" in shown
    code, shown = run(*args, "-o", tmp_path / "u.csv")
    table = pd.read_csv(tmp_path / "u.csv").set_index("term")
    assert (code, shown.splitlines()[-1]) == (0, f"{len(table)} rows -> {tmp_path / 'u.csv'}")
    assert table.loc["hoax", ["n", "n_articles"]].tolist() == [6, 6]
    assert table.loc["hoax", "p"] > table.loc["harvest", "p"]
    assert table["lexicons"].str.startswith("conflict-en").all()
    code, _ = run(*args[:4], "--top", 500, "-o", tmp_path / "all.csv")
    assert code == 0
    everywhere = set(pd.read_csv(tmp_path / "all.csv")["term"])
    assert "hoax" in everywhere
    assert "hateful" in table.index
    assert "hateful" not in everywhere  # general-en has it
    code, shown = run("suggest", corpus, "--kind", "unlisted", "--min-articles", 3, "--top", 1)
    assert code == 0
    assert "Unlisted" in shown


def test_diff_with_and_without_a_corpus(run: Run, mine: Path, corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    new = write(tmp_path / "new", {**ROW, "exceptions": "bad lot fell"})
    code, shown = run("diff", mine, new)
    assert code == 0
    assert "1 change" in shown
    code, shown = run("diff", mine, new, "--corpus", corpus)
    assert code == 0
    assert shown.splitlines()[-1] == "1 entries change their mentions: 12 before, 0 after"


def test_audit_passes_and_writes_its_table(run: Run, tmp_path: Path) -> None:
    code, shown = run("audit", "--details")
    assert code == 0
    assert "0 pairs of blocs miss a threshold" in shown
    assert "Entries without a counterpart" in shown
    code, _ = run("audit", "-o", tmp_path / "a.csv")
    assert code == 0
    assert pd.read_csv(tmp_path / "a.csv")["conflict"].nunique() >= 8


def test_audit_fails_on_a_lopsided_lexicon(run: Run, tmp_path: Path) -> None:
    rows = [{**ROW, "entry_id": f"e{i}", "pattern": f"word{i}", "category": "atrocity", "referent": "iran"}
            for i in range(8)]  # fmt: skip
    (tmp_path / "one").mkdir()
    card = (SHIPPED / "conflict-en" / "lexicon.toml").read_text(encoding="utf-8") + '"s" = "a source"\n'
    folder = write(tmp_path / "one", *rows, card=card)
    code, shown = run("audit", "--lexicon", folder)
    assert code == 1
    assert "8 entries of atrocity on one side" in shown


def test_audit_of_a_scored_folder(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [("a", "A", "The Zionist entity spoke."), ("b", "B", "Hamas terrorists spoke. It was appalling.")]
    pd.DataFrame(rows, columns=["doc_id", "outlet", "text"]).to_csv(tmp_path / "c.csv", index=False)
    run_framing(capsys, monkeypatch, "score", str(tmp_path / "c.csv"), "-o", str(tmp_path / "out"))
    code, shown = run("audit", "--scored", tmp_path / "out")
    assert code == 0
    assert "that name a bloc" in shown
    assert "israel-palestine" in shown


@pytest.mark.parametrize("ending", ["dic", "dicx", "yml", "csv", "xlsx"])
def test_export_then_import(run: Run, tmp_path: Path, ending: str) -> None:
    file, folder = tmp_path / f"x.{ending}", tmp_path / "again"
    code, shown = run("export", "ukraine-en", "-o", file)
    assert code == 0
    assert ("not carried over" in shown) == (ending != "xlsx")
    code, shown = run("import", file, "-o", folder)
    assert code == 0
    assert f"entries -> {folder}" in shown
    assert run("check", folder)[0] in (0, 1)


def test_import_lists_what_does_not_fit(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.dic").write_text("%\n1 joy\n%\nhappy\t1\n:)\t1\nlost\n", encoding="utf-8")
    code, shown = run(
        "import", tmp_path / "x.dic", "-o", tmp_path / "x", "--id", "joy-en", "--licence", "mine"
    )
    assert code == 1
    assert "joy-en: 1 entries" in shown
    assert "not carried over: x.dic:6: lost: no category number stands behind the term" in shown
    assert "not carried over: x.dic, category joy: :): " in shown


def test_import_of_nothing_that_fits_writes_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.dic").write_text("%\n1 joy\n%\n:)\t1\n", encoding="utf-8")
    code, shown = run("import", tmp_path / "x.dic", "-o", tmp_path / "x")
    assert code == 2
    assert "no term of the file can be matched" in shown
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    "args",
    [
        ("import", "nowhere.dic", "-o", "x"),
        ("import", "nowhere.ods", "-o", "x"),
        ("export", "conflict-en", "-o", "no/such/folder/x.dic"),
        ("export", "conflict-en", "-o", "x.ods"),
        ("test", "no-such-lexicon"),
        ("audit", "--plan", "nowhere.toml"),
        ("diff", "conflict-en", "nowhere"),
        ("stats", "nowhere.csv"),
    ],
)
def test_wrong_use_is_told_in_one_message(run: Run, args: tuple[str, ...]) -> None:
    code, shown = run(*args)
    assert code == 2
    assert shown.startswith("error: ")


def test_page_of_one_lexicon(run: Run, mine: Path, tmp_path: Path) -> None:
    code, _ = run("page", mine, "-o", tmp_path / "docs")
    assert code == 0
    page = (tmp_path / "docs" / "mine.md").read_text(encoding="utf-8")
    assert "- **bad lot** `bad-lot` (intensity 2, s)" in page
    assert "Counts: *A bad lot.*" in page


def test_a_user_lexicon_beside_ours_counts_first(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    folder = write(tmp_path / "own", {**ROW, "entry_id": "my-regime", "pattern": "regime"})
    pd.DataFrame({"text": ["The regime fell."]}).to_csv(tmp_path / "c.csv", index=False)
    code, _ = run("stats", tmp_path / "c.csv", "--add-lexicon", folder, "-o", tmp_path / "s.csv")
    table = pd.read_csv(tmp_path / "s.csv").set_index("entry_id")
    assert code == 0
    assert table.loc[["my-regime", "regime"], ["n", "n_nested"]].to_numpy().tolist() == [[1, 0], [0, 1]]


def test_a_copy_of_a_shipped_lexicon_clashes_by_name(run: Run, tmp_path: Path) -> None:
    copy = shutil.copytree(SHIPPED / "ukraine-en", tmp_path / "copy")
    pd.DataFrame({"text": ["The regime fell."]}).to_csv(tmp_path / "c.csv", index=False)
    code, shown = run("stats", tmp_path / "c.csv", "--add-lexicon", copy)
    assert code == 2
    assert "two lexicons define the same entry" in shown
