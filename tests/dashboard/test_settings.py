"""Both ways to start the dashboard have the same settings, and Streamlit knows every one of them."""

from __future__ import annotations

import tomllib
from pathlib import Path

from streamlit import config

from framing.dashboard.settings import SETTINGS, flags

ROOT = Path(__file__).resolve().parents[2]


def test_the_file_and_the_flags_agree() -> None:
    sections = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    from_file = {
        f"{section}.{name}": value for section, table in sections.items() for name, value in table.items()
    }
    assert from_file == {name: list(v) if isinstance(v, tuple) else v for name, v in SETTINGS.items()}


def test_streamlit_knows_every_setting() -> None:
    known = set(config._config_options_template)
    assert set(SETTINGS) <= known
    assert len(flags()) == len(SETTINGS) + 1  # two hosts


def test_nothing_is_sent_and_nobody_else_is_served() -> None:
    assert SETTINGS["browser.gatherUsageStats"] is False
    assert SETTINGS["server.address"] == "127.0.0.1"
    assert SETTINGS["client.showErrorDetails"] == "none"
    assert not any("enableCORS" in name or "Xsrf" in name for name in SETTINGS)
