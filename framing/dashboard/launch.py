"""Start the dashboard in this process, on this machine only."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from framing.dashboard.settings import flags
from framing.errors import InputError
from framing.pipeline.result import RUN_FILE

OPEN = "FRAMING_OPEN"
"""Environment variable that names the scored folder to open at start."""


def launch(folder: str | None, port: int | None) -> int:
    """Serve the dashboard until it is stopped.

    Parameters
    ----------
    folder
        Folder that ``framing score`` wrote; the demo corpus if ``None``.
    port
        Port on 127.0.0.1; the first free one from 8501 if ``None``.

    Returns
    -------
    int
        Exit status, 0 after an orderly stop.

    Raises
    ------
    InputError
        If the folder holds no scored articles, or the port is none.
    """
    if folder is not None and not (Path(folder) / RUN_FILE).is_file():
        raise InputError(
            "this is not a folder of scored articles",
            where=folder,
            got=f"no {RUN_FILE} in it" if Path(folder).is_dir() else "no such folder",
            allowed="a folder that framing score wrote",
            fix=f"framing score articles.csv -o {folder}, or leave the folder out for the demo",
        )
    if port is not None and not 1 <= port <= 65535:
        raise InputError(
            "this is no port", got=str(port), allowed="1 to 65535", fix="leave it out for a free one"
        )
    os.environ.pop(OPEN, None)
    if folder is not None:
        os.environ[OPEN] = str(Path(folder).resolve())
    options = [
        *flags(),
        "--server.fileWatcherType=none",
        f"--server.headless={str(not has_display()).lower()}",
    ]
    if port is not None:
        options.append(f"--server.port={port}")
    from streamlit.web import cli

    server = Path(__file__).parent / "serve" / "asgi.py"
    try:
        cli.main(["run", str(server), *options], prog_name="streamlit", standalone_mode=False)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    return 0


def app_file() -> Path:
    """Return the script that Streamlit runs: ``app.py`` of the wheel, or of the checkout.

    Raises
    ------
    InputError
        If the installation is incomplete.
    """
    package = Path(__file__).resolve().parents[1]
    places = (package / "_data" / "app.py", package.parent / "app.py")
    for place in places:
        if place.is_file():
            return place
    raise InputError(
        "app.py of the dashboard was not found",
        where=" and ".join(map(str, places)),
        fix="install the package again (pip install framing-analyzer)",
    )


def has_display() -> bool:
    """Return whether a browser can be opened on this machine."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
