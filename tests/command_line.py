"""Run the command line inside a test as a user does."""

from __future__ import annotations

import sys

import pytest

from framing.cli.main import main


def run_framing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *args: str
) -> tuple[int, str, str]:
    """Return exit code, standard output and standard error of ``framing ARGS``."""
    monkeypatch.setattr(sys, "argv", ["framing", *args])
    code = 0
    try:
        main()
    except SystemExit as stop:
        code = int(stop.code or 0)
    out = capsys.readouterr()
    return code, out.out, out.err
