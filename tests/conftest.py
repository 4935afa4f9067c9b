"""Rules that hold for every test: no network, the same random examples on every CI run."""

from __future__ import annotations

import os
from collections.abc import Iterator

import network_guard
import pytest
from hypothesis import settings

network_guard.install()  # already while test files are imported

# No deadline: shared machines stall. On CI the examples are the same on every run, so that a red
# build can be repeated; at home they are fresh ones and find more.
settings.register_profile(
    "framing", deadline=None, derandomize=os.environ.get("CI") == "true", print_blob=True
)
settings.load_profile("framing")


@pytest.fixture(autouse=True)
def refused_connections() -> Iterator[list[str]]:
    """Fail a test that tried to leave this machine, even if the library swallowed the refusal."""
    yield network_guard.attempts
    attempts = list(network_guard.attempts)
    network_guard.attempts.clear()
    if attempts:
        pytest.fail("the network was asked for: " + "; ".join(attempts), pytrace=False)
