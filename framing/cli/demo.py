"""``framing demo``: the main job on the shipped corpus."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import click


@click.command("demo")
@click.option("-o", "--output", default=Path("out/demo"), show_default=True, type=click.Path(path_type=Path))
def command(output: Path) -> None:
    """Score the demo corpus (fictional outlets), compare the outlets and say how to open the dashboard."""
    from framing.analysis.comparison import compare
    from framing.cli.compare.rates import print_comparison
    from framing.cli.score import summarise
    from framing.cli.show import progress_bar
    from framing.corpus.demo import load_demo
    from framing.pipeline import analyze

    with progress_bar("scoring the demo corpus") as progress:
        result = analyze(load_demo(), progress=progress)
    result.save(output)
    summarise(result, output)
    click.echo(
        "\nFive fictional outlets on the same events, all frames together and the two largest, own voice:\n"
    )
    table = compare(result.documents, result.counts, permutations=9_999)
    totals = result.mentions[result.mentions["voice"] == "own"]["category"].value_counts()
    shown = ["any", *totals.index[:2]]
    print_comparison(table[table["feature"].isin(shown)])
    call = _command()
    click.echo(
        f"\nEach number comes from sentences. Next:\n"
        f"  {call} dashboard {output}        look at them in the browser\n"
        f"  {call} compare {output} --entry 'terror*' --voice all\n"
        f"  {call} explain \"The regime struck a 'terrorist' camp, state media said.\""
    )


def _command() -> str:
    """Return how to call this program from here: by name, or by its path if it is not on the PATH."""
    if shutil.which("framing"):
        return "framing"
    program = Path(sys.executable).parent / "framing"
    return os.path.relpath(program) if program.is_relative_to(Path.cwd()) else str(program)
