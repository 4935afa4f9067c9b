"""What the documents say about the release must agree with the package."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_citation_names_this_version_and_licence() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    fields = dict(re.findall(r"^(\S+): *\"?(.+?)\"?$", citation, re.MULTILINE))
    assert fields["cff-version"] == "1.2.0"
    assert fields["version"] == PROJECT["version"]
    assert fields["license"] == PROJECT["license"]


def test_changelog_has_the_sections_that_reviews_ask_for() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^##+ (.+)$", changelog, re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    assert {"Added", "Design", "Results change"} <= set(headings)


def test_lock_trusts_digests_only() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert re.search(r"https?:|file:|^--|index-url|find-links| @ ", lock, re.MULTILINE) is None
    for line in lock.replace("\\\n", " ").splitlines():
        assert "--hash=sha256:" in line, line


def test_lock_holds_every_requirement() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))
    wanted = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]
    names = {re.split(r"[<>=!~;\[ ]", line)[0].lower().replace("_", "-") for line in wanted}
    assert names - locked == set()
