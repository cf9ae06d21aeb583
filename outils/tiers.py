"""Make the libraries of others that the contribution form loads, once.

Usage: ``tiers.py [--check]``. Each becomes one ECMAScript module of ``theme/static/js/tiers/`` with
its version in its name, from its pinned npm package and those that it needs, joined and minified by
a pinned esbuild; its licences go to ``composants/``. The results are committed: a site is built,
and tests run, without npm. The same packages give the same bytes: with ``--check`` nothing is
written, and the exit code is 1 when a committed file is not the script's. It is run by hand, on
Linux x86-64, when a version changes; it prints the sums to write in ``SUMS``.
Exit codes: 0, 1, 2 (npm or a package is missing).
"""

from __future__ import annotations

import gzip
import hashlib
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from npm import Package, ToolMissing, install, modules, pinned

ROOT = Path(__file__).resolve().parent.parent
MODULES = Path("theme/static/js/tiers")
LICENCES = Path("composants")
BUDGET = 45_000
"""Largest size of one module sent with gzip, in bytes."""

ESBUILD = pinned("@esbuild/linux-x64")
# The comments of licences are replaced by one at the top: `assets.script` knows it by its sign.
OPTIONS = ["--bundle", "--minify", "--format=esm", "--charset=utf8", "--target=es2022"]
OPTIONS += ["--legal-comments=none"]


@dataclass(frozen=True)
class Library:
    """One module to make: the first package gives its name, ``entry`` says what it exports."""

    packages: tuple[Package, ...]
    entry: str
    licence: str
    """Its SPDX expression."""
    home: str
    """Where its source is."""
    changes: tuple[tuple[str, str], ...] = ()
    """Texts of the module, each there once, and what takes their place."""

    @property
    def module(self) -> Path:
        """``<package>-<version>.js``, from the root of the project."""
        main = self.packages[0]
        return MODULES / f"{main.name}-{main.version}.js"

    @property
    def licences(self) -> Path:
        """The file of its licences, from the root of the project."""
        return LICENCES / f"tiers-{self.packages[0].name}.txt"


MARKDOWN = Library(
    (
        pinned("markdown-it"),
        pinned("entities"),
        pinned("linkify-it"),
        pinned("mdurl"),
        pinned("punycode.js"),
        pinned("uc.micro"),
        pinned("markdown-it-footnote"),
        pinned("markdown-it-deflist"),
        pinned("markdown-it-abbr"),
    ),
    "export {default} from 'markdown-it';"
    "export {default as notes} from 'markdown-it-footnote';"
    "export {default as definitions} from 'markdown-it-deflist';"
    "export {default as abreviations} from 'markdown-it-abbr';",
    "MIT AND BSD-2-Clause",
    "https://github.com/markdown-it/markdown-it",
)
TURNDOWN = Library(
    (pinned("turndown"),),
    "export {default} from 'turndown/lib/turndown.browser.es.js';",
    "MIT",
    "https://github.com/mixmark-io/turndown",
)
# What works without a worker: the policy of the pages refuses those that are made from a text.
FFLATE = Library(
    (pinned("fflate"),),
    "export {zipSync} from 'fflate';",
    "MIT",
    "https://github.com/101arrowz/fflate",
)
# What maps use of it, and no more: no picture of a pin, no control.
LEAFLET = Library(
    (pinned("leaflet"),),
    "import {Map} from 'leaflet/src/map/Map.js';"
    "import {DoubleClickZoom} from 'leaflet/src/map/handler/Map.DoubleClickZoom.js';"
    "import {Drag} from 'leaflet/src/map/handler/Map.Drag.js';"
    "import {Keyboard} from 'leaflet/src/map/handler/Map.Keyboard.js';"
    "import {ScrollWheelZoom} from 'leaflet/src/map/handler/Map.ScrollWheelZoom.js';"
    "import {TouchZoom} from 'leaflet/src/map/handler/Map.TouchZoom.js';"
    "import 'leaflet/src/layer/Popup.js';"
    # Its own would bring the drawing on a canvas, a tenth of the whole.
    "Map.include({getRenderer({options: {renderer}}) {"
    " if (!this.hasLayer(renderer)) this.addLayer(renderer); return renderer; }});"
    "export {Map};"
    "export {DivIcon} from 'leaflet/src/layer/marker/DivIcon.js';"
    "export {Marker} from 'leaflet/src/layer/marker/Marker.js';"
    "export {Polygon} from 'leaflet/src/layer/vector/Polygon.js';"
    "export {Polyline} from 'leaflet/src/layer/vector/Polyline.js';"
    "export {SVG} from 'leaflet/src/layer/vector/SVG.js';"
    "export {TileLayer} from 'leaflet/src/layer/tile/TileLayer.js';",
    "BSD-2-Clause",
    "https://github.com/Leaflet/Leaflet",
    # What a picture that is no longer wanted shows: the policy of the pages refuses ``data:``.
    (("data:image/gif;base64,R0lGODlhAQABAAD/ACwAAAAAAQABAAACADs=", ""),),
)
LIBRARIES = (MARKDOWN, TURNDOWN, FFLATE, LEAFLET)
SUMS = {
    "markdown-it-15.0.3.js": "fb6505fa35acf33737d7fea49f4ed830cc5140ecc77fd6e2dc16fcb314399c8c",
    "tiers-markdown-it.txt": "f542a1a58a33a839ae650957078fb7075635277e8011e4696953212fa7ad41a5",
    "turndown-7.2.5.js": "6b8a2984991c8737e6e0775014fd356e3bf78c5f7951eff5f36d79d920d24e8c",
    "tiers-turndown.txt": "7bd2706776687ce76779e96dfead5dc192b6af79577ecb1b3627885cdc52c658",
    "fflate-0.8.3.js": "daead1196066592b2204209493f9808d1f197f7d8b805a3827e8ec9fe4bcebd9",
    "tiers-fflate.txt": "2acf52cffbdbe2eee13faa7878de47b2e49111267f0bccc5d010b4772150df39",
    "leaflet-1.9.4.js": "0fb9455cff3e61e89dce51d32beee94b7061f23ef4ea588847ae4a794907a467",
    "tiers-leaflet.txt": "49acaea86fe829fc135733284f4ef6a6ecd4facbf3dd9d523ea9002b2272fe01",
}
"""SHA-256 of each committed file, by its name."""


def main(arguments: list[str]) -> int:
    """Write the files, or compare with ``--check``; 0 when all is as it should be."""
    try:
        wanted = {path: data for library in LIBRARIES for path, data in make(library).items()}
    except ToolMissing as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    stale = [path for path, data in wanted.items() if not same(path, data)]
    for path, data in wanted.items():
        print(f'    "{path.name}": "{digest(data)}",')
    if "--check" in arguments:
        for path in stale:
            print(f"{path}: not what the packages give.")
        return 1 if stale else 0
    for path, data in wanted.items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_bytes(data)
    return 0


def same(path: Path, data: bytes) -> bool:
    """Whether the committed file has exactly this content, and this sum in ``SUMS``."""
    file = ROOT / path
    unchanged = SUMS.get(path.name) == digest(data)
    return unchanged and file.is_file() and file.read_bytes() == data


def digest(data: bytes) -> str:
    """SHA-256 of ``data``, as hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def make(library: Library) -> dict[Path, bytes]:
    """The module of ``library`` and its licences (path from the root → content).

    Raises ``ToolMissing`` when a package cannot be had or esbuild does not run here, and
    ``SystemExit`` when the module is too heavy.
    """
    module = (head(library) + bundle(library)).encode()
    if len(gzip.compress(module, 9)) > BUDGET:
        raise SystemExit(f"{library.module}: over {BUDGET} bytes")
    texts = [
        f"{package.name} {package.version}\n\n{licence(install(package))}"
        for package in library.packages
    ]
    return {library.module: module, library.licences: "\n\n".join(texts).encode()}


def head(library: Library) -> str:
    """The comment that stays with the published module: whose it is, and where its source is."""
    names = ", ".join(f"{package.name} {package.version}" for package in library.packages)
    return f"/*! {names} | {library.licence} | {library.home} */\n"


def licence(folder: Path) -> str:
    """The text of the licence of a package, with plain newlines."""
    (file,) = folder.glob("LICENSE*")
    lines = file.read_text(encoding="utf-8").splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines).strip() + "\n"


def bundle(library: Library) -> str:
    """The module that exports what ``entry`` says, with all that it needs. Raises
    ``ToolMissing``, ``SystemExit`` when what it changes is not there once."""
    command = [str(install(ESBUILD) / "bin" / "esbuild"), *OPTIONS]
    try:
        done = subprocess.run(
            command, cwd=modules().parent, input=library.entry, capture_output=True, text=True
        )
    except OSError as error:
        raise ToolMissing(f"esbuild: {error} (Linux x86-64 is needed)") from None
    if done.returncode:
        raise ToolMissing(f"esbuild, {library.module.name}:\n{done.stderr.strip()}")
    module = done.stdout
    for old, new in library.changes:
        if module.count(old) != 1:
            raise SystemExit(f"{library.module}: {module.count(old)} times « {old} »")
        module = module.replace(old, new)
    return module


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
