"""Texts for Hypothesis: any Unicode, lone surrogates included, mixed with the signs that fold specially."""

from __future__ import annotations

from hypothesis import strategies as st

SPECIAL = [
    *(
        "\ufb01",
        "ß",
        "ŉ",
        "İ",
        "ı",
        "ł",
        "Ł",
        "É",
        "e\u0301",
        "\u0301",
        "Ｚ",
        "％",
        "中",
        "한",
        "ع",
        "क्",
        "_",
    ),
    *("\u00ad", "\u200b", "\u200d", "\ufeff", "\u2028", "\u202e", "\u2066", "\0", "\x1c"),
    *("\ud800", "\udfff", "\ud83d\ude00", "😀", "👨‍👩‍👧", "𝐑", "𐐀", "\ufacf"),
    *("’", "“", "«", "‹", "`", "´", "–", "—", "−", "…", "½"),
    *("\u00a0", "\u3000", "\t", "\r", "\r\n", "\n", "\x0b", "\x0c", "\x85"),
    *("'s", "S", "regime", "Assad's ", ". ", "!”"),
]

ANY = st.text(st.characters(exclude_categories=()), max_size=40)
STRANGE = st.lists(ANY | st.sampled_from(SPECIAL), max_size=12).map("".join)
