"""Make the libraries of others that the contribution form loads, once.

Usage: ``tiers.py [--check]``. Each becomes one ECMAScript module of ``theme/static/js/tiers/`` with
its version in its name, from its pinned npm package and those that it needs, joined and minified by
a pinned esbuild; its licences go to ``LICENSES/``. The results are committed: a site is built, and
tests run, without npm. The same packages give the same bytes: with ``--check`` nothing is written,
and the exit code is 1 when a committed file is not the script's. It is run by hand, on Linux
x86-64, when a version changes; it prints the sums to write in ``SUMS``.
Exit codes: 0, 1, 2 (npm or a package is missing).
"""

from __future__ import annotations

import gzip
import hashlib
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from npm import Package, ToolMissing, install

ROOT = Path(__file__).resolve().parent.parent
MODULES = Path("theme/static/js/tiers")
LICENCES = Path("LICENSES")
BUDGET = 45_000
"""Largest size of one module sent with gzip, in bytes."""

ESBUILD = Package(
    "@esbuild/linux-x64",
    "0.28.2",
    "4xTZr1FUmSoQW4XIWmit3tzQrUTZM+N3P0XV8xROKYF50XfI7xeO90+1bZvNwxIufQ9hDQVRJH5YhgPVF8A/HQ==",
)
# The comments of licences are replaced by one at the top: `assets.script` knows it by its sign.
OPTIONS = ["--bundle", "--minify", "--format=esm", "--charset=utf8", "--target=es2022"]
OPTIONS += ["--legal-comments=none", "--preserve-symlinks"]


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
        Package(
            "markdown-it",
            "15.0.3",
            "+Az7Ojz3iRGu8KYMvJ6xVhvrxP3eE+vEtJX75Ow88XBpcQNV/0lGX5ZynIIBftREo4DC2jsveAMDaeltmm8QvQ==",
        ),
        Package(
            "entities",
            "8.1.0",
            "kxL7msIffSuh9aaFAMD7rxAIuTRMAHMeBtgHW2yUdWw732ZNh4MehkF2gdjvtdmikkaIP9bFDDJOPlsvm7avrA==",
        ),
        Package(
            "linkify-it",
            "6.1.0",
            "wJ/TwpSDTLepCrQoYWYIExIKg5Zchex2Nn5yk2mFnB+6PtdkHtyLx742md9csRjjOnGkKIS/RrbY7l8D6gT9Vw==",
        ),
        Package(
            "mdurl",
            "2.1.0",
            "1+HBaOx0zi/dQWht8rNv9MYf9qqpqL/kxI0hXImU6Y547zM6Sni8BQibt7ifgMcYtQg41ao3Ivd6cnSM86inpg==",
        ),
        Package(
            "punycode.js",
            "2.3.1",
            "uxFIHU0YlHYhDQtV4R9J6a52SLx28BCjT+4ieh7IGbgwVJWO+km431c4yRlREUAsAmt/uMjQUyQHNEPf0M39CA==",
        ),
        Package(
            "uc.micro",
            "3.0.0",
            "U3PppEkleoTnIfi8BozMx3yju3qc/L6SwqWo2Sw+54PX+PX0q9I+r1Um5HCmqD7n9VDX5/v3vQH/AjA6deDdtw==",
        ),
        Package(
            "markdown-it-footnote",
            "4.0.0",
            "WYJ7urf+khJYl3DqofQpYfEYkZKbmXmwxQV8c8mO/hGIhgZ1wOe7R4HLFNwqx7TjILbnC98fuyeSsin19JdFcQ==",
        ),
        Package(
            "markdown-it-deflist",
            "4.0.0",
            "06186ZWDwNLg638THD70MxBeFrDMF0+nL7IWU/qwCGHGOcUIm4MTYXbfjpv0ooWnVjkSnAjW8msKaOQmNRfY6Q==",
        ),
        Package(
            "markdown-it-abbr",
            "2.0.0",
            "of7C8pXSjXjDojW4neNP+jD7inUYH/DO0Ca+K/4FUEccg0oHAEX/nfscw0jfz66PJbYWOAT9U8mjO21X5p6aAw==",
        ),
    ),
    "export {default} from 'markdown-it';"
    "export {default as notes} from 'markdown-it-footnote';"
    "export {default as definitions} from 'markdown-it-deflist';"
    "export {default as abreviations} from 'markdown-it-abbr';",
    "MIT AND BSD-2-Clause",
    "https://github.com/markdown-it/markdown-it",
)
TURNDOWN = Library(
    (
        Package(
            "turndown",
            "7.2.5",
            "EKZvCCFHh8sWttpAMs10U6niZFJ2cpz8LkCPlylxoG4JcHF50J7EHnnBW3AY1qXtUMu7kDjCp7dnggB1sIbqEQ==",
        ),
    ),
    "export {default} from 'turndown/lib/turndown.browser.es.js';",
    "MIT",
    "https://github.com/mixmark-io/turndown",
)
# What works without a worker: the policy of the pages refuses those that are made from a text.
FFLATE = Library(
    (
        Package(
            "fflate",
            "0.8.3",
            "tbZNuJrLwGUp3zshBtdy4W+ORxZuIh8a5ilyIEQDC5rY1f3U20JMry0Ll3WBzU58EZKsEuJFXhb5gwv8CsPvgA==",
        ),
    ),
    "export {zipSync} from 'fflate';",
    "MIT",
    "https://github.com/101arrowz/fflate",
)
# What maps use of it, and no more: no picture of a pin, no control.
LEAFLET = Library(
    (
        Package(
            "leaflet",
            "1.9.4",
            "nxS1ynzJOmOlHp+iL3FyWqK89GtNL8U8rvlMOsQdTTssxZwCXh8N2NB3GDQOL+YR3XnWyZAxwQixURb+FA74PA==",
        ),
    ),
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
        wanted = {path: data for one in LIBRARIES for path, data in make(one).items()}
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
    known = SUMS.get(path.name) == digest(data)
    return known and file.is_file() and file.read_bytes() == data


def digest(data: bytes) -> str:
    """SHA-256 of ``data``, as hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def make(library: Library) -> dict[Path, bytes]:
    """The module of ``library`` and its licences (path from the root → content).

    Raises ``ToolMissing`` when a package cannot be had or esbuild does not run here, and
    ``SystemExit`` when the module is too heavy.
    """
    folders = {package: install(package) for package in library.packages}
    module = (head(library) + bundle(library, folders)).encode()
    if len(gzip.compress(module, 9)) > BUDGET:
        raise SystemExit(f"{library.module}: over {BUDGET} bytes")
    texts = [
        f"{package.name} {package.version}\n\n{licence(folder)}"
        for package, folder in folders.items()
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


def bundle(library: Library, folders: dict[Package, Path]) -> str:
    """The module that exports what ``entry`` says, with all that it needs. Raises
    ``ToolMissing``, ``SystemExit`` when what it changes is not there once."""
    program = install(ESBUILD) / "bin" / "esbuild"
    program.chmod(0o755)
    with tempfile.TemporaryDirectory() as scratch:
        for package, folder in folders.items():
            link = Path(scratch, "node_modules", package.name)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(folder)
        command = [str(program), *OPTIONS]
        try:
            done = subprocess.run(
                command, cwd=scratch, input=library.entry, capture_output=True, text=True
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
