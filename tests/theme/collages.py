"""What is dropped or pasted into the contribution form, read by its modules in a browser."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from navigateur import COMMUN, ORIGIN, answers, proxy
from playwright.sync_api import Browser, Page

from portail.model.kinds import Kind
from portail.model.vocabulary import Vocabularies
from portail.resources import data_dir, rows
from portail.schemas.kind_schema import kind_schema

__all__ = [
    "LIEUX",
    "Composing",
    "Lire",
    "bytes_of",
    "fiches_of",
    "outsiders",
    "reading",
    "schema_of",
]

POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'"
MODULES = {
    "copie": "/theme/js/contribuer-copie.js",
    "rendu": "/theme/js/contribuer-rendu.js",
    "turndown": "/theme/js/tiers/turndown-7.2.5.js",
}
PAGE = (
    f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>Page'
    '</title><link rel="icon" href="/theme/icons/icone-192.png">'
    f"{COMMUN}<form data-modules='{json.dumps(MODULES)}'"
    """ data-adresses='{"correspondances": "/correspondances"}'></form>"""
)

Lire = Callable[..., dict[str, Any]]
"""``lire(bytes or text, name, choix=None)`` → what the form is given; ``choix`` takes one event,
``fois`` repeats bytes in the page."""

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

COMPOSE = """async ({ fiches, octets, nom }) => {
  const { schema, lieux, region, tiers, correspondances } = window.tenu;
  const fichiers = {
    correspondances, schema: JSON.parse(schema),
    reperes: { lignes: lieux }, region: { lignes: region },
  };
  const vues = [];
  let posees = fiches;
  const charger = async (quoi) => {
    const module = await (tiers[quoi] ? import(`/theme/js/tiers/${tiers[quoi]}`)
      : import(`/theme/js/contribuer-${quoi}.js`).catch(() => null));
    // What is composed is noted as it was found, or is what the test gives.
    if (quoi === 'communique' && posees) {
      const trouvees = posees.map((une) => ({ titre: 't', faire: () => une }));
      return { lire: () => ({ trouvees }) };
    }
    return quoi !== 'fiche' ? module : { ...module, composer: async (fiche, boite) => {
      const trouvee = structuredClone(fiche);
      vues.push([trouvee, await module.composer(fiche, boite)]);
      return vues.at(-1)[1];
    } };
  };
  const outils = { genre: 'evenement', jour: '2021-09-27', charger,
    donnees: async (quoi) => fichiers[quoi] };
  const { lire } = await import('/theme/js/contribuer-coller.js');
  const lus = async (source) => {
    const lu = await lire(source, outils);
    for (const une of lu.choix ?? []) await une.lire();
  };
  if (octets !== null) {
    await lus(new File([Uint8Array.from(atob(octets), (un) => un.charCodeAt(0))], nom));
  } else {
    for (const une of fiches) {
      posees = [une];
      await lus('Une annonce.');
    }
  }
  return vues;
}"""

READ = """async ({ octets, texte, nom, dossier, choix, fois }) => {
  const { schemas, lieux, region, tiers, correspondances } = window.tenu;
  const fichiers = {
    correspondances, schema: JSON.parse(schemas[dossier]),
    reperes: { lignes: lieux }, region: { lignes: region },
  };
  const outils = {
    genre: 'evenement', jour: '2021-09-27',
    charger: (quoi) => (tiers[quoi] ? import(`/theme/js/tiers/${tiers[quoi]}`)
      : import(`/theme/js/contribuer-${quoi}.js`).catch(() => null)),
    donnees: async (quoi) => fichiers[quoi],
  };
  const { lire } = await import('/theme/js/contribuer-coller.js');
  const source = octets === null ? texte
    : new File(Array(fois).fill(Uint8Array.from(atob(octets), (un) => un.charCodeAt(0))), nom);
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
    table = json.dumps(rows("correspondances"))
    with proxy(answers(root / "theme", {"page": PAGE, "correspondances": table})) as address:
        page = browser.new_page(proxy={"server": address})
        told: list[str] = []
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("console", lambda one: told.append(one.text) if one.type == "error" else None)
        page.goto(f"{ORIGIN}/page")
        yield _reader(page, root), page
        assert not told, told
        page.close()


class Composing(NamedTuple):
    """What modules compose of events in a browser: of a source (pairs of what was found and what
    it came to), of things found; whether expressions are valid there."""

    read: Callable[[bytes, str], list[Any]]
    compose: Callable[[list[dict[str, Any]]], list[Any]]
    valid: Callable[[list[str]], list[bool]]
    moments: Callable[[list[tuple[str, str]]], list[Any]]
    """Of pairs of texts in ISO 8601, what each is on the clocks of Paris, and both together."""


@cache
def schema_of(folder: str) -> Any:
    """The JSON Schema of the contents of a folder, as the form reads it."""
    return json.loads(json.dumps(kind_schema(Kind(folder), Vocabularies.load(data_dir()))))


def fiches_of(page: Page, root: Path, region: list[list[str]]) -> Composing:
    """The same page as one where things found are composed, in a larger region."""
    schema = json.dumps(schema_of("events"))
    given: dict[str, Any] = {"fiches": None, "octets": None, "nom": ""}
    _hold(page, root, region, schema=schema)

    @cache
    def read(source: bytes, nom: str) -> list[Any]:
        data = base64.b64encode(source).decode()
        return list(page.evaluate(COMPOSE, {**given, "octets": data, "nom": nom}))

    def compose(fiches: list[dict[str, Any]]) -> list[Any]:
        return [made for _, made in page.evaluate(COMPOSE, {**given, "fiches": fiches})]

    valid = "(sources) => sources.map((une) => Boolean(new RegExp(une, 'giu')))"
    clocks = """async (paires) => {
      const { temps } = await import('/theme/js/contribuer-horloge.js');
      const lues = paires.map((deux) => deux.map((un) => temps.deIso(un)));
      return lues.map(([un, autre]) => [un, autre, temps.entre(un, autre)]);
    }"""
    return Composing(
        read,
        compose,
        lambda sources: list(page.evaluate(valid, sources)),
        lambda pairs: list(page.evaluate(clocks, pairs)),
    )


def _hold(page: Page, root: Path, region: list[list[str]], **schemas: Any) -> None:
    """Give the page what each reading is given."""
    held = {"lieux": LIEUX, "region": region, "correspondances": rows("correspondances")}
    page.evaluate("(tenu) => { window.tenu = tenu; }", held | schemas | {"tiers": _tiers(root)})


def _tiers(root: Path) -> dict[str, str]:
    files = sorted(path.name for path in (root / "theme/static/js/tiers").iterdir())
    return {name.partition("-")[0].removesuffix(".js"): name for name in files}


def _reader(page: Page, root: Path) -> Lire:
    schemas = {kind.value: json.dumps(schema_of(kind.value)) for kind in Kind}
    _hold(page, root, REGION, schemas=schemas)

    def lire(
        source: bytes | str,
        nom: str = "",
        choix: str | None = None,
        dossier: str = "events",
        fois: int = 1,
    ) -> dict[str, Any]:
        given: dict[str, Any] = {"octets": None, "texte": None, "nom": nom, "fois": fois}
        given |= {"dossier": dossier, "choix": choix}
        key, value = (
            ("texte", source)
            if isinstance(source, str)
            else ("octets", base64.b64encode(source).decode())
        )
        found: dict[str, Any] = page.evaluate(READ, given | {key: value})
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
