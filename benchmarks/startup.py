"""CPU seconds until the program answers, beyond a bare interpreter.

Every command runs once to compile its modules into a scratch folder and then, in turns with the
others, seven times. The median is shown: this is about what users wait for, and noise goes both ways.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import ROOT, table

BARE = "python -c pass"
COMMANDS = {
    BARE: ("-c", "pass"),
    "import framing": ("-c", "import framing"),
    "framing --help": ("-m", "framing", "--help"),
    "framing --version": ("-m", "framing", "--version"),
    "framing.analyze (imported)": ("-c", "import framing; framing.analyze"),
    "framing.explain (one article)": ("-c", "import framing; framing.explain('The regime fell.')"),
}


def cpu_seconds(arguments: tuple[str, ...], environment: dict[str, str]) -> float:
    """Return user and system seconds of one Python process and the children it waited for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    line = [sys.executable, *arguments]
    subprocess.run(line, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", type=Path, help="write every number to this file")
    options = parser.parse_args()
    seconds: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as compiled:
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = compiled
        for arguments in COMMANDS.values():
            cpu_seconds(arguments, environment)
        for _ in range(options.rounds):
            for name, arguments in COMMANDS.items():
                seconds[name].append(cpu_seconds(arguments, environment))
    median = {name: statistics.median(values) for name, values in seconds.items()}
    rows = [
        (name, f"{value:.3f}", f"{value - median[BARE]:.3f}", f"{min(seconds[name]):.3f}")
        for name, value in median.items()
    ]
    print(table(("command", "CPU s", "beyond bare", "best"), rows))
    if options.json:
        options.json.write_text(json.dumps(seconds, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
