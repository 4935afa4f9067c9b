"""Drive the dashboard without a browser and look at what its components received."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "framing" / "dashboard" / "pages"


def open_app(page: str = "read", *, folder: Path | None = None, **query: str | list[str]) -> AppTest:
    """Run the dashboard on the demo, or on a scored folder, and go to a page."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=120)
    app.run()
    if folder is not None:
        app.sidebar.radio(key="data_source").set_value("folder").run()
        app.sidebar.text_input(key="data_folder").set_value(str(folder)).run()
    app.query_params.clear()
    app.query_params.update(query)
    if page != "read":
        app.switch_page(str(PAGES / f"{page}.py"))
    return app.run()


def component(app: AppTest, key: str) -> dict[str, Any]:
    """Return the data that a component of ours was given."""
    for element in app.main:
        if getattr(element, "key", None) == key:
            data: dict[str, Any] = json.loads(element.proto.json)
            return data
    raise AssertionError(f"no component {key}; the page shows {[type(e).__name__ for e in app.main]}")


def words(app: AppTest) -> str:
    """Return all plain texts of the app, errors and headings included."""
    kinds = ("title", "subheader", "error", "warning", "info", "text", "markdown", "caption")
    return "\n".join(str(e.value) for kind in kinds for e in getattr(app, kind))


def cells(app: AppTest, key: str) -> list[list[str]]:
    """Return the texts of a table."""
    return [[cell["text"] for cell in row] for row in component(app, key)["rows"]]
