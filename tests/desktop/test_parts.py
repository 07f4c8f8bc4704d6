"""What the program is made of: the list of parts is what runs, and every part has its licence."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from eolc_desktop.app import self_test
from eolc_desktop.desktop import parts as parts_module
from eolc_desktop.desktop.licences import fonts, gathered, licences
from eolc_desktop.desktop.parts import Part, listed, parts
from tests.pictures import ROOT


@pytest.fixture(scope="module")
def bom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The list of parts, made as the installer makes it."""
    out = tmp_path_factory.mktemp("sbom") / "sbom.cdx.json"
    subprocess.run([sys.executable, str(ROOT / "installer" / "sbom.py"), str(out)], check=True, cwd=ROOT)
    return out


def test_the_list_names_the_libraries_inside_the_wheels_as_they_run(bom: Path) -> None:
    assert listed(bom) == parts()
    names = {(part.name, part.within) for part in parts()}
    inside = {
        ("SQLCipher", "sqlcipher3"),
        ("SQLite", "sqlcipher3"),
        ("OpenSSL", "sqlcipher3"),
        ("Qt", "PySide6_Essentials"),
    }
    assert inside <= names
    assert all(part.version[:1].isdigit() for part in parts())


def test_it_is_cyclonedx_and_every_reference_is_there(bom: Path) -> None:
    made = json.loads(bom.read_text(encoding="utf-8"))
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    references = [one["bom-ref"] for one in made["components"]]
    assert len(references) == len(set(references))
    assert set(made["dependencies"][0]["dependsOn"]) == set(references)
    assert any(one.startswith("pkg:pypi/sqlalchemy@") for one in references)


def test_a_list_that_is_not_what_runs_fails_the_self_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tuple(Part(one.name, "0.0" if one.name == "SQLCipher" else one.version, one.within) for one in parts())
    monkeypatch.setattr(self_test, "listed", lambda: other)
    (result,) = self_test._parts(tmp_path)
    assert not result.works
    assert "SQLCipher" in result.says
    monkeypatch.setattr(self_test, "listed", parts)
    (result,) = self_test._parts(tmp_path)
    assert result.works


def test_from_source_there_is_no_list(tmp_path: Path) -> None:
    assert parts_module.listed(tmp_path / "none.json") is None


def test_every_package_has_a_licence_and_the_notices_read_back_the_same(tmp_path: Path) -> None:
    assert [one.name for one in gathered() if one.is_unknown] == []
    subprocess.run([sys.executable, str(ROOT / "installer" / "notices.py"), str(tmp_path)], check=True, cwd=ROOT)
    assert [(one.name, one.version, one.licence) for one in licences(tmp_path)] == [
        (one.name, one.version, one.licence) for one in gathered()
    ]
    assert all("licen" in one.text.lower() for one in fonts())
