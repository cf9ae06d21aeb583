"""Flaws that are known in what Portail is made of, asked of OSV (osv.dev) by the list of parts.

``make failles``: each package of ``composants/composants.cdx.json``, of PyPI as of npm, in one
request that names nothing but them. A flaw that does not touch us is a row of ``ACCEPTED``, with
its reason, until the part has another version.
Exit codes: 0 none; 1, some, named; 2, OSV does not answer.
"""

from __future__ import annotations

import json
import sys
import urllib.request
from collections.abc import Iterator

from sbom import TARGET

ADDRESS = "https://api.osv.dev/v1/querybatch"
SECONDS = 60
ACCEPTED = {
    # CVE-2026-4539: an expression of the lexer of ADL is slow on a hostile text. Mended in 2.20.0,
    # which Pelican 4.12 does not allow (`pygments<2.20`).
    ("pkg:pypi/pygments@2.19.2", "GHSA-5239-wwwm-4pmq"): "no text of a portal reaches a lexer",
}
"""Part and identifier of a flaw → why it does not touch us."""


def main(address: str = ADDRESS) -> int:
    """Print a line for each flaw of each part."""
    parts = json.loads(TARGET.read_bytes())["components"]
    purls = sorted(part["purl"] for part in parts if "purl" in part)
    try:
        advisories = [*flaws(purls, address)]
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.stderr.write(f"{address} does not answer: {error}\n")
        return 2
    for purl, name in advisories:
        print(f"{purl}: https://osv.dev/vulnerability/{name}")
    print(f"{len(purls)} packages, {len(advisories)} flaws.")
    return 1 if advisories else 0


def flaws(purls: list[str], address: str) -> Iterator[tuple[str, str]]:
    """Pairs (package, identifier) that are not accepted. Raises ``OSError``, ``ValueError`` when
    what is answered is not an answer for each package."""
    query = {"queries": [{"package": {"purl": purl}} for purl in purls]}
    request = urllib.request.Request(  # noqa: S310 - the address is ours
        address, json.dumps(query).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
        reply = json.load(answer)
    for purl, result in zip(purls, reply["results"], strict=True):
        for flaw in result.get("vulns", ()):
            if (purl, flaw["id"]) not in ACCEPTED:
                yield purl, str(flaw["id"])


if __name__ == "__main__":
    raise SystemExit(main())
