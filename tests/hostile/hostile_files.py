"""Files as exports, mail programs and accidents leave them: name, bytes, and what must come of them."""

from __future__ import annotations

import gzip
import json
import random
from typing import NamedTuple

HEADER = "doc_id,outlet,published,title,text\n"
GOOD = 'good,A,2017-04-04,Regime falls,"The regime fell. ""They are terrorists,"" he said."\n'
GOOD_LINE = json.dumps({"doc_id": "good", "outlet": "A", "published": "2017-04-04", "title": "Regime falls",
                        "text": 'The regime fell. "They are terrorists," he said.'}) + "\n"  # fmt: skip
NOISE = random.Random(5).randbytes(20_000)


class File(NamedTuple):
    """``statuses`` of its rows in order, or ``error``: what the message must say."""

    name: str
    data: bytes
    statuses: tuple[str, ...] = ()
    error: str = ""


def files() -> dict[str, File]:
    """Return every file by what is wrong with it."""
    return {**_delimited(), **_json(), **_texts(), **_no_corpora()}


def _csv(rows: str, *statuses: str) -> File:
    return File("x.csv", (HEADER + GOOD + rows).encode("utf-8", "surrogatepass"), ("ok", *statuses))


def _jsonl(lines: str, *statuses: str) -> File:
    return File("x.jsonl", (GOOD_LINE + lines).encode(), ("ok", *statuses))


def _delimited() -> dict[str, File]:
    return {
        "csv: too few cells": _csv("b,B\n", "bad_text"),
        "csv: too many cells": _csv("b,B,,,The regime, fell, again\n", "bad_text"),
        "csv: one cell": _csv("The regime fell.\n", "bad_text"),
        "csv: mark never closed": _csv('b,B,,,"The regime fell.\nc,C,,,Lost.\n', "bad_text"),
        "csv: marks inside a cell": _csv('b,B,,,The "regime" fell "again\n', "ok"),
        "csv: text behind a mark": _csv('b,B,,,"The" regime "fell"\n', "ok"),
        "csv: blank lines": _csv("\n\n\r\n,,,,\n", "empty"),
        "csv: zero bytes": _csv("b,B,,,The\0regime\0fell\n\0,\0,\0,\0,\0\n", "ok", "bad_date"),
        "csv: id taken": _csv(GOOD + GOOD, "duplicate_id", "duplicate_id"),
        "csv: impossible dates": _csv("b,B,2017-02-30,,x y\nc,B,0000-00-00,,x z\n", "bad_date", "bad_date"),
        "csv: no outlet": _csv("b,,,,The regime.\n", "no_outlet"),
        "csv: no text": _csv("b,B,,,\n", "empty"),
        "csv: formulas": _csv("=1+1,@SUM(A1),,-1,+regime\n", "ok"),
        "csv: a cell of a megabyte and more": _csv(f"b,B,,,{'regime ' * 150_000}\n", "too_long"),
        "csv: ten thousand cells": _csv("b," * 10_000 + "\n", "bad_text"),
        "csv: carriage returns": File("x.csv", (HEADER + GOOD).replace("\n", "\r").encode(), ("ok",)),
        "csv: semicolons": File("x.csv", b"id;text;source\na;The regime, he said;A\n", ("ok",)),
        "csv: one column": File("x.csv", b"text\nThe regime fell.\n", ("no_outlet",)),
        "csv: byte order mark": File("x.csv", b"\xef\xbb\xbf" + (HEADER + GOOD).encode(), ("ok",)),
        "csv: header in capitals": File("x.csv", (HEADER.upper() + GOOD).encode(), ("ok",)),
        "csv: only a header": File("x.csv", HEADER.encode(), ()),
        "csv: columns of the result": File(
            "x.csv", b"text,outlet,status,n_words,message\nOne.,A,draft,x,y\n", ("ok",)
        ),
        "csv: a thousand columns": File(
            "x.csv",
            (",".join(map(str, range(999))) + ",text\n" + "x," * 999 + "One.\n").encode(),
            ("no_outlet",),
        ),
        "tsv: marks": File("x.tsv", b'text\toutlet\n"The\tregime"\tA\nx\n', ("ok", "bad_text")),
        "csv: empty": File("x.csv", b"", error="the file is empty"),
        "csv: newlines": File("x.csv", b"\n\r\n\n", error="the file is empty"),
        "csv: name twice": File("x.csv", b"text,text\na,b\n", error="names a column twice"),
        "csv: no text column": File("x.csv", b"a,b\n1,2\n", error="no column with the text"),
        "csv: latin-1": File("x.csv", HEADER.encode() + b"b,B,,,caf\xe9\n", error="not UTF-8"),
        "csv: utf-16": File("x.csv", (HEADER + GOOD).encode("utf-16"), error="not UTF-8"),
        "csv: surrogates as bytes": _csv("b,B,,,\ud800\n")._replace(statuses=(), error="not UTF-8"),
        "csv: noise": File("x.csv", NOISE, error="not UTF-8"),
        "csv: zeros": File("x.csv", bytes(5000), error="not UTF-8"),
    }


def _json() -> dict[str, File]:
    deep = "[" * 100_000
    return {
        "jsonl: half a line": _jsonl('{"text": "The reg', "bad_text"),
        "jsonl: lists and numbers": _jsonl('[1]\n2\n"x"\nnull\ntrue\n', *["bad_text"] * 5),
        "jsonl: nesting without end": _jsonl(
            deep + "\n" + '{"text":' * 50_000 + "\n", "bad_text", "bad_text"
        ),
        "jsonl: nested texts": _jsonl(
            '{"text": ["The regime"]}\n{"text": {"a": 1}, "outlet": "B"}\n', "bad_text", "bad_text"
        ),
        "jsonl: nested outlet": _jsonl('{"text": "One.", "outlet": {"name": "B"}}\n', "bad_text"),
        "jsonl: numbers without end": _jsonl('{"text": ' + "9" * 9000 + "}\n", "bad_text"),
        "jsonl: odd numbers": _jsonl(
            '{"text": NaN, "outlet": "B"}\n{"text": -Infinity, "outlet": "B"}\n'
            '{"text": 1e400, "outlet": 7, "published": 20170404}\n',
            "empty",
            "ok",
            "ok",
        ),
        "jsonl: missing values": _jsonl(
            '{"text": null, "outlet": null, "doc_id": null}\n{}\n', "empty", "empty"
        ),
        "jsonl: lone surrogates": _jsonl(
            '{"text": "\\ud800 regime", "outlet": "\\udfff", "doc_id": "\\ud800"}\n', "ok"
        ),
        "jsonl: surrogate as a name": _jsonl('{"\\ud800": 1, "text": "One.", "outlet": "B"}\n', "ok"),
        "jsonl: name twice": _jsonl('{"text": "One.", "text": "Two.", "outlet": "B"}\n', "ok"),
        "jsonl: zero bytes": _jsonl(
            '{"text": "\\u0000regime\\u0000", "outlet": "B"}\n\0\n', "ok", "bad_text"
        ),
        "jsonl: line separators": _jsonl('{"text": "One.\u2028The regime.\u0085", "outlet": "B"}\r\n', "ok"),
        "jsonl: commas between lines": _jsonl('{"text": "One.", "outlet": "B"},\n', "bad_text"),
        "jsonl: columns of many types": _jsonl(
            '{"text": "a b", "outlet": "B", "x": [1]}\n{"text": "c d", "outlet": "B", "x": 1}\n'
            '{"text": "e f", "outlet": "B", "x": 123456789012345678901234567890}\n',
            "ok",
            "ok",
            "ok",
        ),
        "jsonl: status of the corpus": _jsonl(
            '{"text": "One.", "outlet": "B", "status": "empty", "problem": ["x"]}\n', "ok"
        ),
        "json: printed over lines": File(
            "x.json", json.dumps([json.loads(GOOD_LINE)], indent=4).encode(), ("ok",)
        ),
        "json: one object": File("x.json", GOOD_LINE.encode(), ("ok",)),
        "jsonl: printed over lines": File(
            "x.jsonl", json.dumps([json.loads(GOOD_LINE)], indent=4).encode(), error="JSON object"
        ),
        "jsonl: empty": File("x.jsonl", b"", error="the file is empty"),
        "jsonl: carriage returns": File(
            "x.jsonl", (GOOD_LINE * 2).replace("\n", "\r").encode(), error="JSON object"
        ),
        "json: empty": File("x.json", b"", error="not JSON"),
        "json: half": File("x.json", b'[{"text": "One."}, {"te', error="not JSON"),
        "json: nesting without end": File("x.json", deep.encode(), error="not JSON"),
        "json: numbers without end": File("x.json", b"[" + b"9" * 9000 + b"]", error="not JSON"),
        "json: empty list": File("x.json", b"[]", error="not a list of objects"),
        "json: list of lists": File("x.json", b"[[1], [2]]", error="not a list of objects"),
        "json: articles inside": File(
            "x.json", b'{"articles": [{"text": "One."}]}', error="no column with the text"
        ),
    }


def _texts() -> dict[str, File]:
    return {
        "txt: not utf-8": File("x.txt", b"The regime fell in caf\xe9s.", ("bad_text",)),
        "txt: utf-16": File("x.txt", "The regime fell.".encode("utf-16"), ("bad_text",)),
        "txt: noise": File("x.txt", NOISE, ("bad_text",)),
        "txt: zeros": File("x.txt", bytes(5000), ("bad_text",)),
        "txt: a zero": File("x.txt", b"The regime\0fell in the village of Saint Maren.", ("no_outlet",)),
        "txt: empty": File("x.txt", b"", ("empty",)),
        "txt: only a byte order mark": File("x.txt", b"\xef\xbb\xbf", ("empty",)),
        "txt: too long": File("x.txt", b"The regime fell. " * 60_000, ("too_long",)),
        "txt: overlong": File("x.txt", b"regime \xc0\xaf \xf4\x90\x80\x80", ("bad_text",)),
        "txt: impossible date in the name": File("2017-02-30.txt", b"The regime fell.", ("bad_date",)),
    }


def _no_corpora() -> dict[str, File]:
    return {
        "parquet: empty": File("x.parquet", b"", error="not Parquet"),
        "parquet: noise": File("x.parquet", NOISE, error="not Parquet"),
        "parquet: marks of the format": File("x.parquet", b"PAR1" + NOISE + b"PAR1", error="not Parquet"),
        "parquet: a csv": File("x.parquet", (HEADER + GOOD).encode(), error="not Parquet"),
        "csv: gzip": File("x.csv", gzip.compress((HEADER + GOOD).encode(), mtime=0), error="not UTF-8"),
        "csv: a web page": File(
            "x.csv", b"<!doctype html>\n<p>The regime, fell</p>\n", error="no column with the text"
        ),
        "csv: a jsonl": File("x.csv", GOOD_LINE.encode(), error="no column with the text"),
        "jsonl: a csv": File(
            "x.jsonl", (HEADER + GOOD).encode(), error="no line of the file is a JSON object"
        ),
        "json: a jsonl": File("x.json", (GOOD_LINE * 2).encode(), error="is called .jsonl"),
        "pdf": File("x.pdf", b"%PDF-1.7", error="format is not read"),
        "xlsx": File("x.xlsx", b"PK\x03\x04", error="format is not read"),
        "no suffix": File("x", (HEADER + GOOD).encode(), error="format is not read"),
        "two suffixes": File("x.csv.bak", (HEADER + GOOD).encode(), error="format is not read"),
    }
