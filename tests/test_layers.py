"""Heavy packages stay where the design puts them; import-linter checks the order of the layers.

import-linter sees which module imports what, but not when: an import inside a function is fine
where the same line at the top of the file would make every start slow.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "framing"

# package -> the only places under framing/ that may import it at all
HOME = {
    "streamlit": ("dashboard/",),
    "starlette": ("dashboard/",),
    "altair": ("figures/",),
    "sklearn": ("scoring/", "training/", "corpus/events.py", "evaluation/"),
    "click": ("cli/",),
    "rich": ("cli/",),
    "pickle": (),
    "socket": ("dashboard/", "cli/"),
    "requests": (),
    "urllib.request": (),
    "http.client": (),
}
LAZY = ("sklearn", "nltk")
AT_ONCE = ("training/",)
"""Training is nothing without scikit-learn, and nothing imports it but what trains or measures a model."""


def imports(path: Path) -> Iterator[tuple[str, int, bool]]:
    """Yield name, line and whether it runs when the file is imported."""

    def visit(node: ast.AST, at_import: bool) -> Iterator[tuple[str, int, bool]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                yield from ((alias.name, child.lineno, at_import) for alias in child.names)
            elif isinstance(child, ast.ImportFrom) and child.module and not child.level:
                yield child.module, child.lineno, at_import
                yield from ((f"{child.module}.{a.name}", child.lineno, at_import) for a in child.names)
            elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                yield from visit(ast.Module(child.body, []), False)
                yield from visit(ast.Module(child.orelse, []), at_import)
            else:
                inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
                yield from visit(child, at_import and not inside)

    yield from visit(ast.parse(path.read_text(encoding="utf-8"), str(path)), True)


def found() -> list[tuple[str, str, int, bool]]:
    files = sorted(PACKAGE.rglob("*.py"))
    assert len(files) > 20, "the package was not found"
    return [(f.relative_to(PACKAGE).as_posix(), *entry) for f in files for entry in imports(f)]


def is_of(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def test_packages_stay_in_their_place() -> None:
    strays = [
        f"framing/{file}:{line} imports {name}"
        for file, name, line, _ in found()
        for package, places in HOME.items()
        if is_of(name, package) and not file.startswith(places)
    ]
    assert strays == []


def test_slow_packages_are_imported_inside_functions() -> None:
    strays = [
        f"framing/{file}:{line} imports {name} at the top"
        for file, name, line, at_import in found()
        if at_import and not file.startswith(AT_ONCE) and any(is_of(name, package) for package in LAZY)
    ]
    assert strays == []


def test_the_reader_of_imports_sees_what_it_should(tmp_path: Path) -> None:
    source = tmp_path / "example.py"
    source.write_text(
        "import sklearn.svm\nif True:\n    from nltk import metrics\n"
        "def f():\n    import nltk\nif TYPE_CHECKING:\n    import streamlit\n"
    )
    assert list(imports(source)) == [
        ("sklearn.svm", 1, True),
        ("nltk", 3, True),
        ("nltk.metrics", 3, True),
        ("nltk", 5, False),
        ("streamlit", 7, False),
    ]


def test_import_framing_is_light() -> None:
    code = "import json, sys, framing; print(json.dumps(sorted({n.partition('.')[0] for n in sys.modules})))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(json.loads(run.stdout)).isdisjoint({"sklearn", "nltk", "streamlit", "altair"})


def test_contracts_know_every_part_of_the_package() -> None:
    """A new folder must be entered in pyproject.toml, or the contracts would not see it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layered, *forbidding = project["tool"]["importlinter"]["contracts"]
    modules = [p for p in PACKAGE.iterdir() if p.suffix == ".py" or (p / "__init__.py").is_file()]
    parts = {path.stem for path in modules} - {"__init__", "__main__"}  # both stand above all layers
    layers = {name.strip(" ()") for line in layered["layers"] for name in line.split("|")}
    assert parts - layers == set()
    for contract in forbidding:
        (package,) = contract["forbidden_modules"]
        sources = {name.removeprefix("framing.") for name in contract["source_modules"]}
        homes = {place.rstrip("/") for place in HOME[package]}
        assert parts - sources - homes == set(), contract["name"]
        assert sources & homes == set(), contract["name"]
