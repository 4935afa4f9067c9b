"""A fresh virtual environment with the locked runtime packages and nothing else.

Only this suite may ask the package index; the programs that it then runs may not.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
NOT_SOURCE = {".git", ".venv", "dist", "build", "out", "__pycache__"}


def copy_checkout(to: Path) -> Path:
    """Copy the checkout, so that nothing is found by chance beside the real one."""

    def skip(folder: str, names: list[str]) -> set[str]:
        return {n for n in names if n in NOT_SOURCE or n.endswith(("_cache", ".egg-info"))}

    return Path(shutil.copytree(ROOT, to, ignore=skip))


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    """Run a command, return what it printed, and show all of that if it fails."""
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env or clean_environment(), check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
    )  # fmt: skip
    shown = " ".join(Path(part).name if isinstance(part, Path) else part for part in command)
    assert done.returncode == 0, f"{shown!r} ended with {done.returncode}:\n{done.stdout}"
    return done.stdout


def clean_environment(*, python_path: Iterable[Path] = ()) -> dict[str, str]:
    """Return the variables of a stranger's shell: nothing that points back to the checkout."""
    dropped = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE"}
    env = {name: value for name, value in os.environ.items() if name not in dropped}
    env |= {"PYTHONNOUSERSITE": "1", "PYTHONUTF8": "1", "UV_COMPILE_BYTECODE": "1"}
    path = os.pathsep.join(str(entry) for entry in python_path)
    return env | ({"PYTHONPATH": path} if path else {})


def runtime_lock(requirements: Iterable[str]) -> str:
    """Return the part of requirements.lock that the given requirements need on this machine.

    The closure comes from the metadata of the development environment, which was installed from
    the same lock; a requirement of the wheel that the lock lacks is an error.
    """
    wanted: dict[str, set[str]] = {}
    queue = [(Requirement(line), frozenset[str]()) for line in requirements]
    while queue:
        requirement, extras = queue.pop()
        marker = requirement.marker
        if marker and not any(marker.evaluate({"extra": extra}) for extra in (*extras, "")):
            continue
        name = canonicalize_name(requirement.name)
        fresh = requirement.extras - wanted.get(name, set())
        if name in wanted and not fresh:
            continue
        wanted.setdefault(name, set()).update(requirement.extras)
        try:
            needs = distribution(name).requires or ()
        except PackageNotFoundError:
            raise AssertionError(
                f"{requirement} is needed by the wheel but not in requirements.lock"
            ) from None
        queue.extend((Requirement(line), frozenset(requirement.extras)) for line in needs)
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    # One name may stand on several lines, with a marker for each range of Python versions.
    named = [(canonicalize_name(re.split(r"[=\s]", line)[0]), line) for line in lock if line.strip()]
    missing = sorted(wanted.keys() - {name for name, _ in named})
    assert not missing, f"requirements.lock lacks {', '.join(missing)}: run python3 tools/dev.py lock"
    return "".join(f"{line}\n" for name, line in named if name in wanted)


class Installation:
    """A virtual environment, and the way to run Python and ``framing`` in it."""

    def __init__(self, folder: Path, scratch: Path) -> None:
        self.python = folder / SCRIPTS / ("python.exe" if os.name == "nt" else "python")
        self.scratch = scratch
        scratch.mkdir(parents=True)
        if shutil.which("uv"):
            run("uv", "venv", "--quiet", "--python", sys.executable, folder, cwd=scratch)
            self._pip: tuple[str | Path, ...] = ("uv", "pip")
            self._target: tuple[str | Path, ...] = ("--quiet", "--python", self.python)
        else:
            run(sys.executable, "-m", "venv", folder, cwd=scratch)
            self._pip, self._target = (self.python, "-m", "pip", "--no-input"), ("--quiet",)
        self.python_path: tuple[Path, ...] = ()

    def install(self, *what: str | Path) -> None:
        """Install exactly what is named."""
        run(*self._pip, "install", *self._target, "--no-deps", *what, cwd=self.scratch)

    def check(self) -> None:
        """Fail if an installed package lacks one that it requires."""
        run(*self._pip, "check", *self._target, cwd=self.scratch)

    def uninstall(self, name: str) -> None:
        """Remove a package."""
        yes = () if "uv" in self._pip else ("--yes",)
        run(*self._pip, "uninstall", *self._target, *yes, name, cwd=self.scratch)

    def execute(self, code: str, *arguments: str) -> str:
        """Run Python code in the scratch folder."""
        env = clean_environment(python_path=self.python_path)
        return run(self.python, "-c", code, *arguments, cwd=self.scratch, env=env)

    def framing(self, *arguments: str) -> str:
        """Run the command as a user types it, or its entry point where no script is installed."""
        command = self.python.with_name("framing.exe" if os.name == "nt" else "framing")
        env = clean_environment(python_path=self.python_path)
        if command.exists():
            return run(command, *arguments, cwd=self.scratch, env=env)
        return self.execute("from framing.cli.main import main; main()", *arguments)
