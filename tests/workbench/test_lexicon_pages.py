"""Generated pages: complete, escaped, and those in docs/ are of today."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_lexicon import ROW, write

from framing.lexicon import available, load_default, load_lexicon
from framing.lexicon.examples import load_examples
from framing.workbench.audit_plan import load_plan
from framing.workbench.pages import audit_page, lexicon_page

DOCS = Path(__file__).resolve().parents[2] / "docs" / "lexicons"


@pytest.mark.parametrize("name", available())
def test_the_page_of_a_shipped_lexicon_is_of_today(name: str) -> None:
    lexicon = load_lexicon(name)
    page = lexicon_page(lexicon, load_examples(name, lexicon))
    assert (DOCS / f"{name}.md").read_text(encoding="utf-8") == page, "run: python3 tools/dev.py pages"
    assert lexicon.digest in page
    assert all(f"`{entry.entry_id}`" in page for entry in lexicon.entries)


def test_the_audit_report_is_of_today() -> None:
    page = audit_page(load_default(), load_lexicon("referents-en"), load_plan())
    assert (DOCS / "audit.md").read_text(encoding="utf-8") == page, "run: python3 tools/dev.py pages"
    assert "What it does not show" in page


def test_a_page_shows_text_as_text(tmp_path: Path) -> None:
    lexicon = load_lexicon(write(tmp_path, {**ROW, "rationale": "<b>bold</b> *x* [l](u) | `c`"}))
    page = lexicon_page(lexicon)
    assert "\\<b\\>bold\\</b\\> \\*x\\* \\[l\\](u) \\| \\`c\\`" in page
