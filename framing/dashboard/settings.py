"""Settings of the Streamlit server: the same for ``streamlit run app.py`` and ``framing dashboard``.

``.streamlit/config.toml`` repeats them for the first way; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping

MAX_UPLOAD_MB = 50
"""Largest file that may be uploaded; larger corpora go through ``framing score``."""

SETTINGS: Mapping[str, bool | int | str | tuple[str, ...]] = {
    # Nothing leaves this machine, and nobody else can reach the server.
    "browser.gatherUsageStats": False,
    "server.address": "127.0.0.1",
    "server.allowedHosts": ("127.0.0.1", "localhost"),
    "server.maxUploadSize": MAX_UPLOAD_MB,
    "server.showEmailPrompt": False,
    # No menu that offers to deploy, no traceback with texts and paths in the browser.
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    # Streamlit would print every bare string of a page, and with it a text that somebody left there.
    "runner.magicEnabled": False,
    # Dark text on white: small captions keep a contrast above 4.5 to 1.
    "theme.base": "light",
    "theme.primaryColor": "#1f4e8c",
    "theme.backgroundColor": "#ffffff",
    "theme.secondaryBackgroundColor": "#f2f4f7",
    "theme.textColor": "#111111",
    "theme.linkColor": "#1f4e8c",
    "theme.borderColor": "#8a929e",
    "theme.showWidgetBorder": True,
}


def flags() -> list[str]:
    """Return the settings as options of ``streamlit run``.

    Examples
    --------
    >>> flags()[:2]
    ['--browser.gatherUsageStats=false', '--server.address=127.0.0.1']
    """
    found = []
    for name, value in SETTINGS.items():
        values = value if isinstance(value, tuple) else (value,)
        found += [f"--{name}={str(v).lower() if isinstance(v, bool) else v}" for v in values]
    return found
