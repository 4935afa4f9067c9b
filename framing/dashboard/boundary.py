"""What a user sees when something fails: the five parts of our errors, never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from framing.errors import AnalysisError, FramingError, InputError, LexiconError, TableError

_LOGGER = logging.getLogger(__name__)

# Headings are fixed texts: st.error reads markdown, and an error may quote a hostile file.
_HEADINGS = (
    (InputError, "This could not be read."),
    (TableError, "A table does not have the expected columns."),
    (AnalysisError, "This cannot be computed from these articles."),
    (LexiconError, "A lexicon is not sound."),
    (FramingError, "This did not work."),
)


@contextmanager
def boundary() -> Iterator[None]:
    """Show what goes wrong inside as a message; Streamlit's own stops and reruns pass through.

    The traceback of an unforeseen error goes to the log of the server.
    """
    try:
        yield
    except FramingError as error:
        show_error(error)
    except Exception as error:
        _LOGGER.exception("a part of the page failed")
        st.error("Something unforeseen happened here. The rest of the page still works.")
        st.text(f"{type(error).__name__}; the details are in the terminal that runs the dashboard.")


def show_error(error: FramingError) -> None:
    """Show what failed, where, what came, what is allowed and how to fix it, as plain text."""
    heading = next(text for kind, text in _HEADINGS if isinstance(error, kind))
    st.error(heading)
    st.text(str(error))
