"""Articles that nobody would write and every corpus holds, by family; values are cells of a table."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from hostile_texts import TERM, lines, marks, markup, nesting, scripts

PROSE = "The bridge was closed on Monday and nobody crossed the river before the evening. " * 9
MEGABYTES = (PROSE + "The regime forces left, a spokesman said. ") * 6_500
"""Five million characters on one line, one term in ten sentences."""


@dataclass(frozen=True)
class Case:
    """One hostile row; ``cells`` replace those of an ordinary article."""

    cells: dict[str, object]
    status: str = "ok"
    terms: tuple[str, ...] | None = field(default=None)  # surfaces that must be found, None: not asked


def cases() -> dict[str, Case]:
    """Return every case by name."""
    families = {f.__name__: f() for f in (blanks, types, terms, formulas, long, metadata)}
    families |= {f.__name__: texts(f()) for f in (marks, nesting, markup, scripts, lines)}
    return {f"{family}: {name}": case for family, found in families.items() for name, case in found.items()}


def texts(contents: dict[str, str], status: str = "ok") -> dict[str, Case]:
    return {name: Case({"text": text}, status) for name, text in contents.items()}


def blanks() -> dict[str, Case]:
    empty = {
        "nothing": "",
        "a blank": " ",
        "newlines": "\n" * 5000,
        "tabs": "\t" * 5000,
        "nbsp flood": "\u00a0" * 50_000,
        "ideographic blanks": "\u3000" * 100,
        "form feeds": "\x0c" * 100,
        "separators": "\u2028\u2029" * 100,
        "file separators": "\x1c\x1d\x1e\x1f" * 50,
    }
    signs = {
        "zero width": "\u200b" * 10_000,
        "soft hyphens": "\u00ad" * 10_000,
        "byte order marks": "\ufeff" * 100,
        "stops": "." * 10_000,
        "dashes": "—" * 10_000,
        "hyphens": "-" * 10_000,
        "one sign": "!",
        "digits": "1 " * 5000,
        "stars": "***\n" * 2000,
        "ellipses": "… " * 3000,
        "underscores": "_" * 10_000,
        "slashes": "/" * 10_000,
    }
    return texts(empty, "empty") | texts(signs)


def types() -> dict[str, Case]:
    missing = {"None": None, "NaN": float("nan"), "NA": pd.NA, "NaT": pd.NaT}
    refused = {
        "bytes": b"The regime",
        "list": ["The regime", "fell"],
        "dict": {"p": "The regime"},
        "tuple": ("a",),
        "set": {"a"},
        "array": np.array(["The regime"]),
        "bytearray": bytearray(b"x"),
        "empty list": [],
    }
    single = {
        "zero": 0,
        "minus one": -1,
        "float": 3.75,
        "infinity": float("inf"),
        "true": True,
        "date": dt.date(2017, 4, 4),
        "numpy": np.int64(7),
        "complex": 1 + 2j,
    }
    found = {name: Case({"text": value}, "empty") for name, value in missing.items()}
    found["more digits than can be written"] = Case({"text": 10**5000}, "bad_text")
    found |= {name: Case({"text": value}, "bad_text") for name, value in refused.items()}
    found |= {name: Case({"text": value}) for name, value in single.items()}
    for name in ("title", "outlet", "published", "doc_id"):
        found[f"list as {name}"] = Case({name: ["a", "b"]}, "bad_text")
        found[f"number as {name}"] = Case({name: 20170404.0}, "ok")
    return found


def terms() -> dict[str, Case]:
    found = {
        "one": ("regime", ["regime"]),
        "at both ends": ("Regime forces left the terrorists", ["Regime forces", "terrorists"]),
        "in marks": ("“regime”", ["regime"]),
        "shouted": ("THE REGIME!!!", ["REGIME"]),
        "possessive": ("regime's", ["regime"]),
        "hyphenated": ("pro-regime-regime-held", None),
        "inside a word": ("regimental preregime regimex xregime 1regime _regime", []),
        "glued": ("regime.regime,regime;regime/regime|regime\\regime", None),
        "without blanks": ("regime" * 10_000, []),
        "underscored": ("_regime_ *regime* ~regime~ #regime @regime", None),
        "overlapping": ("foreign-backed terrorists of the Assad regime of Assad", None),
        "chain": ("regime of assad " * 5000, None),
        "exceptions": ("regime change " * 6000, None),
        "100,000 times": ("regime " * 100_000, ("regime",) * 100_000),
        "negated": ("not " * 2000 + "regime", None),
        "so-called": ("so-called " * 8000 + "regime", None),
        "said": ("said " * 16_000 + "the regime fell.", None),
        "said that": ("he said that " * 6000 + "the regime fell.", None),
        "is said to": ("he is said to be " * 5000 + "the regime.", None),
        "according to": ("according to " * 6000 + "the regime", None),
        "cue at the end": ("the regime fell " * 200 + "he said", None),
        "quotations": ('"The regime fell," he said. ' * 500, None),
        "distance over a line": ("the so-called\nregime", None),
        "stop inside": ("zionist. entity zionist, entity zionist — entity", None),
        "one letter": ("a", []),
    }
    cases = {
        name: Case({"text": text}, "ok", None if s is None else tuple(s)) for name, (text, s) in found.items()
    }
    cases["in the title only"] = Case({"text": "", "title": "Regime falls"}, "ok", ("Regime",))
    return cases


def formulas() -> dict[str, Case]:
    cells = [
        "=cmd|' /C calc'!A0",
        "+1+regime",
        "-2+regime",
        "@SUM(regime)",
        "\t=regime",
        "\r=regime",
        '=HYPERLINK("x")',
        "'=regime",
        "0x41",
        "1e999",
        "NULL",
        "None",
        "nan",
        "#N/A",
        "true",
        "{}",
        "[]",
        "-",
        "\\N",
    ]
    found = {f"text {cell!r}": Case({"text": cell}) for cell in cells}
    found |= {f"everywhere {c!r}": Case({"doc_id": c, "outlet": c, "title": c, "text": c}) for c in cells[:6]}
    return found


def long() -> dict[str, Case]:
    size = 900_000
    return {
        "a line of 900 kB": Case({"text": MEGABYTES[:size]}),
        "900 kB without stops": Case({"text": MEGABYTES[:size].replace(". ", " ").replace(",", "").lower()}),
        "a word of 900 kB": Case({"text": "x" * size}),
        "a word of 900 kB of marks": Case({"text": "e" + "\u0301" * size}),
        "lines of 900 kB": Case({"text": MEGABYTES[:size].replace(". ", ".\n")}),
        "900 kB of one-letter words": Case({"text": "a b c d " * (size // 8)}),
        "900 kB of blanks and a term": Case({"text": " " * size + "regime"}, "ok", ("regime",)),
        "900 kB of hyphens": Case({"text": "a-" * (size // 2)}),
        "exactly the limit": Case({"text": "x " * 500_000}),
        "one more than the limit": Case({"text": "x " * 500_000 + "y"}, "too_long"),
        "a line of 5 MB": Case({"text": MEGABYTES}, "too_long"),
        "5 MB of marks": Case({"text": "“" * 5_000_000}, "too_long"),
        "a title of 200 kB": Case({"title": MEGABYTES[:200_000]}),
        "a title of one word": Case({"title": "x" * 200_000}),
        "a title longer than the text": Case({"title": TERM * 1000, "text": "Regime."}),
        "an outlet of 200 kB": Case(
            {"outlet": "Orlan (Wire) " * 16_000, "text": "Orlan (Wire): the regime fell."}
        ),
        "an id of 200 kB": Case({"doc_id": "x" * 200_000}),
        "a date of 200 kB": Case({"published": "4 April " * 20_000}, "bad_date"),
        "words of 1,000 letters": Case({"text": ("y" * 1000 + " ") * 300 + "regime"}),
    }


def metadata() -> dict[str, Case]:
    dates = [
        "2017-02-30",
        "0000-00-00",
        "9999-12-31",
        "2017-13-01",
        "yesterday",
        "-1",
        "1e10",
        "2017-04-04-04",
        "=NOW()",
        "\0",
    ]
    found = {f"date {date!r}": Case({"published": date}, "bad_date") for date in dates}
    outlets = [
        "(((",
        ".*",
        "\\",
        "[a-z",
        "a{99999}",
        "The",
        "\n",
        "“",
        "\ud800",
        "🇸🇾",
        "regime",
        "$",
        "^",
        "x" * 300,
    ]
    for outlet in outlets:
        status = "ok" if outlet.strip() else "no_outlet"
        found[f"outlet {outlet[:9]!r}"] = Case(
            {"outlet": outlet, "text": f"{outlet}: The regime fell."}, status
        )
    for doc_id in (
        "a\nb",
        "a/../b",
        "\0",
        "\ud800",
        "=1+1",
        "🇸🇾",
        "row-1",
        "good-1#2",
        "<b>",
        "a\tb",
        "\u202e",
    ):
        found[f"id {doc_id!r}"] = Case({"doc_id": doc_id})
    found["id taken"] = Case({"doc_id": "good-1"}, "duplicate_id")
    found["id taken, blanks around"] = Case({"doc_id": " good-1\n"}, "duplicate_id")
    found["no id"] = Case({"doc_id": None})
    found["no outlet"] = Case({"outlet": None}, "no_outlet")
    found["title is the text"] = Case({"title": "The regime fell", "text": "The regime fell"})
    found["title is repeated"] = Case({"title": "The regime fell", "text": "The regime fell. " * 200})
    found["title of marks"] = Case({"title": "“‘«\"'" * 2000})
    found["nothing at all"] = Case(dict.fromkeys(("doc_id", "outlet", "published", "title", "text")), "empty")
    return found
