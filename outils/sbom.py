"""The list of the parts of Portail with their licences, as CycloneDX 1.6.

``make sbom`` writes ``composants/composants.cdx.json``, ``--check`` compares. Nothing is asked of
the network, nothing of it depends on the day: versions and who needs whom are those of ``uv.lock``,
what comes from npm is that of ``package.json``, files that others made those of ``REUSE.toml``,
licences those of ``composants/composants.csv``. A part whose licence is unknown, or is none of
``ALLOWED``, stops it.
Exit codes: 0; 1, the file is not this one; 2, a licence is missing.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

import npm

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "composants" / "composants.cdx.json"
LICENCES = ROOT / "composants" / "composants.csv"
OURS = "Les contributeurs de Portail"
HELD = (
    "data/**/*",
    "theme/static/**/*",
    "plugins/*/theme/static/js/tiers/*",
    "plugins/portail_ciel/etoiles.yml",
)
"""Files that travel with a portal: those that are not ours are parts."""

ALLOWED = frozenset(
    "0BSD AGPL-3.0-or-later Apache-2.0 BSD-2-Clause BSD-3-Clause CC-BY-SA-3.0 CC0-1.0 etalab-2.0"
    " GPL-2.0-or-later GPL-3.0-or-later ISC LGPL-2.1-or-later LGPL-3.0-or-later"
    " LicenseRef-public-domain MIT MIT-0 MIT-CMU MPL-2.0 ODbL-1.0 OFL-1.1 PSF-2.0 Zlib".split()
)
"""Licences that a part of a program under the AGPL may have (gnu.org/licenses/license-list): no
GPL-2.0-only, no licence that forbids a use."""


class Unlicensed(Exception):
    """A part has no licence here, or one that is not allowed; the text says which."""


def allowed(expression: str) -> bool:
    """Whether an SPDX expression leaves a licence of ``ALLOWED`` to whoever takes all its parts.

    >>> allowed("MIT AND PSF-2.0"), allowed("GPL-2.0-only OR MIT"), allowed("GPL-2.0-only AND MIT")
    (True, True, False)
    """
    every = (part.split(" OR ") for part in expression.split(" AND "))
    return all(not ALLOWED.isdisjoint(choice) for choice in every)


def licences() -> dict[str, str]:
    """The licence of each part that is a package: ``pypi/lxml`` → SPDX expression."""
    with LICENCES.open(encoding="utf-8", newline="") as stream:
        return {row["composant"]: row["licence"] for row in csv.DictReader(stream)}


def licence_of(part: str, licences_read: Mapping[str, str]) -> list[dict[str, Any]]:
    """As CycloneDX writes it. Raises ``Unlicensed``."""
    expression = licences_read.get(part, "")
    if not expression or not allowed(expression):
        reason = f"« {expression} », which ALLOWED has not" if expression else "unknown"
        raise Unlicensed(f"{part}: licence {reason}. Write it in {LICENCES.relative_to(ROOT)}.")
    if " " in expression or expression.startswith("LicenseRef-"):
        return [{"expression": expression}]
    return [{"license": {"id": expression}}]


def lock() -> dict[str, dict[str, Any]]:
    """The packages of ``uv.lock``, by name, but for those that a release alone asks for, apart."""
    read = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    packages = {package["name"]: package for package in read["package"]}
    portail = packages["portail"]
    groups = {**portail["dev-dependencies"], **portail["optional-dependencies"]}
    del groups["release"]
    asked = {dependency["name"] for rows in groups.values() for dependency in rows}
    return {name: packages[name] for name in closure(["portail", *asked], packages)}


def closure(names: Iterable[str], packages: Mapping[str, dict[str, Any]]) -> set[str]:
    """Those packages and all that they need."""
    found: set[str] = set()
    waiting = [*names]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += needs(packages[name])
    return found


def needs(package: Mapping[str, Any]) -> list[str]:
    """What a package asks for, whatever the system."""
    return sorted({dependency["name"] for dependency in package.get("dependencies", ())})


def python_parts(licences_read: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Python packages: ``required`` to build a site, else ``excluded``."""
    packages = lock()
    portail = packages.pop("portail")
    required = closure(needs(portail), packages)
    for name, package in sorted(packages.items()):
        kind, _, digest = package["sdist"]["hash"].partition(":")
        hashes = [{"alg": "SHA-256", "content": digest}]
        assert kind == "sha256"
        yield {
            "type": "library",
            "bom-ref": f"pypi/{name}",
            "name": name,
            "version": package["version"],
            "scope": "required" if name in required else "excluded",
            "licenses": licence_of(f"pypi/{name}", licences_read),
            "purl": f"pkg:pypi/{name}@{package['version']}",
            "externalReferences": [
                {"type": "source-distribution", "url": package["sdist"]["url"], "hashes": hashes}
            ],
        }


def npm_parts(licences_read: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Packages of npm: taken into the theme, or tools; their archive by its sum."""
    theme = npm.listed("dependencies")
    for package in sorted([*theme, *npm.listed("devDependencies")], key=lambda one: one.name):
        yield {
            "type": "file" if package.name.startswith("@fontsource") else "library",
            "bom-ref": f"npm/{package.name}",
            "name": package.name,
            "version": package.version,
            "scope": "required" if package in theme else "excluded",
            "hashes": [{"alg": "SHA-512", "content": base64.b64decode(package.sha512).hex()}],
            "licenses": licence_of(f"npm/{package.name}", licences_read),
            "purl": f"pkg:npm/{quote(package.name)}@{package.version}",
        }


def annotated(path: str) -> tuple[str, str]:
    """The licence and the holders of a file, by ``REUSE.toml``: the last that names it."""
    read = tomllib.loads((ROOT / "REUSE.toml").read_text(encoding="utf-8"))
    for annotation in reversed(read["annotations"]):
        names, holders = (
            [annotation[key]] if isinstance(annotation[key], str) else annotation[key]
            for key in ("path", "SPDX-FileCopyrightText")
        )
        if any(fnmatchcase(path, name) for name in names):
            return str(annotation["SPDX-License-Identifier"]), " ; ".join(holders)
    raise Unlicensed(f"{path}: REUSE.toml does not name it.")


def file_parts() -> Iterator[dict[str, Any]]:
    """Files of ``HELD`` that others made: tables, outlines, fonts, scripts."""
    paths = {path for pattern in HELD for path in ROOT.glob(pattern) if path.is_file()}
    for path in sorted(paths):
        name = path.relative_to(ROOT).as_posix()
        licence, holders = annotated(name)
        if holders == OURS:
            continue
        yield {
            "type": "file" if "/static/" in name else "data",
            "bom-ref": name,
            "name": name,
            "scope": "required",
            "hashes": [
                {"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}
            ],
            "licenses": licence_of(name, {name: licence}),
            "copyright": holders,
        }


def dependencies(parts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Who needs whom: the project first, then each package of Python."""
    packages = lock()
    direct = [f"pypi/{name}" for name in needs(packages["portail"])]
    listed = [
        part["bom-ref"]
        for part in parts
        if part["scope"] == "required" and not part["bom-ref"].startswith("pypi/")
    ]
    graph = [
        {"ref": f"pypi/{name}", "dependsOn": [f"pypi/{need}" for need in needs(package)]}
        for name, package in sorted(packages.items())
        if name != "portail"
    ]
    head = {"ref": "portail", "dependsOn": sorted({*direct, *listed})}
    return [head, *graph]


def bom() -> dict[str, Any]:
    """The whole list. Raises ``Unlicensed``."""
    licences_read = licences()
    parts = [*python_parts(licences_read), *npm_parts(licences_read), *file_parts()]
    unused = {*licences_read} - {part["bom-ref"] for part in parts}
    if unused:
        raise Unlicensed(f"{', '.join(sorted(unused))}: no part is called so. Remove the line.")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    content = {
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "portail",
                "name": "portail",
                "version": project["version"],
                "licenses": [{"expression": project["license"]}],
            }
        },
        "components": parts,
        "dependencies": dependencies(parts),
    }
    serial = uuid5(NAMESPACE_URL, json.dumps(content, sort_keys=True))
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        **content,
    }


def main(arguments: list[str]) -> int:
    """Write the list, or compare with ``--check``."""
    try:
        text = json.dumps(bom(), indent=1, ensure_ascii=False) + "\n"
    except Unlicensed as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    if "--check" not in arguments:
        TARGET.write_text(text, encoding="utf-8")
    elif not TARGET.is_file() or TARGET.read_text(encoding="utf-8") != text:
        sys.stderr.write(f"{TARGET.relative_to(ROOT)} is not up to date: make sbom\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
