"""``framing dashboard`` starts Streamlit with the right folder, address and flags."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from streamlit.web import cli
from streamlit.web.server.app_discovery import discover_asgi_app

from framing.dashboard import launch as module
from framing.dashboard.launch import OPEN, app_file, launch
from framing.errors import InputError


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    calls: list[list[str]] = []

    def main(args: list[str], **_: object) -> None:
        calls.append(args)

    monkeypatch.setattr(cli, "main", main)
    monkeypatch.delenv(OPEN, raising=False)
    return calls


def test_it_listens_on_this_machine_only(started: list[list[str]]) -> None:
    assert launch(None, 8765) == 0
    ((command, script, *options),) = started
    assert command == "run"
    assert discover_asgi_app(Path(script)).import_string == "asgi:app"  # with its security headers
    for flag in ("--server.address=127.0.0.1", "--browser.gatherUsageStats=false", "--server.port=8765"):
        assert flag in options
    assert OPEN not in os.environ


def test_a_folder_travels_in_the_environment(
    started: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "run.json").write_text("{}")
    monkeypatch.chdir(tmp_path.parent)
    monkeypatch.setenv(OPEN, "an older one")
    launch(tmp_path.name, None)
    assert os.environ[OPEN] == str(tmp_path)
    assert not any("server.port" in option for option in started[0])


def test_without_a_display_no_browser_is_opened(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    launch(None, None)
    monkeypatch.setenv("DISPLAY", ":0")
    launch(None, None)
    assert ["--server.headless=true" in options for options in started] == [True, False]


def test_the_exit_status_of_the_server_is_returned(monkeypatch: pytest.MonkeyPatch) -> None:
    def main(args: list[str], **_: object) -> None:
        sys.exit(3)

    monkeypatch.setattr(cli, "main", main)
    assert launch(None, None) == 3


@pytest.mark.parametrize("folder", ["missing", "."])
def test_a_wrong_folder_is_refused_before_the_start(
    started: list[list[str]], folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=r"(?s)not a folder of scored articles.*fix:     framing score"):
        launch(folder, None)
    assert started == []


def test_a_wrong_port_is_refused(started: list[list[str]]) -> None:
    with pytest.raises(InputError, match=r"(?s)this is no port.*allowed: 1 to 65535"):
        launch(None, 70_000)
    assert started == []


def test_the_app_file_is_that_of_the_wheel_or_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert app_file().read_text(encoding="utf-8").endswith("run()\n")
    monkeypatch.setattr(module, "__file__", str(tmp_path / "framing" / "dashboard" / "launch.py"))
    with pytest.raises(InputError, match=r"app\.py of the dashboard was not found"):
        app_file()
    packaged = tmp_path / "framing" / "_data" / "app.py"
    packaged.parent.mkdir(parents=True)
    packaged.touch()
    assert app_file() == packaged
