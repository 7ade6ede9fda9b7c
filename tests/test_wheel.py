"""The wheel, installed: it carries the catalog, the SQL and the type marker, and answers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    [wheel] = folder.glob("cptref-*.whl")
    target = folder / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    return target


def test_the_wheel_answers_without_the_checkout(installed: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed), "CPTREF_HOME": str(tmp_path / "home")}
    code = "import cptref; print(cptref.__file__); print(cptref.Reference().show('31243').code)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    where, answered = done.stdout.split()
    assert Path(where).is_relative_to(installed)
    assert answered == "31243"


def test_the_wheel_holds_the_licence_and_the_type_marker(installed: Path) -> None:
    assert (installed / "cptref" / "py.typed").is_file()
    licences = {path.name for path in installed.glob("cptref-*.dist-info/licenses/*")}
    assert licences == {"LICENSE", "NOTICE"}
