"""What readers of mail do with the HTML of the letter: Can I email, a pinned library.

What a client of each family leaves out is counted: the mail reads without it, but their number may
only go down.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from npm import ToolMissing, install, node, pinned

CANIEMAIL = pinned("caniemail")
WITNESS = Path(__file__).resolve().parents[1] / "tests/theme/temoins/courriel-1.html"
MOST: Mapping[str, int] = {"apple-mail": 1, "gmail": 4, "orange": 6, "outlook": 6}
"""Features that some client of each family leaves out: lower them when the mail does better."""
ASK = """
import { caniemail } from CANIEMAIL;
import { readFileSync } from 'node:fs';
const found = {};
for (const html of JSON.parse(readFileSync(0, 'utf8'))) {
  const clients = FAMILIES.map((family) => `${family}.*`);
  for (const [client, issues] of caniemail({ clients, html }).issues.errors) {
    const family = found[client.split('.')[0]] ??= {};
    for (const { title } of issues) (family[title] ??= []).push(client);
  }
}
console.log(JSON.stringify(found));
"""
_MADE_WRONG = "<!DOCTYPE html><video></video><p style='display:grid'>x</p>"

LeftOut = Mapping[str, Mapping[str, list[str]]]
"""Family → feature → clients that leave it out."""


def check_mails(mails: Iterable[Path]) -> tuple[list[str], list[str]]:
    """(findings, lines of a table) for these mails and the witness. Raises ``ToolMissing``."""
    if not left_out([_MADE_WRONG]):
        raise ToolMissing("caniemail finds nothing in a mail made wrong on purpose.")
    shown = left_out([path.read_text(encoding="utf-8") for path in (WITNESS, *mails)])
    return judged(shown)


def judged(shown: LeftOut) -> tuple[list[str], list[str]]:
    """(findings, lines of a table) for what families leave out."""
    table = {
        family: f"{family}: {len(names)} left out, at most {MOST[family]}: "
        + "; ".join(f"{name} ({', '.join(sorted({*names[name]}))})" for name in sorted(names))
        for family, names in shown.items()
    }
    findings = [
        f"courriel.html — {line}"
        for family, line in table.items()
        if len(shown[family]) > MOST[family]
    ]
    return findings, [*table.values()]


def left_out(pages: list[str]) -> LeftOut:
    """What families leave out of some mails. Raises ``ToolMissing``."""
    entry = (install(CANIEMAIL) / "dist" / "index.js").as_uri()
    script = ASK.replace("CANIEMAIL", json.dumps(entry)).replace("FAMILIES", json.dumps([*MOST]))
    shown: LeftOut = node(script, pages, "--input-type=module")
    return shown
