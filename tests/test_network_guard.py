from __future__ import annotations

import asyncio
import shutil
import socket
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import pytest
from network_guard import NetworkRefusedError

# Addresses reserved for documentation (RFC 5737, RFC 3849): even a broken guard reaches nobody.
OUTSIDE = "192.0.2.1"
OUTSIDE_6 = "2001:db8::1"


def test_tcp_connect_is_refused(refused_connections: list[str]) -> None:
    with (
        socket.socket() as sock,
        pytest.raises(NetworkRefusedError, match=r"socket\.connect to \('192\.0\.2\.1', 80\)"),
    ):
        sock.connect((OUTSIDE, 80))
    with socket.socket(socket.AF_INET6) as sock, pytest.raises(NetworkRefusedError, match="2001:db8::1"):
        sock.connect_ex((OUTSIDE_6, 80))
    assert len(refused_connections) == 2
    refused_connections.clear()


def test_datagrams_are_refused(refused_connections: list[str]) -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sock:
        with pytest.raises(NetworkRefusedError, match="sendto"):
            sock.sendto(b"x", (OUTSIDE, 53))
        if hasattr(sock, "sendmsg"):
            with pytest.raises(NetworkRefusedError, match="sendmsg"):
                sock.sendmsg([b"x"], [], 0, (OUTSIDE, 53))
    refused_connections.clear()


def test_host_names_are_refused(refused_connections: list[str]) -> None:
    with pytest.raises(NetworkRefusedError, match=r"host name 'name\.example'"):
        socket.getaddrinfo("name.example", 443)
    with pytest.raises(NetworkRefusedError, match=r"host name 'name\.example'"):
        socket.gethostbyname("name.example")
    with pytest.raises(NetworkRefusedError, match=r"name\.example"):
        urllib.request.urlopen("https://name.example/")
    refused_connections.clear()


def test_event_loops_and_threads_are_refused_too(refused_connections: list[str]) -> None:
    with pytest.raises(NetworkRefusedError, match="192"):
        asyncio.run(asyncio.wait_for(asyncio.open_connection(OUTSIDE, 80), 5))
    seen: list[BaseException] = []

    def ask() -> None:
        try:
            socket.create_connection((OUTSIDE, 80), timeout=5)
        except NetworkRefusedError as error:
            seen.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert len(seen) == 1
    refused_connections.clear()


def test_this_machine_is_allowed(refused_connections: list[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        for host in ("127.0.0.1", "localhost"):
            socket.create_connection((host, server.getsockname()[1]), timeout=5).close()
    if hasattr(socket, "AF_UNIX"):
        left, right = socket.socketpair()
        left.sendall(b"x")
        assert right.recv(1) == b"x"
        left.close()
        right.close()
    assert refused_connections == []


def test_a_swallowed_refusal_still_fails_the_test(tmp_path: Path) -> None:
    for name in ("conftest.py", "network_guard.py"):
        shutil.copy(Path(__file__).with_name(name), tmp_path)
    (tmp_path / "test_it.py").write_text(
        "import contextlib, socket\n\n"
        "def test_swallows():\n"
        "    with contextlib.suppress(Exception):\n"
        "        socket.getaddrinfo('name.example', 80)\n"
    )
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", tmp_path, tmp_path],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 1, run.stdout
    assert "the network was asked for: look-up of the host name 'name.example'" in run.stdout
    assert "1 passed, 1 error" in run.stdout
