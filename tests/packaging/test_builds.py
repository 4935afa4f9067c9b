"""Wheel, sdist, editable install and plain checkout: each must find its data and do its work.

One virtual environment receives the runtime packages once; each way of installing then comes and
goes. Every program runs with the network guard of the tests as its ``sitecustomize``.
"""

from __future__ import annotations

import json
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from email.parser import HeaderParser
from pathlib import Path

import pytest
from installation import ROOT, Installation, copy_checkout, run, runtime_lock

from framing.lexicon.load import load_lexicon

pytestmark = pytest.mark.timeout(900)  # a cold package cache

HEAVY = ("altair", "nltk", "pandas", "scipy", "sklearn", "streamlit")
WAYS = ("wheel", "sdist", "editable", "checkout")
SENTENCE = "The foreign-backed terrorists"

WHERE = """
import json, sys
import framing
from framing.lexicon.load import available, load_lexicon
from framing.resources import demo_articles
lexicons = {name: load_lexicon(name) for name in available()}
print(json.dumps({
    "package": framing.__file__,
    "lexicons": {name: [len(lexicon), lexicon.digest] for name, lexicon in lexicons.items()},
    "demo": len(demo_articles().read_text(encoding="utf-8").splitlines()),
}))
"""

LISTING = """
import json
from importlib.metadata import distributions
print(json.dumps([found.name for found in distributions()]))
"""

HELP = """
import json, sys
from framing.cli.main import main
sys.argv = ["framing", "--help"]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print()
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_checkout(tmp_path_factory.mktemp("source") / "checkout")


@pytest.fixture(scope="module")
def built(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build the wheel from the checkout, the sdist, and the wheel from the sdist alone."""
    folder = tmp_path_factory.mktemp("built")
    build = (sys.executable, "-m", "build", "--no-isolation")
    run(*build, "--sdist", "--outdir", folder / "sdist", checkout, cwd=folder)
    run(*build, "--wheel", "--outdir", folder / "wheel", checkout, cwd=folder)
    sdist = next((folder / "sdist").glob("*.tar.gz"))
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "unpacked", filter="data")
    unpacked = next((folder / "unpacked").iterdir())
    run(*build, "--wheel", "--outdir", folder / "from-sdist", unpacked, cwd=folder)
    return {
        "sdist": sdist,
        "wheel": next((folder / "wheel").glob("*.whl")),
        "wheel from sdist": next((folder / "from-sdist").glob("*.whl")),
    }


@pytest.fixture(scope="module")
def environment(built: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Install the runtime packages, each against its hash, and none for development."""
    folder = tmp_path_factory.mktemp("outside")
    made = Installation(folder / "venv", folder / "scratch")
    lock = folder / "runtime.lock"
    lock.write_text(runtime_lock(metadata(built["wheel"]).get_all("Requires-Dist")), encoding="utf-8")
    assert "pytest==" not in lock.read_text(encoding="utf-8")
    made.install("--require-hashes", "-r", lock)
    guard = folder / "guard"
    guard.mkdir()
    source = (ROOT / "tests" / "network_guard.py").read_text(encoding="utf-8")
    (guard / "sitecustomize.py").write_text(source + "\n\ninstall()\n", encoding="utf-8")
    made.python_path = (guard,)
    return made


@pytest.fixture(scope="module", params=WAYS)
def installed(
    request: pytest.FixtureRequest, built: dict[str, Path], checkout: Path, environment: Installation
) -> Iterator[tuple[str, Installation]]:
    way = str(request.param)
    plain = environment.python_path
    if way == "checkout":
        environment.python_path = (*plain, checkout)
    elif way == "editable":
        environment.install("-e", checkout)  # builds in isolation: hatchling is no runtime package
    else:
        environment.install(built["wheel" if way == "wheel" else "wheel from sdist"])
    yield way, environment
    environment.python_path = plain
    if way != "checkout":
        environment.uninstall("framing-analyzer")


def metadata(wheel: Path) -> object:
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        return HeaderParser().parsestr(archive.read(name).decode("utf-8"))


def test_wheel_holds_the_package_and_its_own_data_only(built: dict[str, Path], checkout: Path) -> None:
    with zipfile.ZipFile(built["wheel"]) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" not in name]
    assert {name.split("/")[0] for name in names} == {"framing"}
    data = [name.removeprefix("framing/_data/") for name in names if name.startswith("framing/_data/")]
    assert {name.split("/")[0] for name in data} <= {
        "lexicons",
        "demo",
        "models",
        "readings",
        "app.py",
        "house_style.toml",
        "__init__.py",
    }
    shipped = {p.relative_to(checkout).as_posix() for p in (checkout / "lexicons").rglob("*") if p.is_file()}
    assert {name for name in data if name.startswith("lexicons/")} == shipped
    tables = [n for n in names if n.endswith((".csv", ".parquet", ".jsonl", ".json", ".tsv", ".gz", ".zip"))]
    allowed = tuple(f"framing/_data/{name}/" for name in ("lexicons", "demo", "models", "readings"))
    assert [name for name in tables if not name.startswith(allowed)] == []
    assert [name for name in names if "test" in Path(name).parts] == []


def test_wheel_and_sdist_carry_no_corpus(built: dict[str, Path]) -> None:
    """The evaluation corpora are others' work and stay beside the repository."""
    corpora = {
        path.name for path in (ROOT.parent / "shared" / "data").glob("*/*") if path.name != "README.md"
    }
    corpora -= {"articles.jsonl"}
    with tarfile.open(built["sdist"]) as archive:
        members = archive.getnames()
    with zipfile.ZipFile(built["wheel"]) as wheel:
        members += wheel.namelist()
    assert [m for m in members if m.endswith(".parquet") or Path(m).name in corpora] == []
    assert built["sdist"].stat().st_size < 8_000_000
    assert built["wheel"].stat().st_size < 8_000_000


def test_sdist_loses_nothing(built: dict[str, Path]) -> None:
    """The wheel made from the sdist has the same files with the same bytes."""
    made = []
    for name in ("wheel", "wheel from sdist"):
        with zipfile.ZipFile(built[name]) as archive:
            made.append({info.filename: info.CRC for info in archive.infolist()})
    assert made[0] == made[1]


def test_licence_and_entry_point_are_in_the_wheel(built: dict[str, Path]) -> None:
    with zipfile.ZipFile(built["wheel"]) as archive:
        texts = {name.split(".dist-info/")[-1]: archive.read(name) for name in archive.namelist()}
    assert b"Apache License" in texts["licenses/LICENSE"]
    assert b"framing = framing.cli.main:main" in texts["entry_points.txt"]


def test_nothing_is_missing_and_nothing_is_a_development_package(
    installed: tuple[str, Installation],
) -> None:
    way, environment = installed
    if way != "checkout":
        environment.check()
    names = {name.lower() for name in json.loads(environment.execute(LISTING))}
    assert names.isdisjoint({"pytest", "ruff", "mypy", "hypothesis", "build", "hatchling", "playwright"})
    assert ("framing-analyzer" in names) == (way != "checkout")


def test_data_is_found(installed: tuple[str, Installation], checkout: Path) -> None:
    way, environment = installed
    found = json.loads(environment.execute(WHERE))
    inside = Path(found["package"]).resolve().is_relative_to(checkout.resolve())
    assert inside == (way in ("editable", "checkout")), found["package"]
    demo = checkout / "framing" / "_data" / "demo" / "articles.jsonl"
    assert found["demo"] == len(demo.read_text(encoding="utf-8").splitlines()) > 0
    # Same entries and digest as in the source, wherever they were found.
    source = [load_lexicon(card.parent) for card in (checkout / "lexicons").glob("*/lexicon.toml")]
    assert {"conflict-en", "cues-en"} <= {lexicon.lexicon_id for lexicon in source}
    assert found["lexicons"] == {lexicon.lexicon_id: [len(lexicon), lexicon.digest] for lexicon in source}


def test_help_is_quick_because_it_imports_little(installed: tuple[str, Installation]) -> None:
    _, environment = installed
    *shown, modules = environment.execute(HELP).strip().splitlines()
    assert "Usage" in "\n".join(shown)
    assert [name for name in HEAVY if name in json.loads(modules)] == []


def test_commands_work(installed: tuple[str, Installation], checkout: Path) -> None:
    _, environment = installed
    help_text = environment.framing("--help")
    for command in ("score", "demo", "explain", "lexicon"):
        assert command in help_text
    articles = (checkout / "framing" / "_data" / "demo" / "articles.jsonl").read_bytes().count(b"\n")
    assert f"{articles} articles" in environment.framing("demo")
    explained = environment.framing("explain", SENTENCE)
    for expected in ("foreign-backed", "terrorist", "voice     own"):
        assert expected in explained
    checked = environment.framing("lexicon", "check")
    assert "conflict-en" in checked
    assert "cues-en" in checked


def test_the_guard_is_awake(environment: Installation) -> None:
    """Without this, the tests above would say nothing about the network."""
    code = "import socket\ntry: socket.getaddrinfo('name.example', 80)\nexcept RuntimeError as e: print(e)"
    assert "was refused" in environment.execute(code)
