"""The dashboard as a user drives it, in a real browser."""

from __future__ import annotations

import csv
import io
import re
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from serving import Opener, free_port, served

HOSTILE_TITLE = '<img src=x onerror="window.hacked=1"> The regime *speaks* ![x](http://203.0.113.9/t.png)'
HOSTILE_TEXT = (
    "<script>window.hacked=1;alert(1)</script> The Assad regime fell.\n"
    '<img src="http://203.0.113.9/i.png" onerror="window.hacked=1"> $x^2$ :red[red] :material/home:\n'
    "![pixel](http://203.0.113.9/p.png) [link](javascript:alert(1)) **bold** the Zionist entity\n"
    "\u202eThe regime, from right to left\u202c and "
    "\u0627\u0644\u0646\u0638\u0627\u0645 regime \u0642\u0627\u0644\n"
    "</mark></p><style>*{display:none}</style> a junta"
)


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()


def test_it_starts_on_the_demo_and_shows_three_pages(open_page: Opener, demo_size: tuple[int, int]) -> None:
    page = open_page()
    heading(page, "Read an article")
    expect(page.locator("mark").first).to_be_visible()
    articles, outlets = demo_size
    expect(page.get_by_text(f"{articles} articles, {outlets} outlets")).to_be_visible()
    page.get_by_role("link", name="Compare outlets").click()
    heading(page, "Compare outlets")
    heading(page, "One frame")
    expect(page.get_by_role("table", name="Rates and tests by outlet").get_by_role("row")).to_have_count(
        1 + outlets
    )
    expect(
        page.locator("[data-testid=stVegaLiteChart] svg, [data-testid=stVegaLiteChart] canvas")
    ).to_have_count(2)
    expect(page.get_by_text(re.compile("The unit is the article"))).to_be_visible()
    page.get_by_role("link", name="Concordance").click()
    heading(page, "Concordance")
    expect(page.get_by_role("table", name="Concordance lines").get_by_role("row")).to_have_count(26)
    assert "bias" not in page.content().lower()


def test_a_click_on_a_mention_shows_why(open_page: Opener) -> None:
    page = open_page()
    marks = page.locator("mark")
    expect(marks.first).to_be_visible()
    panel = page.get_by_role("region", name="Why it is marked")
    expect(panel).to_contain_text("Choose a marked mention")
    marks.first.click()
    for part in ("Entry", "Category", "Voice", "Evidence", "Rule score", "Rationale", "Source of the entry"):
        expect(panel).to_contain_text(part)
    expect(panel.locator(".surface")).to_have_text(
        re.sub(r"\s.*", "", marks.first.inner_text()), use_inner_text=True
    )
    # The keyboard does the same: next mark, Enter, Escape.
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(marks.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(panel).to_contain_text("Mention 2 of")
    page.keyboard.press("Escape")
    expect(panel).to_contain_text("Choose a marked mention")
    expect(marks.nth(1)).to_have_attribute("aria-pressed", "false")


def test_on_a_narrow_screen_the_why_stays_in_view(open_page: Opener) -> None:
    page = open_page(width=390)
    mark = page.locator("mark").last
    mark.click()
    panel = page.get_by_role("region", name="Why it is marked")
    expect(panel.locator(".surface")).to_be_in_viewport()
    mark.click(trial=True, timeout=10_000)  # nothing lies over it


def test_a_hostile_article_is_only_shown(open_page: Opener) -> None:
    page = open_page()
    page.get_by_text("Paste a text").click()
    page.get_by_label("Title (optional)").fill(HOSTILE_TITLE)
    page.get_by_label("Outlet (optional)").fill("![o](http://203.0.113.9/o.png)")
    page.get_by_label("Text of the article").fill(HOSTILE_TEXT)
    page.get_by_role("button", name="Analyze").click()
    article = page.locator("article")
    expect(article).to_contain_text("<script>window.hacked=1;alert(1)</script>")
    expect(article.get_by_role("heading")).to_contain_text('<img src=x onerror="window.hacked=1">')
    expect(article).to_contain_text("![pixel](http://203.0.113.9/p.png) [link](javascript:alert(1)) **bold**")
    expect(article).to_contain_text("</mark></p><style>*{display:none}</style>")
    expect(article.locator("img, script, style, a, strong, p p")).to_have_count(0)
    expect(article.locator("mark")).to_have_count(6)
    expect(article.locator("p[dir=auto]")).to_have_count(5)
    article.locator("mark").nth(1).click()
    expect(page.get_by_role("region", name="Why it is marked").locator(".surface")).to_have_text(
        "Assad regime"
    )
    expect(page.get_by_role("table", name="Mentions in this article").get_by_role("row")).to_have_count(7)
    expect(page.locator(".stMain img, .stMain a[href*='203.0.113']")).to_have_count(0)


def test_a_number_is_one_click_from_its_sentences_and_these_from_the_article(open_page: Opener) -> None:
    page = open_page("/compare?voice=all&feature=delegitimation")
    table = page.get_by_role("table", name="Rates and tests by outlet")
    row = table.get_by_role("row").nth(1)
    mentions = int(row.get_by_role("cell").nth(3).inner_text())
    outlet = row.get_by_role("link").inner_text()
    row.get_by_role("link").click()
    heading(page, "Concordance")
    expect(page).to_have_url(re.compile(r"/concordance\?.*category=delegitimation"))
    expect(page.get_by_text(re.compile(rf"^{mentions} of \d+ mentions"))).to_be_visible()
    lines = page.get_by_role("table", name="Concordance lines")
    expect(lines.get_by_role("cell", name=re.compile(f"^{outlet},"))).to_have_count(min(mentions, 25))
    keyword = lines.get_by_role("link").first.inner_text()
    lines.get_by_role("link").first.click()
    heading(page, "Read an article")
    expect(page).to_have_url(re.compile(r"doc_id="))
    opened = page.locator("mark[aria-pressed=true]")
    expect(opened).to_contain_text(keyword)
    expect(opened).to_be_in_viewport()
    # The address is a permalink: a new session shows the same mention of the same article.
    title = page.locator("article h2").inner_text()
    again = open_page(page.url.removeprefix(re.match(r"http://[^/]+", page.url)[0]))  # type: ignore[index]
    expect(again.locator("article h2")).to_have_text(title)
    expect(again.locator("mark[aria-pressed=true]")).to_contain_text(keyword)


def test_a_cell_of_the_heatmap_leads_to_its_sentences(open_page: Opener) -> None:
    page = open_page("/compare?voice=all")
    cells = page.locator("[data-testid=stVegaLiteChart]").first
    expect(cells.locator("svg").first).to_be_visible()
    number = cells.locator("svg .mark-text.role-mark text").filter(has_text=re.compile(r"^\d+\.\d\d$")).first
    number.click()
    heading(page, "Concordance")
    expect(page).to_have_url(re.compile(r"/concordance\?outlet="))
    expect(page.get_by_role("table", name="Concordance lines").get_by_role("row").nth(1)).to_be_visible()


def test_filters_narrow_the_lines_and_stand_in_the_address(open_page: Opener) -> None:
    page = open_page("/concordance")
    heading(page, "Concordance")
    page.get_by_role("combobox", name=re.compile("Outlet")).click()
    page.get_by_role("option", name="Meridian Wire").click()
    expect(page).to_have_url(re.compile("outlet=Meridian"))
    lines = page.get_by_role("table", name="Concordance lines")
    expect(lines.get_by_role("cell", name=re.compile("^(?!Meridian Wire).*, ?2031"))).to_have_count(0)
    page.keyboard.press("Escape")
    page.get_by_label("Entry, * stands for anything").fill("terror*")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"entry=terror"))
    expect(lines.get_by_role("link").filter(has_not_text=re.compile("terror", re.I))).to_have_count(0)
    expect(lines.get_by_role("link").first).to_be_visible()
    page.get_by_label("Line contains").fill("no such words")
    page.keyboard.press("Enter")
    expect(page.get_by_text("No mention fits these filters")).to_be_visible()


def test_pages_of_lines(open_page: Opener) -> None:
    page = open_page("/concordance")
    lines = page.get_by_role("table", name="Concordance lines")
    first = lines.get_by_role("row").nth(1).inner_text()
    page.get_by_role("button", name=re.compile("^(Go to page |page )?2$", re.I)).click()
    expect(lines.get_by_role("row").nth(1)).not_to_have_text(first, use_inner_text=True)
    total = int(page.get_by_text(re.compile(r"^\d+ of \d+ mentions")).inner_text().split()[0])
    page.get_by_role("combobox", name=re.compile("Lines a page")).click()
    page.get_by_role("option", name="100").click()
    expect(lines.get_by_role("row")).to_have_count(1 + min(total, 100))


def test_the_download_is_safe_for_spreadsheets(open_page: Opener) -> None:
    page = open_page()
    page.get_by_text("Paste a text").click()
    page.get_by_label("Text of the article").fill('"=cmd() regime", +Zorro said. The regime fell.')
    page.get_by_role("button", name="Analyze").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the mentions (CSV)").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["surface"] for row in rows] == ["regime", "regime"]
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())


def test_a_scored_folder_is_opened_and_its_links_keep_to_it(open_page: Opener, scored_folder: Path) -> None:
    page = open_page("/concordance")
    page.get_by_text("Scored folder", exact=True).click()
    page.get_by_label("Folder that framing score wrote").fill(str(scored_folder))
    page.keyboard.press("Enter")
    expect(page.get_by_text("24 articles, 2 outlets, 24 mentions")).to_be_visible()
    expect(page.get_by_text(re.compile("^24 of 24 mentions"))).to_be_visible()
    link = page.get_by_role("table", name="Concordance lines").get_by_role("link").first
    expect(link).to_have_attribute("href", re.compile("data="))
    address = link.get_attribute("href") or ""
    assert str(scored_folder) not in address
    # A new tab is a new session: the link names the corpus, so that it opens there too.
    tab = open_page("/" + address.removeprefix("./"))
    expect(tab.locator("article")).to_contain_text("<b>Alpha</b> & *co*, 2031-01-01")
    expect(tab.get_by_text("From the link: corpus")).to_be_visible()
    page.get_by_role("link", name="Compare outlets").click()
    table = page.get_by_role("table", name="Rates and tests by outlet")
    expect(table.get_by_role("link", name="<b>Alpha</b> & *co*")).to_be_visible()
    expect(table.get_by_role("link", name="Beta ![x](http://203.0.113.9/p.png)")).to_be_visible()
    page.locator("[data-testid=stVegaLiteChart] svg .mark-text.role-mark text").first.hover()
    tooltip = page.locator("#vg-tooltip-element")
    expect(tooltip).to_contain_text("<b>Alpha</b> & *co*")
    expect(tooltip.locator("b, img")).to_have_count(0)


def test_a_wrong_folder_is_explained(open_page: Opener, tmp_path: Path) -> None:
    page = open_page()
    page.get_by_text("Scored folder", exact=True).click()
    page.get_by_label("Folder that framing score wrote").fill(str(tmp_path))
    page.keyboard.press("Enter")
    expect(page.get_by_text("This could not be read.")).to_be_visible()
    expect(page.get_by_text("write it with: framing score")).to_be_visible()
    expect(page.get_by_text("The demo corpus is shown instead.")).to_be_visible()
    expect(page.locator("mark").first).to_be_visible()
    assert "Traceback" not in page.content()


def test_a_table_without_texts_is_explained(open_page: Opener, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("colour,![x](http://203.0.113.9/c.png)\nred,1\n", encoding="utf-8")
    page = open_page()
    page.get_by_text("Upload a file").click()
    page.locator(".stMain input[type=file]").set_input_files(wrong)
    expect(page.get_by_text("This could not be read.")).to_be_visible()
    expect(page.get_by_text("there is no column with the text of the articles")).to_be_visible()
    good = tmp_path / "two.jsonl"
    good.write_text(
        '{"outlet":"A","text":"The regime."}\n{"outlet":"B","text":"A junta."}\n', encoding="utf-8"
    )
    page.locator(".stMain input[type=file]").set_input_files(good)
    expect(page.locator("article mark")).to_contain_text("regime")
    page.get_by_role("combobox", name=re.compile("Article of the file")).click()
    page.get_by_role("option", name="2. B").click()
    expect(page.locator("article mark")).to_contain_text("junta")


@pytest.mark.parametrize("command", ["streamlit run app.py", "framing dashboard FOLDER"])
def test_both_ways_to_start(tmp_path: Path, scored_folder: Path, command: str, open_page: Opener) -> None:
    port = free_port()
    line = [sys.executable, "-m", "framing", "dashboard", str(scored_folder), "--port", str(port)]
    if command.startswith("streamlit"):
        line = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "app.py",
            f"--server.port={port}",
            "--server.headless=true",
        ]
    with served(line, port, tmp_path / "log.txt") as address:
        page = open_page("/", base=address)
        expect(page.locator("mark").first).to_be_visible()
        expected = "70 articles" if command.startswith("streamlit") else "24 articles, 2 outlets"
        expect(page.get_by_text(re.compile(expected))).to_be_visible()
        page.close()
