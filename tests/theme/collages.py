"""What is dropped or pasted into the contribution form, read by its modules in a browser."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from navigateur import COMMUN, ORIGIN, answers, proxy
from playwright.sync_api import Browser, Page

__all__ = ["LIEUX", "Lire", "bytes_of", "outsiders", "reading"]

POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'"
MODULES = {
    "copie": "/theme/js/contribuer-copie.js",
    "rendu": "/theme/js/contribuer-rendu.js",
    "turndown": "/theme/js/tiers/turndown-7.2.5.js",
}
PAGE = (
    f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>Page'
    '</title><link rel="icon" href="/theme/icons/icone-192.png">'
    f"{COMMUN}<form data-modules='{json.dumps(MODULES)}'></form>"
)

Lire = Callable[..., dict[str, Any]]
"""``lire(bytes or text, name, choix=None)`` → what the form is given; ``choix`` takes one event."""

LIEUX = [
    ["la-coupole", "La Coupole, Centre d’essai", "centre de sciences, Wizernes (62)"],
    ["musee-de-l-exemple", "Musée de l’Exemple", "musée, Lille (59)"],
    ["ecomusee", "Écomusée imaginaire", "écomusée, Doullens (80)"],
]
REGION = [
    ["62570", "Wizernes|Helfaut"],
    ["62500", "Saint-Omer|Clairmarais"],
    ["80000 80080 80090", "Amiens"],
    ["59000 59160 59260", "Lille"],
    ["02000", "Laon"],
]

READ = """async ({ octets, texte, nom, schema, lieux, region, choix, tiers }) => {
  const fichiers = {
    schema: JSON.parse(schema), reperes: { lignes: lieux }, region: { lignes: region },
  };
  const outils = {
    genre: 'evenement', jour: '2021-09-27',
    charger: (quoi) => (tiers[quoi] ? import(`/theme/js/tiers/${tiers[quoi]}`)
      : import(`/theme/js/contribuer-${quoi}.js`).catch(() => null)),
    donnees: async (quoi) => fichiers[quoi],
  };
  const { lire } = await import('/theme/js/contribuer-coller.js');
  const source = octets === null ? texte
    : new File([Uint8Array.from(atob(octets), (un) => un.charCodeAt(0))], nom);
  const lu = await lire(source, outils);
  const dits = lu.choix?.map((un) => un.dit);
  const rang = choix === null ? -1 : dits.findIndex((un) => un.includes(choix));
  const pris = rang < 0 ? lu : await lu.choix[rang].lire();
  return { ...pris, choix: dits ?? null, piege: 'piege' in window, titre: document.title };
}"""


@contextmanager
def reading(browser: Browser, root: Path) -> Iterator[tuple[Lire, Page]]:
    """A function that reads a source as the form of an event does, and the page where it does so.

    An error that no one said fails the test.
    """
    with proxy(answers(root / "theme", {"page": PAGE})) as address:
        page = browser.new_page(proxy={"server": address})
        told: list[str] = []
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("console", lambda one: told.append(one.text) if one.type == "error" else None)
        page.goto(f"{ORIGIN}/page")
        yield _reader(page, root), page
        assert not told, told
        page.close()


def _reader(page: Page, root: Path) -> Lire:
    schemas = {
        path.name.partition(".")[0]: path.read_text(encoding="utf-8")
        for path in (root / "docs/schemas").iterdir()
    }
    files = sorted(path.name for path in (root / "theme/static/js/tiers").iterdir())
    tiers = {name.partition("-")[0].removesuffix(".js"): name for name in files}

    def lire(
        source: bytes | str, nom: str = "", choix: str | None = None, dossier: str = "events"
    ) -> dict[str, Any]:
        given = {"octets": None, "texte": None, "nom": nom, "lieux": LIEUX}
        given["schema"] = schemas[dossier]
        key, value = (
            ("texte", source)
            if isinstance(source, str)
            else ("octets", base64.b64encode(source).decode())
        )
        given |= {key: value, "region": REGION, "choix": choix, "tiers": tiers}
        found: dict[str, Any] = page.evaluate(READ, given)
        return found

    return lire


def bytes_of(root: Path, name: str) -> bytes:
    """A sample; calendars have the newlines of the wire."""
    data = (root / "tests/contribuer" / name).read_bytes()
    return data.replace(b"\n", b"\r\n") if name.endswith(".ics") else data


def outsiders(value: Any, schema: dict[str, Any], path: str = "") -> Iterator[str]:
    """What the schema does not know in a front matter, and scalars that are not text."""
    kind = schema.get("type")
    if kind == "object":
        if not isinstance(value, dict) or not value:
            yield f"{path}: not a group"
            return
        others = schema.get("additionalProperties")
        for key, one in value.items():
            inside = schema.get("properties", {}).get(key, others)
            if inside:
                yield from outsiders(one, inside, f"{path}.{key}")
            else:
                yield f"{path}.{key}: unknown"
    elif kind == "array":
        if not isinstance(value, list) or not value:
            yield f"{path}: not a list"
            return
        for rank, one in enumerate(value):
            yield from outsiders(one, schema["items"], f"{path}.{rank}")
    elif not isinstance(value, str) or not value.strip():
        yield f"{path}: {value!r}"
    elif "enum" in schema and value not in schema["enum"]:
        yield f"{path}: {value!r} is no term"
    elif len(value) > schema.get("maxLength", 10**9):
        yield f"{path}: too long"
