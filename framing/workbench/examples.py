"""Run the example sentences of a lexicon: ``framing lexicon test``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from framing.errors import LexiconError
from framing.lexicon import Lexicon
from framing.lexicon.examples import FILE, Example
from framing.workbench.spotter import Spotter


def failing_examples(lexicon: Lexicon, examples: Sequence[Example]) -> Iterator[LexiconError]:
    """Yield every example that does not hold, and every entry without the examples it needs.

    * positive: the entry itself must count in the sentence, not only inside a longer entry;
    * negative: the words of the entry must stand in the sentence, and it must not count, neither
      alone nor inside a longer entry;
    * each entry needs a positive example, each ambiguous one a negative example too.
    """
    spotter = Spotter(lexicon)
    numbers = {entry.entry_id: number for number, entry in enumerate(lexicon.entries)}
    sentences = [example.sentence for example in examples]
    both = zip(examples, spotter.spot(sentences), spotter.raw(sentences), strict=True)
    for example, spotted, raw in both:
        where = f"{lexicon.path}/{FILE}:{example.line}, entry {example.entry_id}"
        counted = {s.entry.entry_id for s in spotted if not s.nested}
        nested = {s.entry.entry_id for s in spotted if s.nested}
        in_words = numbers[example.entry_id] in {hit.entry for hit in raw if not hit.exception}
        got = f"{example.sentence!r}; counted: {', '.join(sorted(counted)) or 'nothing'}"
        if example.kind == "positive" and example.entry_id not in counted:
            what = "the entry does not count in its positive example"
            fix = "complete pattern, variants or inflect, shorten an exception, or mend the sentence"
            yield LexiconError(what, where=where, got=got, fix=fix)
        elif example.kind == "negative" and not in_words:
            what = "the negative example does not hold the words of the entry, so it can never fail"
            yield LexiconError(what, where=where, got=got, fix="write a sentence with the words in it")
        elif example.kind == "negative" and example.entry_id in counted | nested:
            what = "the entry counts in its negative example"
            yield LexiconError(what, where=where, got=got, fix="add the phrase to its exceptions")
    yield from _missing(lexicon, examples)


def _missing(lexicon: Lexicon, examples: Sequence[Example]) -> Iterator[LexiconError]:
    have = {(example.entry_id, example.kind) for example in examples}
    for entry in lexicon.entries:
        wanted = ("positive", "negative") if entry.ambiguous else ("positive",)
        for kind in wanted:
            if (entry.entry_id, kind) not in have:
                yield LexiconError(
                    f"the entry has no {kind} example",
                    where=f"{lexicon.path}/entries.csv:{entry.line}",
                    got=entry.entry_id,
                    fix=f"add a row to {FILE}: {entry.entry_id},{kind},<a sentence of your own>",
                )
