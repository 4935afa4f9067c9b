"""Security headers are on every answer, and leave websockets alone."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

from framing.dashboard.serve.policy import HEADERS, POLICY, SecurityHeaders

Message = MutableMapping[str, Any]


def answers(scope_type: str, start: Message) -> list[Message]:
    sent: list[Message] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send(start)

    async def receive() -> Message:
        return {}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(SecurityHeaders(app)({"type": scope_type}, receive, send))
    return sent


def test_every_answer_carries_the_headers() -> None:
    old = (b"content-security-policy", b"default-src *")
    (message,) = answers("http", {"type": "http.response.start", "status": 200, "headers": [old]})
    found = {name.decode(): value.decode() for name, value in message["headers"]}
    assert found == {name.lower(): value for name, value in HEADERS.items()}


def test_other_messages_pass_unchanged() -> None:
    body = {"type": "http.response.body", "body": b"x"}
    assert answers("http", dict(body)) == [body]
    accept = {"type": "websocket.accept"}
    assert answers("websocket", dict(accept)) == [accept]


def test_the_policy_names_no_other_server() -> None:
    directives = dict(part.split(" ", 1) for part in POLICY.split("; "))
    assert directives["default-src"] == "'self'"
    assert directives["object-src"] == "'none'"
    words = {word for values in directives.values() for word in values.split()}
    assert words <= {"'self'", "'none'", "'unsafe-inline'", "'unsafe-eval'", "blob:", "data:"}
    assert "data:" not in directives["script-src"]
