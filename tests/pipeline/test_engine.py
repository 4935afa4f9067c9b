"""How the engine cuts its work must not be seen in what it finds."""

from __future__ import annotations

import pytest

from framing.config import Config
from framing.pipeline import engine
from framing.pipeline.article import Article
from framing.pipeline.engine import Engine
from framing.records import Document

# The speaker of the last paragraph is named above one without any mention.
TEXT = """The bridge was mined, Petar Hask said on Monday.

Nobody crossed it.

"The regime must go," he said. It was late."""
MANY = [Document(f"d{i}", TEXT + f"\n\nThe regime fell {i} times.", title="Regime falls") for i in range(4)]


def read(config: Config) -> list[Article]:
    return list(Engine(config=config).analyze(MANY))


@pytest.mark.parametrize("every", [True, False])
def test_a_small_batch_is_read_as_a_large_one_is(monkeypatch: pytest.MonkeyPatch, every: bool) -> None:
    small = read(Config(words_by_voice=every))
    monkeypatch.setattr(engine, "AT_ONCE_CHARS", 0)
    assert read(Config(words_by_voice=every)) == small
    assert {m.speaker for article in small for m in article.mentions} == {"", "Petar Hask"}


def test_the_rule_score_of_a_mention_does_not_depend_on_the_one_before() -> None:
    text = 'The regime fell. Hardly a regime at all. It was not a regime. "The regime" fell, he said.'
    found = next(iter(Engine().analyze([Document("a", text)]))).mentions
    alone = [m.rule_score for m in found]
    assert len(set(alone)) > 1
    assert all(f"{m.voice}: " in m.score_parts and ("negated" in m.score_parts) == m.negated for m in found)
