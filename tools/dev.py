"""Set the project up and run its checks: ``python3 tools/dev.py demo``, ``test``, ``check`` ...

Needs nothing but Python 3.11 or newer (Linux, macOS, Windows). The first command creates ``.venv``
beside the project and installs the packages of ``requirements.lock``, each checked against its
sha256; later commands install again only after the lock, ``pyproject.toml``, the Python version or
the place of the checkout changed. Arguments after the command go on to the program that it runs:
``python3 tools/dev.py test -k quotes``.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "requirements.lock"
PROJECT = ROOT / "pyproject.toml"
STAMP = VENV / "framing-stamp.txt"
CORPORA = ROOT.parent / "shared" / "data"
OLDEST = (3, 11)

LINTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("formatting", ("ruff", "format", "--check", ".")),
    ("ruff", ("ruff", "check", ".")),
    ("mypy", ("mypy",)),
    ("layers", ("lint-imports",)),
)


def stop(what: str, fix: str = "") -> NoReturn:
    """End with a message that names the way out."""
    sys.exit(f"tools/dev.py: {what}" + (f"\n  fix: {fix}" if fix else ""))


def environment() -> dict[str, str]:
    """Return the variables of a child process: our packages first, byte code kept."""
    env = dict(os.environ)
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME"):
        env.pop(name, None)  # without byte code every start compiles pandas and scipy again
    env |= {"UV_COMPILE_BYTECODE": "1", "VIRTUAL_ENV": str(VENV), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    env["PATH"] = os.pathsep.join([str(BIN), env.get("PATH", "")])
    return env


def call(*command: str | Path) -> int:
    """Run a command in the project folder and return its exit status."""
    line = [str(part) for part in command]
    return subprocess.run(line, cwd=ROOT, env=environment(), check=False).returncode


def must(what: str, *command: str | Path) -> None:
    """Run a step of the set-up and stop if it fails."""
    if call(*command):
        stop(f"could not {what}", "the program said why above; .venv may be deleted at any time")


def script(name: str) -> str:
    """Return a program of the virtual environment."""
    return str(BIN / (f"{name}.exe" if os.name == "nt" else name))


def find_uv() -> str | None:
    """Return a uv that runs: a version manager may leave a shim that does not."""
    uv = shutil.which("uv")
    if uv and subprocess.run([uv, "--version"], capture_output=True, check=False).returncode == 0:
        return uv
    return None


def fingerprint(version: str) -> str:
    """Return what an installation depends on; the editable install remembers the place too."""
    parts = [LOCK.read_bytes(), PROJECT.read_bytes(), version.encode(), str(ROOT).encode()]
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def venv_version() -> str:
    """Return the Python version of the virtual environment, empty if there is none that starts."""
    if not PYTHON.exists():
        return ""
    ask = [str(PYTHON), "-c", "import sys; print(*sys.version_info[:3], sep='.')"]
    return subprocess.run(ask, capture_output=True, text=True, check=False).stdout.strip()


def create_venv(uv: str | None) -> str:
    """Make ``.venv`` where it is missing or no longer starts, and return its Python version."""
    version = venv_version()
    if not version:
        if VENV.exists():
            shutil.rmtree(VENV)
        if uv:
            must("create .venv with uv", uv, "venv", "--quiet", "--python", sys.executable, VENV)
        elif call(sys.executable, "-m", "venv", VENV):
            stop("could not create .venv", "on Debian or Ubuntu: apt-get install python3-venv")
        version = venv_version()
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST:
        stop(f".venv holds Python {version}, 3.11 or newer is needed", "delete .venv and try again")
    return version


def prepare() -> None:
    """Install the locked packages and the project, if something changed since the last time."""
    if not LOCK.is_file():
        stop("requirements.lock is missing", "take it from the repository or run the command lock")
    uv = find_uv()
    wanted = fingerprint(create_venv(uv))
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8").strip() == wanted:
        return
    begin = time.monotonic()
    print(f"installing the locked packages into {VENV.name} with {'uv' if uv else 'pip'} ...", flush=True)
    STAMP.unlink(missing_ok=True)
    install: tuple[str | Path, ...] = (PYTHON, "-m", "pip", "--no-input")
    if uv:
        install = (uv, "pip")
    elif call(PYTHON, "-c", "import pip"):  # made by uv, which does not put pip in
        must("add pip to .venv", PYTHON, "-m", "ensurepip")
    # --no-deps: the lock is complete, and what is not in it must not come in by the back door.
    options: tuple[str | Path, ...] = ("--quiet", "--no-deps", *(("--python", PYTHON) if uv else ()))
    must("install requirements.lock", *install, "install", *options, "--require-hashes", "-r", LOCK)
    must("install the project", *install, "install", *options, "--no-build-isolation", "-e", ROOT)
    must("agree on versions", *install, "check", *(("--quiet", "--python", PYTHON) if uv else ()))
    STAMP.write_text(wanted + "\n", encoding="utf-8")
    print(f"installed in {time.monotonic() - begin:.0f} s", flush=True)


def pytest(*arguments: str) -> int:
    """Run pytest in the virtual environment."""
    return call(PYTHON, "-m", "pytest", *arguments)


def demo(extra: Sequence[str]) -> int:
    """Score the shipped demo corpus: what the tool shows, in one command."""
    return call(script("framing"), "demo", *extra)


def test(extra: Sequence[str]) -> int:
    """Run the tests and the examples in the docstrings, or only the files that are named."""
    named = any((ROOT / argument.split("::")[0]).exists() for argument in extra)
    return pytest(*(() if named else ("tests", "framing")), *extra)


def check(extra: Sequence[str]) -> int:
    """Run every linter and the tests; all of them, so that one run shows all there is to do."""
    failed = []
    for name, line in (*LINTERS, ("tests", ())):
        begin = time.monotonic()
        print(f"== {name}", flush=True)
        if call(script(line[0]), *line[1:]) if line else test(extra):
            failed.append(name)
        print(f"-- {name}: {time.monotonic() - begin:.1f} s", flush=True)
    print("failed: " + ", ".join(failed) if failed else "all checks passed")
    return int(bool(failed))


def fix(extra: Sequence[str]) -> int:
    """Format the code and repair what ruff can repair; name files to leave the others alone."""
    places = extra or (".",)
    return call(script("ruff"), "check", "--fix", *places) | call(script("ruff"), "format", *places)


def gate(extra: Sequence[str]) -> int:
    """Compare quality with the pinned floors, on the evaluation corpora beside the checkout."""
    if not CORPORA.is_dir():
        stop("the evaluation corpora are missing", "put them into ../shared/data, beside the project")
    return pytest("tests/gate", *extra)


def browser(extra: Sequence[str]) -> int:
    """Drive the dashboard in a real browser (needs chromium)."""
    return pytest("tests/e2e", *extra)


def package(extra: Sequence[str]) -> int:
    """Build, install and use the package as a stranger would (fetches packages from the index)."""
    return pytest("tests/packaging", *extra)


def notebooks(extra: Sequence[str]) -> int:
    """Run every notebook in a real Jupyter kernel, in a scratch folder."""
    sources = sorted((ROOT / "notebooks").glob("*.py"))
    if not sources:
        stop("there are no notebooks", "they belong into notebooks/*.py, in the py:percent format")
    with tempfile.TemporaryDirectory() as scratch:
        made = [Path(scratch) / f"{source.stem}.ipynb" for source in sources]
        for source, notebook in zip(sources, made, strict=True):
            if call(script("jupytext"), "--quiet", "--to", "ipynb", "--output", notebook, source):
                return 1
        return pytest(
            "-c", PROJECT.name, "--nbmake", "--nbmake-kernel=python3", *(str(path) for path in made), *extra
        )


def pages(extra: Sequence[str]) -> int:
    """Write the pages of the lexicons and the audit report into docs/lexicons."""
    return call(script("framing"), "lexicon", "page", "-o", "docs/lexicons", *extra)


def lock(extra: Sequence[str]) -> int:
    """Write requirements.lock anew (needs uv); pins stay unless ``--upgrade`` is given."""
    uv = find_uv()
    if not uv:
        stop("uv was not found", "install it, for example: pip install uv")
    what = "--extra dev --universal --python-version 3.11 --generate-hashes"
    how = "--no-header --no-annotate --quiet"
    line = (uv, "pip", "compile", PROJECT.name, *what.split(), *how.split(), "--output-file", LOCK.name)
    code = call(*line, *extra)
    return code or check_lock(LOCK.read_text(encoding="utf-8"))


def setup(extra: Sequence[str]) -> int:
    """Only install what the other commands need."""
    if extra:
        stop(f"setup takes no arguments, got {' '.join(extra)}")
    return 0  # main() has done the work


def check_lock(text: str) -> int:
    """Refuse a lock that trusts an address instead of a digest."""
    if found := re.search(r"^\s*(--(?!hash=)\S+|\S+ @ \S+)|https?:|file:", text, re.MULTILINE):
        stop(f"requirements.lock names a place: {found.group().strip()}", "compile it without index options")
    for requirement in text.replace("\\\n", " ").splitlines():
        if requirement.strip() and "--hash=sha256:" not in requirement:
            stop(f"a line of requirements.lock has no hash: {requirement}", "compile with --generate-hashes")
    return 0


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    command.__name__: command
    for command in (demo, test, check, fix, gate, browser, package, notebooks, pages, lock, setup)
}


def summary(name: str) -> str:
    """Return the first sentence about a command."""
    return (COMMANDS[name].__doc__ or "").strip().splitlines()[0]


def main() -> int:
    """Read the command, set up, run it."""
    if sys.version_info < OLDEST:
        stop(f"Python {sys.version.split()[0]} is too old, 3.11 or newer is needed", "call a newer python3")
    parser = argparse.ArgumentParser(
        prog="tools/dev.py",
        description="Set the project up and run its checks; further arguments go on to the program it runs.",
        epilog="\n".join(["commands:", *(f"  {name:<10} {summary(name)}" for name in COMMANDS)]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="command")
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    if options.command != "lock":
        prepare()
    return COMMANDS[options.command](options.arguments)


if __name__ == "__main__":
    sys.exit(main())
