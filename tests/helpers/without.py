"""A small portal planned, its pages shown and its texts written, without some features.

A feature that brings no kind of contents is taken out of a process that has it: neither the table
of features, nor an import, nor a table of its folder finds it any more. The kinds of a portal are
known once and for all when they are imported: what brings one is taken out of a copy of the code,
which another process runs.
"""

import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from msgspec import Struct

from doses import rows_of
from plans import Tree, contents, said
from portail import features, resources
from portail.outputs.base import TemplatePage, TextFile
from portail.outputs.base import Tree as Folder

ROOT = Path(__file__).resolve().parents[2]
TABLE = "plugins/portail/features/__init__.py"
SETTINGS = {
    "chiffres": True,
    "hors_ligne": True,
    "siteurl": "https://a.example",
    "courriel": "redaction@a.example",
}
FILES = contents(rows_of("helpers/contenus.yml"))
"""One content of each kind at least, and something for each feature to show."""


def with_dependents(names, table):
    """Features, those that need them, those that need these in turn."""
    gone = {*names}
    every = [*table]
    while more := {feature.name for feature in every if gone & {*feature.needs}} - gone:
        gone |= more
    return frozenset(gone)


OWNERS = {place: name for name, place in features.PLACES.items()}
"""The feature of each folder, as modules name it."""


def owner(module):
    """The feature whose folder holds a module; ``""`` for any other."""
    while module and module not in OWNERS:
        module = module.rpartition(".")[0]
    return OWNERS.get(module, "")


def written(folders):
    """The contents of a portal that has the kinds of these folders: who is named in no file is
    named in words."""
    files = {name: text for name, text in FILES.items() if name.partition("/")[0] in folders}
    if "lieux" not in folders:
        for name, text in files.items():
            place = re.sub("^lieu: .*", "adresse: {commune: Lille}", text, flags=re.MULTILINE)
            files[name] = place.replace("musee", "Le musée")
    return files


def shown(root):
    """The plan of the small portal in this process: it has no error, each of its pages can be
    shown, each of its texts written, and what pages link to is there."""
    from portail.model.kinds import KINDS

    result = Tree(root).run({**written({kind.value for kind in KINDS})}, **SETTINGS)
    plan = result.plan
    assert plan is not None, said(result.report)
    addresses = {f"/{artifact.path}" for artifact in plan}
    addresses |= {address.removesuffix("index.html") for address in addresses}
    folders = tuple(f"/{one.folder}/" for one in plan if isinstance(one, Folder))
    dead = {}
    for artifact in plan:
        if isinstance(artifact, TemplatePage):
            for link in _links(artifact.view()):
                path = re.split("[?#]", link, maxsplit=1)[0]
                if path not in addresses and not path.startswith(("/theme/", *folders)):
                    dead.setdefault(path, artifact.path)
        elif isinstance(artifact, TextFile):
            "".join(artifact.produce())
        elif isinstance(artifact, Folder):
            [*artifact.produce()]
    assert not dead, dead
    return plan


def _links(value):
    """The site paths to which a view leads: what it names ``url``."""
    if isinstance(value, Struct):
        for name in value.__struct_fields__:
            inner = getattr(value, name)
            if name == "url" and isinstance(inner, str) and inner.startswith("/"):
                yield inner
            else:
                yield from _links(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _links(inner)


@contextmanager
def taken_out(gone):
    """In this process, neither the table, nor an import, nor the words of these features."""
    read = resources._table

    def table(name, feature=""):
        if re.split("[._]", feature)[-1] in gone:
            raise FileNotFoundError(f"features/{feature}/{name}.yml")
        return read(name, feature)

    with pytest.MonkeyPatch.context() as patch:
        kept = tuple(feature for feature in features.FEATURES if feature.name not in gone)
        patch.setattr(features, "FEATURES", kept)
        patch.setattr(resources, "_table", table)
        for module in [*sys.modules]:
            if owner(module) in gone:
                patch.setitem(sys.modules, module, None)
        yield


def copied(checkout, gone):
    """The code in another folder, compiled as it is here, without the folders of some features and
    their lines in the table and in what an installation declares."""
    plugins = ROOT / "plugins"

    def left(folder, names):
        place = ".".join(Path(folder).relative_to(plugins).parts)
        return [name for name in names if owner(f"{place}.{name}".lstrip(".")) in gone]

    shutil.copytree(plugins, checkout / "plugins", ignore=left)
    for name in ("theme", "data", "docs", "modele", "pyproject.toml"):
        (checkout / name).symlink_to(ROOT / name)
    (checkout / TABLE).write_text(unlisted(gone), encoding="utf-8")
    declare(checkout / "plugins", gone)


def declare(plugins, gone):
    """Say in a copy of ``plugins/`` which features it has, as an installation of it would."""
    here = metadata.distribution("portail")
    points = here.read_text("entry_points.txt")
    for name in gone:
        points = re.sub(rf"^{name} = portail_\w+(\.\w+)?:feature\n", "", points, flags=re.MULTILINE)
    there = plugins / f"portail-{here.version}.dist-info"
    there.mkdir()
    (there / "METADATA").write_text(here.read_text("METADATA"), encoding="utf-8")
    (there / "entry_points.txt").write_text(points, encoding="utf-8")


def unlisted(gone):
    """The table of features without some of them."""
    text = (ROOT / TABLE).read_text(encoding="utf-8")
    for name in gone:
        text = re.sub(rf"^    {name},\n", "", text, flags=re.MULTILINE)
    return re.sub(r"^from portail\.features\.\w+ import \(\n\)\n", "", text, flags=re.MULTILINE)


def run_apart(gone, checkout, *command, folder=""):
    """``shown``, or a ``command`` of Python, in a process whose code has lost some features; in a
    ``folder`` beside the code."""
    copied(checkout, gone)
    return subprocess.run(
        [sys.executable, *(command or (str(Path(__file__).resolve()),))],
        cwd=checkout / folder,
        env={**os.environ, "PYTHONPATH": str(checkout / "plugins")},
        capture_output=True,
        text=True,
        check=False,
    )


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        for artifact in shown(Path(folder)):
            print(f"/{artifact.path}")
