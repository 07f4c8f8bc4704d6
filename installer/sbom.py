"""Writes the list of parts of the package, in the form of CycloneDX 1.6: packages, and the libraries inside them.

    python installer/sbom.py FILE

Run in the environment the package is built from. Equal input gives equal bytes: there is no date in it.
"""

from __future__ import annotations

import json
import sys
import uuid
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from eolc_desktop import __version__
from eolc_desktop.desktop.licences import gathered
from eolc_desktop.desktop.parts import Part, parts

MADE_OF = uuid.UUID("6f1c1a0a-6a0e-5f4e-9d0c-4d5b8b0e7a11")


def package(name: str, version: str, licence: str) -> dict[str, Any]:
    """A package from PyPI."""
    address = f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"
    said = {"licenses": [{"license": {"name": licence}}]} if licence != "see its file" else {}
    return {"type": "library", "bom-ref": address, "name": name, "version": version, "purl": address, **said}


def embedded(part: Part) -> dict[str, Any]:
    """A library inside one, as it reports itself when it runs."""
    reference = f"embedded:{part.within or 'program'}/{part.name}@{part.version}"
    carried = [{"name": "eolc:embedded-in", "value": part.within}]
    return {"type": "library", "bom-ref": reference, "name": part.name, "version": part.version, "properties": carried}


def bom() -> dict[str, Any]:
    """The whole list."""
    packages = [package(one.name, one.version, one.licence) for one in gathered()]
    inside = [embedded(one) for one in parts()]
    components = [*packages, *inside]
    program = f"pkg:generic/eolc-desktop@{__version__}"
    serial = uuid.uuid5(MADE_OF, json.dumps(components, sort_keys=True))
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": program,
                "name": "EoLC Desktop",
                "version": __version__,
                "purl": program,
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": components,
        "dependencies": [{"ref": program, "dependsOn": [one["bom-ref"] for one in components]}],
    }


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(bom(), indent=1) + "\n", encoding="utf-8")
