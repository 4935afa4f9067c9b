"""Texts that nobody would write and every corpus holds: marks, markup, scripts and line ends, by family."""

from __future__ import annotations

MARKS = [*"'\"“”„‟«»‹›‘’‚‛`´", "''", "``", '""', "(", ")", "[", "{", "<"]
TERM = "The regime fell. "


def marks() -> dict[str, str]:
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
    return found


def nesting() -> dict[str, str]:
    deep = 10_000
    return {
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


def markup() -> dict[str, str]:
    return {
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
        "addresses": "https://example.org/the-regime?x=regime&y=%20regime#regime a.regime@example.org " * 300,
    }


def scripts() -> dict[str, str]:
    """Unicode at its edges; the term stands in most of them."""
    zalgo = "".join(c + "\u0300\u0336\u0489\u20dd\u035c" * 6 for c in "the regime fell")
    return {
        "right to left": "قال النظام إن regime الإرهابيين انسحبوا. " * 50,
        "hebrew": "המשטר regime נפל “regime”. " * 50,
        "bidi controls": "\u202eregime\u202c \u2066the regime\u2069 \u200fregime\u200e \u202a\u2067 regime",
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


def lines() -> dict[str, str]:
    found = {
        f"{ord(end[0]):#04x} x{len(end)}": f"{TERM}{end}" * 300
        for end in (
            "\n",
            "\r\n",
            "\r",
            "\x0b",
            "\x0c",
            "\x85",
            "\u2028",
            "\u2029",
            "\n\r",
            "\r\r\n",
            "\n\n\n",
        )
    }
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
    return found
