"""Read ``_headers`` and ``_redirects`` of a built site as hosts read them.

``python outils/hebergeurs.py output``: Netlify's own readers (npm, pinned) take every rule without
an error, as an independent reader does; the limits that Cloudflare Pages and GitLab Pages publish
hold. Exit codes: 0, 1 something found, 2 Node or a package is missing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from npm import Package, ToolMissing, install
from portail.outputs.headers import HEADERS
from portail.site.urls import REDIRECTS

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from hosts import parse_headers

PACKAGES = (
    Package(
        "@iarna/toml",
        "2.2.5",
        "trnsAYxU3xnS1gPHPyU961coFyLkh4gAD/0zQ5mymY4yOZ+CYvsPqUbOFSw0aDM4y0tV7tiFxL/1XfXPNC6IPg==",
    ),
    Package(
        "@netlify/headers-parser",
        "9.0.3",
        "KNzC9RaKDwJVS44iTK6JxNA6LeXH0PUw0pLktWpmMVI/0FR98bvxaHcAisjHqbThAjxL9QjL1UZh0KzHCkxpNQ==",
    ),
    Package(
        "@netlify/redirect-parser",
        "15.0.4",
        "UYHRCO4HZI6WMpf8RheaCWnGafeJeFTsp/5yK887fyGqohDmFbc26NuFUvRl7J6sNu+di/1lLmRXP+yJ1X9TDA==",
    ),
    Package(
        "escape-string-regexp",
        "5.0.0",
        "/veY75JbMK4j1yjvuUxuVsiS/hr/4iHs9FTT6cgTexxdE0Ly/glccBAkloH/DofkjRbZU3bnoj38mOmhkZ0lHw==",
    ),
    Package(
        "fast-safe-stringify",
        "2.1.1",
        "W+KJc2dmILlPplD/H4K9l9LcAHAfPtP6BY84uVLXQ6Evcz9Lcg33Y2z1IVblT6xdY54PXYVHEv+0Wpq8Io6zkA==",
    ),
    Package(
        "is-plain-obj",
        "4.1.0",
        "+Pgi+vMuUNkJyExiMBt5IlFoMyKnr5zhJ4Uspz58WOhBF5QoIZkFyNHIbBAtHwzVAgk5RtndVNsDRN61/mmDqg==",
    ),
    Package(
        "map-obj",
        "5.0.2",
        "K6K2NgKnTXimT3779/4KxSvobxOtMmx1LBZ3NwRxT/MDIR3Br/fQ4Q+WCX5QxjyUR8zg5+RV9Tbf2c5pAWTD2A==",
    ),
    Package(
        "path-exists",
        "5.0.0",
        "RjhtfwJOxzcFmNOi6ltcbcu4Iu+FL3zEj83dk4kAS+fVpTxXLO1b38RvJgT/0QwvV/L3aY9TAnyv0EOqW4GoMQ==",
    ),
)
LINE, RULES, MOVED_CLOUDFLARE = 2000, 100, 2000
"""Signs of a line and rules of ``_headers``; lines of ``_redirects``
(https://developers.cloudflare.com/pages/configuration/headers/)."""
_READ = """\
import { parseAllHeaders } from '@netlify/headers-parser';
import { parseAllRedirects } from '@netlify/redirect-parser';
const [folder] = process.argv.slice(2);
const { headers, errors } = await parseAllHeaders({
  headersFiles: [`${folder}/_headers`], configHeaders: [], minimal: true });
const moved = await parseAllRedirects({
  redirectsFiles: [`${folder}/_redirects`], configRedirects: [], minimal: true });
console.log(JSON.stringify({ headers, redirects: moved.redirects,
  errors: [...errors, ...moved.errors].map(String) }));
"""


def netlify(output: Path) -> dict[str, list[dict[str, object]]]:
    """What Netlify's readers make of both files. Raises ``ToolMissing``."""
    folders = {package: install(package) for package in PACKAGES}
    with tempfile.TemporaryDirectory() as scratch:
        for package, folder in folders.items():
            link = Path(scratch, "node_modules", package.name)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(folder)
        script = Path(scratch, "lire.mjs")
        script.write_text(_READ, encoding="utf-8")
        # Links are kept as they are: each package finds the others beside itself.
        command = ["node", "--preserve-symlinks", str(script), str(output)]
        try:
            done = subprocess.run(command, capture_output=True, text=True)
        except OSError as error:
            raise ToolMissing(f"node: {error}") from None
    if done.returncode:
        raise ToolMissing(f"Netlify's readers do not run:\n{done.stderr}")
    read: dict[str, list[dict[str, object]]] = json.loads(done.stdout)
    return read


def check(output: Path) -> list[str]:
    """What is wrong, in words. Raises ``ToolMissing``."""
    headers, redirects = ((output / name).read_text("utf-8") for name in (HEADERS, REDIRECTS))
    rules, lines = parse_headers(headers), redirects.splitlines()
    read = netlify(output)
    found = [str(error) for error in read["errors"]]
    if {str(one["for"]): one["values"] for one in read["headers"]} != rules:
        found.append(f"{HEADERS}: Netlify reads {len(read['headers'])} rules of {len(rules)}")
    moved = [f"{one['from']} {one['to']} {one['status']}" for one in read["redirects"]]
    if moved != lines:
        found.append(f"{REDIRECTS}: Netlify reads {len(moved)} lines of {len(lines)}")
    if len(rules) > RULES or max(map(len, headers.splitlines())) > LINE:
        found.append(f"{HEADERS}: {len(rules)} rules, Cloudflare reads {RULES} of {LINE} signs")
    if len(lines) > MOVED_CLOUDFLARE:
        found.append(f"{REDIRECTS}: {len(lines)} lines, Cloudflare reads {MOVED_CLOUDFLARE}")
    print(f"Netlify: {len(rules)} rules, {len(lines)} addresses that moved: {len(found)} findings")
    return found


def main() -> int:
    """Print what is wrong, return the exit code."""
    try:
        found = check(Path(sys.argv[1]).resolve())
    except ToolMissing as error:
        print(f"portail: {error}", file=sys.stderr)
        return 2
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
