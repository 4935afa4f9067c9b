"""Refuses every connection that would leave this machine, and remembers that it was tried.

An audit hook sees every socket of the process, those of C code and of threads included, and cannot
be undone by a library that keeps its own reference to ``socket.socket.connect``. The packaging
tests put this file into the installed programs as ``sitecustomize``.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import sys

attempts: list[str] = []
"""What was refused so far: a library may swallow the error, the tests shall not."""

_LOOKUPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
_SENDS = ("socket.connect", "socket.sendto", "socket.sendmsg")


class NetworkRefusedError(RuntimeError):
    """A connection or a name look-up that would leave this machine.

    It is no OSError on purpose: code that answers a failing network with a fallback must not pass.
    """


def install() -> None:
    """Start to refuse; an audit hook stays until the process ends."""
    sys.addaudithook(_hook)


def is_local(host: object) -> bool:
    """Return whether a host stays on this machine: loopback, or a name that means it.

    Examples
    --------
    >>> [is_local(host) for host in ("127.0.0.1", "::1", "::1%lo", "localhost", None)]
    [True, True, True, True, True]
    >>> [is_local(host) for host in ("0.0.0.0", "93.184.216.34", "example.org", "127.0.0.1.example.org")]
    [False, False, False, False]
    """
    name = (host.decode("ascii", "replace") if isinstance(host, bytes | bytearray) else host) or ""
    if not isinstance(name, str):
        return False
    if name.lower() in ("", "localhost", "ip6-localhost", socket.gethostname().lower()):
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _is_address(host: object) -> bool:
    """Return whether a host is a number: looking that up asks nobody."""
    try:
        ipaddress.ip_address(str(host).partition("%")[0])
    except ValueError:
        return False
    return True


def _hook(event: str, args: tuple[object, ...]) -> None:
    if event in _LOOKUPS:
        if not is_local(args[0]) and not _is_address(args[0]):
            _refuse(f"look-up of the host name {args[0]!r}")
    elif event in _SENDS:
        sock, address = args[0], args[1]
        family = getattr(sock, "family", None)
        if family == getattr(socket, "AF_UNIX", object()) or address is None:
            return  # a connected socket sends without an address, and was checked when it connected
        internet = family in (socket.AF_INET, socket.AF_INET6)
        if not (internet and isinstance(address, tuple) and address and is_local(address[0])):
            if event == "socket.connect" and isinstance(sock, socket.socket):
                sock.close()  # most callers close it for an OSError only; a leak would hide the message
            _refuse(f"{event} to {address!r}")


def _refuse(what: str) -> None:
    attempts.append(f"{what} (process {os.getpid()})")
    raise NetworkRefusedError(
        f"{what} was refused: tests and the product use no network.\n"
        "  allowed: 127.0.0.1, ::1, localhost, Unix sockets\n"
        "  fix:     replace the remote side by a file or a server on 127.0.0.1"
    )
