"""Every page at two widths: accessible, nothing cut off, nothing fetched from elsewhere."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from serving import Opener

READY = {
    "/": "article mark",
    "/compare": "table[aria-label='Rates and tests by outlet'] td",
    "/concordance": "table[aria-label='Concordance lines'] .keyword a",
}


def ready(open_page: Opener, path: str, width: int) -> Page:
    page: Page = open_page(path, width=width)
    expect(page.locator(READY[path]).first).to_be_visible()
    expect(page.locator("[data-testid=stStatusWidget]")).to_have_count(0)
    page.wait_for_timeout(500)  # charts fade in
    return page


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{v['impact']}: {v['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for v in found
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"]
    ]


@pytest.mark.parametrize("path", READY)
@pytest.mark.parametrize("width", [1280, 390])
def test_accessible_and_nothing_sticks_out_sideways(open_page: Opener, path: str, width: int) -> None:
    page = ready(open_page, path, width)
    if path == "/":
        page.locator("mark").first.click()
    wide = page.evaluate(
        "[document.documentElement, ...document.querySelectorAll('.stMain, .stMainBlockContainer')]"
        ".map(e => e.scrollWidth - e.clientWidth)"
    )
    assert max(wide) <= 0
    assert violations(page) == []


def test_axe_sees_into_the_components(open_page: Opener) -> None:
    """The check can fail: a mark without a name is found inside the component."""
    page = ready(open_page, "/", 1280)
    page.locator("mark").first.evaluate("e => { e.textContent = ''; }")
    assert any("mark" in line for line in violations(page))


def test_the_server_keeps_others_out(dashboard: str) -> None:
    parts = urlsplit(dashboard)
    status, policy = ask(parts.port, "/", {})
    assert status == 200
    assert "default-src 'self'" in policy
    assert "http" not in policy
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    # A page whose name was re-bound to this machine sends its own name.
    assert ask(parts.port, "/_stcore/stream", {**upgrade, "Host": "rebound.example"})[0] == 403
    assert ask(parts.port, "/_stcore/stream", {**upgrade, "Host": f"127.0.0.1:{parts.port}"})[0] == 101


def ask(port: int | None, path: str, headers: dict[str, str]) -> tuple[int, str]:
    """Return status and content security policy of one answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        with answer:
            return answer.status, answer.headers.get("content-security-policy", "")
    finally:
        connection.close()
