"""A dashboard on a free port and a real browser that looks at it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import framing

ROOT = Path(__file__).resolve().parents[2]
LAUNCH = "import sys; from framing.dashboard.launch import launch; sys.exit(launch({folder!r}, {port}))"
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()

expect.set_options(timeout=60_000)  # a cold start on a busy machine


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(command: list[str], port: int, log: Path) -> Iterator[str]:
    """Run a server until the tests are done with it; yield its address."""
    address = f"http://127.0.0.1:{port}"
    environment = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                    assert answer.status == 200
                    break
            except OSError:
                assert process.poll() is None, log.read_text(errors="replace")
                assert time.monotonic() < deadline, log.read_text(errors="replace")
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of ``framing dashboard`` on the demo corpus."""
    port = free_port()
    command = [sys.executable, "-c", LAUNCH.format(folder=None, port=port)]
    with served(command, port, tmp_path_factory.mktemp("server") / "log.txt") as address:
        yield address


@pytest.fixture(scope="session")
def scored_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scored corpus of two outlets with hostile names, 12 articles each."""
    rows = [
        {
            "doc_id": f"{outlet}-{number}",
            "outlet": outlet,
            "published": f"2031-01-{number + 1:02}",
            "title": f"Report {number}",
            "text": f"The regime sent its army to the north. Report {number} of the day. " + "It was cold. " * number,
        }
        for outlet in ("<b>Alpha</b> & *co*", "Beta ![x](http://203.0.113.9/p.png)")
        for number in range(12)
    ]
    return framing.analyze(pd.DataFrame(rows)).save(tmp_path_factory.mktemp("scored") / "corpus")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield chromium
        chromium.close()


Opener = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, dashboard: str) -> Iterator[Opener]:
    """Open a page of the dashboard; afterwards nothing may have left this machine or run by itself."""
    strays: list[str] = []
    contexts = []

    def look(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname != "127.0.0.1":
            strays.append(url)

    def start(path: str = "/", *, width: int = 1280, base: str = dashboard) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: look(request.url))
        page.on("websocket", lambda sock: look(sock.url))
        page.on("dialog", lambda dialog: (strays.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: strays.append(f"script error: {error}"))
        page.on(
            "console",
            lambda line: strays.append(line.text) if "Content Security Policy" in line.text else None,
        )
        page.goto(base + path)
        return page

    yield start
    hacked = [p.evaluate("window.hacked === undefined") for c in contexts for p in c.pages]
    for context in contexts:
        context.close()
    assert strays == []
    assert all(hacked)


@pytest.fixture(scope="session")
def demo_size() -> tuple[int, int]:
    """Articles and outlets of the demo corpus."""
    demo = framing.load_demo()
    return len(demo), int(demo["outlet"].nunique())


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
