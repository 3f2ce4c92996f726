"""The wheel and the sdist hold all that is needed: built, installed into a fresh environment, and run."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return folder


def _rules() -> set[str]:
    return {path.relative_to(ROOT / "rules").as_posix() for path in (ROOT / "rules").rglob("*.yaml")}


def test_rules_are_in_the_wheel(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
    assert _rules() <= {name.removeprefix("factlint/rules_data/") for name in names}
    assert "factlint/py.typed" in names
    assert "factlint/facts/packs/international-organizations.yaml" in names
    assert not any(name.startswith(("tests", "fixtures", "benchmarks")) for name in names)


def test_rules_are_in_the_sdist(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {f"rules/{name}" for name in _rules()} <= names


def test_the_wheel_runs(built: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    venv.create(environment, with_pip=True)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    wheel = str(next(built.glob("*.whl")))
    told = {**os.environ, "FACTLINT_CACHE_DIR": str(tmp_path / "cache")}
    for name in ("GITHUB_ACTIONS", "PYTHONPATH"):
        told.pop(name, None)
    install = [str(scripts / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel]
    done = subprocess.run(install, capture_output=True, text=True, env=told, check=False)
    assert done.returncode == 0, done.stderr
    article, facts = ROOT / "fixtures/seed/article.txt", ROOT / "fixtures/seed/facts.yaml"
    for command in ([str(scripts / "factlint")], [str(scripts / "python"), "-m", "factlint"]):
        checked = subprocess.run(
            [*command, "check", str(article), "--facts", str(facts)],
            capture_output=True,
            cwd=tmp_path,
            env=told,
            check=False,
        )
        assert checked.returncode == 1
        assert "“Dmitry Coliba” should be “Dmytro Kuleba”" in checked.stdout.decode("utf-8")
        assert checked.stderr == b""
