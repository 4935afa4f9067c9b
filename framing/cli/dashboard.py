"""``framing dashboard``: start the browser application on this machine."""

from __future__ import annotations

import click


@click.command("dashboard")
@click.argument("folder", required=False, type=click.Path())
@click.option(
    "--port", type=int, default=None, help="Port on 127.0.0.1; the first free one from 8501 if left out."
)
def command(folder: str | None, port: int | None) -> None:
    """Open the dashboard, on FOLDER (written by framing score) or on the demo corpus.

    It listens on 127.0.0.1 only and sends nothing anywhere.
    """
    from framing.dashboard.launch import launch

    raise click.exceptions.Exit(launch(folder, port))
