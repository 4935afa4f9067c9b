"""Articles that nobody would write and every corpus holds, by family; values are cells of a table."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

MARKS = [*"'\"“”„‟«»‹›‘’‚‛`´", "''", "``", '""', "(", ")", "[", "{", "<"]
TERM = "The regime fell. "
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
    families = (blanks, types, marks, nesting, markup, scripts, lines, terms, formulas, long, metadata)
    found = {f"{family.__name__}: {name}": case for family in families for name, case in family().items()}
    assert len(found) == sum(len(family()) for family in families)
    return found


def texts(contents: dict[str, str], status: str = "ok") -> dict[str, Case]:
    return {name: Case({"text": text}, status) for name, text in contents.items()}


def blanks() -> dict[str, Case]:
    empty = {"nothing": "", "a blank": " ", "newlines": "\n" * 5000, "tabs": "\t" * 5000, "nbsp flood": "\u00a0" * 50_000,
             "ideographic blanks": "\u3000" * 100, "form feeds": "\x0c" * 100, "separators": "\u2028\u2029" * 100,
             "file separators": "\x1c\x1d\x1e\x1f" * 50}  # fmt: skip
    signs = {"zero width": "\u200b" * 10_000, "soft hyphens": "\u00ad" * 10_000, "byte order marks": "\ufeff" * 100,
             "stops": "." * 10_000, "dashes": "—" * 10_000, "hyphens": "-" * 10_000, "one sign": "!", "digits": "1 " * 5000,
             "stars": "***\n" * 2000, "ellipses": "… " * 3000, "underscores": "_" * 10_000, "slashes": "/" * 10_000}  # fmt: skip
    return texts(empty, "empty") | texts(signs)


def types() -> dict[str, Case]:
    missing = {"None": None, "NaN": float("nan"), "NA": pd.NA, "NaT": pd.NaT}
    refused = {"bytes": b"The regime", "list": ["The regime", "fell"], "dict": {"p": "The regime"}, "tuple": ("a",),
               "set": {"a"}, "array": np.array(["The regime"]), "bytearray": bytearray(b"x"), "empty list": []}  # fmt: skip
    single = {"zero": 0, "minus one": -1, "float": 3.75, "infinity": float("inf"), "true": True, "date": dt.date(2017, 4, 4),
              "digits without end": 10**5000, "numpy": np.int64(7), "complex": 1 + 2j}  # fmt: skip
    found = {name: Case({"text": value}, "empty") for name, value in missing.items()}
    found |= {name: Case({"text": value}, "bad_text") for name, value in refused.items()}
    found |= {name: Case({"text": value}) for name, value in single.items()}
    for name in ("title", "outlet", "published", "doc_id"):
        found[f"list as {name}"] = Case({name: ["a", "b"]}, "bad_text")
        found[f"number as {name}"] = Case({name: 20170404.0}, "ok")
    return found


def marks() -> dict[str, Case]:
    found = {}
    for mark in MARKS:
        found[f"10,000 x {mark}"] = mark * 10_000
    for mark in ("“", '"', "‘", "'", "«", "''", "`", "("):
        found[f"10,000 opening {mark}"] = f"{mark}a " * 10_000
        found[f"10,000 closing {mark}"] = f"a{mark} " * 10_000
        found[f"{mark} around terms"] = f"{mark}regime{mark} " * 1000
    found["mixed kinds"] = "“a' ‘b\" «c” ''d» „e\" " * 2000
    found["every other line"] = '"The regime fell.\n\n' * 3000
    found["opened again and again"] = "“The regime “fell “when “he “said " * 1000
    return texts(found)


def nesting() -> dict[str, Case]:
    deep = 10_000
    return texts(
        {
            "brackets": "(" * deep + "regime" + ")" * deep,
            "brackets of all kinds": "([{<" * deep + "regime" + ">}])" * deep,
            "quotations": "“‘" * deep + "regime" + "’”" * deep,
            "guillemets": "«" * deep + "regime" + "»" * deep,
            "never closed": "(" * deep + "regime",
            "never opened": "regime" + ")" * deep,
            "elements": "<div>" * deep + "regime" + "</div>" * deep,
            "json": '{"a":' * deep + '"regime"' + "}" * deep,
            "clauses": "who said that the army said that " * 500 + "the regime fell.",
            "appositions": "the army, " * 5000 + "said the regime.",
        }
    )


def markup() -> dict[str, Case]:
    return texts(
        {
            "script": "<script>alert('regime')</script> The regime fell.",
            "image": "<img src=x onerror=alert(1)> The regime fell.",
            "attribute": "\"><svg onload=alert(1)> The regime' onmouseover='x",
            "entities": "&lt;b&gt;regime&lt;/b&gt; &amp;amp; &#x27; &nbsp; The regime&nbsp;fell.",
            "closing tags": "</mark></p></div></body></html> The regime fell.",
            "comment": "<!-- The regime --> <![CDATA[ regime ]]> <?php regime ?>",
            "frame": "<iframe srcdoc='<b>regime</b>'></iframe><style>*{display:none}</style> regime",
            "link": "[regime](javascript:alert(1)) ![x](data:text/html,regime) javascript:regime",
            "templates": "{{7*7}} ${7*7} #{7*7} <%= 7*7 %> {% regime %} [bold red]regime[/bold red]",
            "formats": "%s%s%n %d {0} {regime} {} \\n \\x00 $1 \\1 \\g<0> regime",
            "sql": "'; DROP TABLE documents; -- regime",
            "path": "../../../../etc/passwd C:\\regime\\..\\nul file:///regime",
            "terminal": "\x1b[31mregime\x1b[0m \x1b]0;title\x07 \x1b[2J \x9b31m regime \x08\x08\x7f",
            "jndi": "${jndi:ldap://127.0.0.1/regime}",
            "latex": "\\input{regime} $\\frac{a}{b}$ \\write18{x}",
            "xml bomb": '<!DOCTYPE x [<!ENTITY a "regime"><!ENTITY b "&a;&a;">]><x>&b;</x>',
            "quoted printable": "The regime=20fell=2E =E2=80=9Cregime=E2=80=9D",
            "base64": "VGhlIHJlZ2ltZSBmZWxs" * 1000,
            "addresses": "https://example.org/the-regime?x=regime&y=%20regime#regime a.regime@example.org "
            * 300,
        }
    )


def scripts() -> dict[str, Case]:
    """Unicode at its edges; the term stands in most of them."""
    zalgo = "".join(c + "\u0300\u0336\u0489\u20dd\u035c" * 6 for c in "the regime fell")
    return texts(
        {
            "right to left": "قال النظام إن regime الإرهابيين انسحبوا. " * 50,
            "hebrew": "המשטר regime נפל “regime”. " * 50,
            "bidi controls": "\u202eregime\u202c \u2066the regime\u2069 \u200fregime\u200e \u202a\u202b\u2067\u2068 regime",
            "bidi never closed": "\u202e" * 5000 + " regime fell",
            "zalgo": zalgo,
            "combining only": "\u0301" * 20_000,
            "one letter, many marks": "e" + "\u0301" * 20_000 + " regime",
            "families": "👨‍👩‍👧‍👦 regime 👩🏽‍🚀 " * 500,
            "flags": "🇸🇾🇷🇺 the regime 🏴󠁧󠁢󠁥󠁮󠁧󠁿 " * 300,
            "joiners": "re\u200dgi\u200dme fell \u200d\u200d\u200c",
            "keycaps": "1️⃣ regime #️⃣ ☎️ " * 300,
            "mathematical": "𝐓𝐡𝐞 𝐫𝐞𝐠𝐢𝐦𝐞 𝓯𝓮𝓵𝓵 𝔯𝔢𝔤𝔦𝔪𝔢 𝚛𝚎𝚐𝚒𝚖𝚎",
            "full width": "Ｔｈｅ　ｒｅｇｉｍｅ　ｆｅｌｌ．",
            "ligatures": "the ﬁghters of the ﬂeeing regime ﬃ ﬄ ﬅ Ǆ ŉ ẞ",
            "soft hyphens": "the re\u00adgi\u00adme and for\u00adeign\u00ad-backed ter\u00adrorists",
            "zero width in terms": "re\u200bgime re\u2060gime re\ufeffgime",
            "nbsp in terms": "zionist\u00a0entity zionist\u202fentity zionist\u3000entity",
            "dotted i": "THE REGİME, the regıme, İSTANBUL regime",
            "sharp s": "STRASSE straße STRAẞE regime",
            "other alphabets": "тhе rеgimе fell (Cyrillic letters), the ρegime, regime",
            "hangul": "정권 regime 정권은 무너졌다. " * 50,
            "hangul in parts": "\u1100\u1161\u11a8" * 500 + " regime",
            "chinese": "政权倒台了。叙利亚regime政权。" * 200,
            "thai": "ระบอบการปกครองล่มสลาย regime " * 50,
            "devanagari": "शासन क्षेत्र regime गिर गया। " * 50,
            "indic conjuncts": "క్ష్మి ക്ഷ്ര ක්‍ෂ regime " * 50,
            "high surrogates": "\ud800" * 1000 + " regime",
            "low surrogates": "\udfff regime \udc00" * 100,
            "reversed pairs": "\udc00\ud800" * 1000 + " regime",
            "split pair": "\ud83d regime \ude00",
            "pairs as surrogates": "\ud83d\ude00 regime " * 100,
            "noncharacters": "\ufffe\uffff\ufdd0\U0010ffff regime \U0001fffe",
            "private use": "\ue000\uf8ff\U000f0000 regime",
            "replacement": "\ufffd" * 1000 + " regime caf\ufffd",
            "mojibake": "â€œThe regimeâ€\x9d fell, theyâ€™ve said. Ã©",
            "byte order mark inside": "The \ufeffregime fell.\ufeff",
            "ideographs beyond": "\ufacf\ufa6c\U0002284a\U00020000 regime " * 20,
            "variation selectors": "regime\ufe0f fell\U000e0100",
            "interlinear": "\ufff9regime\ufffaterrorists\ufffb \ufffc",
            "tags": "\U000e0001" + "".join(chr(0xE0000 + ord(c)) for c in "regime") + " regime",
            "all of the basic plane": "".join(map(chr, range(0x10000))),
            "a sample of all planes": "".join(map(chr, range(0x10000, 0x110000, 97))),
            "braille and music": "⠗⠑⠛⠊⠍⠑ 𝄞 𝅘𝅥𝅮 regime ☭ ✡ ☪",
            "superscripts": "regime² regimeⁿ ½regime ①regime №regime",
        }
    )


def lines() -> dict[str, Case]:
    found = {f"{ord(end[0]):#04x} x{len(end)}": f"{TERM}{end}" * 300 for end in
             ("\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\n\r", "\r\r\n", "\n\n\n")}  # fmt: skip
    found |= {
        "all ends": "The regime\nfell\r\nand\rterrorists\x0cleft\x0b\x85\u2028\u2029so. " * 100,
        "one word a line": "the\nregime\nfell\n" * 1000,
        "one word a paragraph": "the\n\nregime\n\nfell\n\n" * 1000,
        "term over a line end": "the zionist\nentity and the zionist\r\nentity and the zionist\rentity",
        "term over a paragraph": "the zionist\n\nentity and the zionist\u2029entity",
        "controls": "".join(f"regime{chr(c)}" for c in [*range(32), *range(127, 160)]),
        "zero bytes": "The\0regime\0fell. \0" * 300,
        "only zero bytes": "\0" * 1000,
        "repeated paragraphs": "The foreign-backed regime shelled the village again.\n" * 2000,
        "trailers": "The regime fell.\n" + "/129\n###\n(END)\n" * 1000,
        "datelines": "DAMASCUS, 5 March (SANA) - " * 1000 + "The regime fell.",
        "dates": "5 March 2017 " * 2000 + "regime",
        "blank flood inside": "The regime" + " " * 100_000 + "fell.",
        "blank flood at the head": " " * 100_000 + "The regime fell.",
        "tab separated": "The\tregime\tfell\t" * 1000,
    }
    return texts(found)


def terms() -> dict[str, Case]:
    found = {
        "one": ("regime", ["regime"]),
        "at both ends": ("Regime forces left the terrorists", ["Regime", "terrorists"]),
        "in marks": ("“regime”", ["regime"]),
        "shouted": ("THE REGIME!!!", ["REGIME"]),
        "possessive": ("regime's", ["regime"]),
        "hyphenated": ("pro-regime-regime-held", None),
        "inside a word": ("regimental preregime regimex xregime 1regime _regime", []),
        "glued": ("regime.regime,regime;regime/regime|regime\\regime", None),
        "without blanks": ("regime" * 10_000, []),
        "underscored": ("_regime_ *regime* ~regime~ #regime @regime", None),
        "overlapping": ("foreign-backed terrorists of the Assad regime of Assad", None),
        "chain": ("regime of assad " * 500, None),
        "exceptions": ("regime change " * 1000, None),
        "100,000 times": ("regime " * 100_000, ("regime",) * 100_000),
        "negated": ("not " * 2000 + "regime", None),
        "so-called": ("so-called " * 1000 + "regime", None),
        "said": ("said " * 1500 + "the regime fell.", None),
        "said that": ("he said that " * 800 + "the regime fell.", None),
        "is said to": ("he is said to be " * 800 + "the regime.", None),
        "according to": ("according to " * 1000 + "the regime", None),
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
    cells = ["=cmd|' /C calc'!A0", "+1+regime", "-2+regime", "@SUM(regime)", "\t=regime", "\r=regime", "=HYPERLINK(\"x\")",
             "'=regime", "0x41", "1e999", "NULL", "None", "nan", "#N/A", "true", "{}", "[]", "-", "\\N"]  # fmt: skip
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
        "a date of 200 kB": Case({"published": "2017-04-04 " * 20_000}, "bad_date"),
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
