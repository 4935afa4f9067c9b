"""A dashboard on a free port and a real browser that looks at it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from serving import LAUNCH, Opener, free_port, served

import framing

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

expect.set_options(timeout=60_000)  # a cold start on a busy machine


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
            "text": f"The regime sent its army to the north. Report {number} of the day. "
            + "It was cold. " * number,
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
