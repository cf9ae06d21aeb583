"""Put theme, reference data, documents and the model of an instance into the wheel; the rest is in
pyproject.toml.

In the repository, ``theme/``, ``data/``, ``docs/`` and ``modele/`` stand beside ``plugins/``, where
people look for them. In a wheel they have no such place, so they are copied to
``portail/_ressources/``, where ``portail.resources`` finds them. An editable install copies none.

The same sources give the same wheel: its files have one date and one mode, whoever builds it.
"""

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

ROOT = Path(__file__).resolve().parent
FOLDERS = ("theme", "data", "docs/contribuer", "docs/redaction", "modele")
LEFT_OUT = (
    "data/sources/communes-usage.csv",
    "data/sources/demonstration",
    "data/chiffres",
    "data/arrets.csv",
)
"""What data/ is remade from; answers, figures and stations of the demonstration, its own."""


DEPOT_FILE = "depot.txt"
"""Where a source archive keeps the address of the repository that it comes from."""


def depot() -> str:
    """The address of the repository on its forge: the variable ``DEPOT``, else what the source
    archive says; ``""`` when nobody knows it."""
    told = ROOT / DEPOT_FILE
    return os.environ.get("DEPOT") or (told.read_text("utf-8").strip() if told.is_file() else "")


def description(version: str, address: str) -> str:
    """README.md as an index shows it: pictures and documents are those of the forge, at the tag of
    the version; without an address, pictures are left out."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    if not address:
        return re.sub(r"<img [^>]*>\s*", "", text)
    text = re.sub(r'(?<=src=")(?!https?:)', f"{address}/raw/v{version}/", text)
    return re.sub(r"\]\((?!https?:|#)", f"]({address}/blob/v{version}/", text)


def addresses(address: str) -> dict[str, str]:
    """Pages of the forge that an index links to."""
    pages = {
        "Documentation": "/blob/main/docs/README.md",
        "Source": "",
        "Changelog": "/blob/main/CHANGELOG.md",
        "Issues": "/issues",
        "Releases": "/releases",
        "Security": "/blob/main/SECURITY.md",
    }
    return {name: f"{address}{page}" for name, page in pages.items()} if address else {}


def entry_points(ours: Mapping[str, Mapping[str, str]]) -> dict[str, list[str]]:
    """``ours`` and those of each package that can be built alone, by group."""
    found = {group: [f"{name} = {value}" for name, value in ours[group].items()] for group in ours}
    for file in sorted((ROOT / "plugins").glob("*/pyproject.toml")):
        project = tomllib.loads(file.read_text(encoding="utf-8"))["project"]
        for group, named in project.get("entry-points", {}).items():
            found.setdefault(group, []).extend(f"{name} = {named[name]}" for name in named)
    return found


class SourceArchive(sdist):
    """The usual archive, which remembers where it comes from."""

    def make_release_tree(self, base_dir: str, files: list[str]) -> None:
        """Write the tree, then the address of the repository."""
        super().make_release_tree(base_dir, files)
        if address := depot():
            (Path(base_dir) / DEPOT_FILE).write_text(f"{address}\n", encoding="utf-8")


class BuildWithResources(build_py):
    """The usual step, then the folders of `FOLDERS` and the compiled templates."""

    def run(self) -> None:
        """Build the packages, then copy the resources (not for an editable install)."""
        super().run()
        if self.editable_mode:
            return
        for source, target in self._resources():
            self.mkpath(str(target.parent))
            self.copy_file(str(source), str(target), preserve_mode=False)
        sys.path.insert(0, str(ROOT / "plugins"))
        try:
            from portail_pelican.renderer import compile_theme
        except ModuleNotFoundError as missing:
            # Built apart from what it needs, as pip does from sources.
            self.warn(f"no compiled templates, each portal makes its own: {missing}")
        else:
            compile_theme(self._base / "gabarits")

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        """Every file this step writes, the resources included."""
        outputs = list(super().get_outputs(include_bytecode))
        if not self.editable_mode:
            outputs += [str(target) for _, target in self._resources()]
            outputs += map(str, sorted((self._base / "gabarits").rglob("*.py")))
        return outputs

    @property
    def _base(self) -> Path:
        return Path(self.build_lib) / "portail" / "_ressources"

    def _resources(self) -> list[tuple[Path, Path]]:
        """Pairs (source, target), in a stable order; only the model has hidden files: workflows."""
        return [
            (path, self._base / path.relative_to(ROOT))
            for folder in FOLDERS
            for path in sorted((ROOT / folder).rglob("*"))
            if path.is_file()
            and (folder == "modele" or not any(map(_hidden, path.relative_to(ROOT).parts)))
            and not any(path.is_relative_to(ROOT / name) for name in LEFT_OUT)
            and "__pycache__" not in path.parts
        ]


class PlainWheel(bdist_wheel):
    """The usual wheel, whose files have the mode 0644 whatever the mask of the user is."""

    def write_wheelfile(self, wheelfile_base: str, *generator: str) -> None:
        """Write the last file of the tree, then give all of them their mode."""
        super().write_wheelfile(wheelfile_base, *generator)
        for path in Path(self.bdist_dir).rglob("*"):
            if path.is_file():
                path.chmod(0o644)


def _hidden(part: str) -> bool:
    return part.startswith(".")


# reproducible-builds.org/specs/source-date-epoch: nothing here is told by the date of a file.
os.environ.setdefault("SOURCE_DATE_EPOCH", "1577836800")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
VERSION = PROJECT["project"]["version"]
setup(
    entry_points=entry_points(PROJECT["tool"]["portail"]["entry-points"]),
    cmdclass={"build_py": BuildWithResources, "bdist_wheel": PlainWheel, "sdist": SourceArchive},
    long_description=description(VERSION, depot()),
    long_description_content_type="text/markdown",
    project_urls=addresses(depot()),
)
