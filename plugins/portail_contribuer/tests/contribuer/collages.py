"""What is dropped or pasted into the contribution form, read by its modules in a browser."""

import base64
import json
from collections.abc import Callable
from contextlib import contextmanager
from functools import cache
from typing import NamedTuple

from navigateur import COMMUN, ORIGIN, answers, proxy

from portail.features.services.schemas.kind_schema import kind_schema
from portail.model.kinds import Kind
from portail.resources import rows
from tables import lists

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

OUTILS = """(schema) => {
  const { lieux, region, correspondances } = window.tenu;
  const reperes = { lignes: lieux };
  const fichiers = {
    correspondances, schema: JSON.parse(schema), reperes, region: { lignes: region },
  };
  return {
    genre: 'evenement', jour: '2021-09-27',
    charger: (quoi) => import(`/theme/js/contribuer-${quoi}.js`),
    donnees: async (quoi) => fichiers[quoi],
  };
}"""
# What is composed is not read: the test gives it.
COMPOSE = (
    """async (fiches) => {
  const outils = ("""
    + OUTILS
    + """)(window.tenu.schema), vues = [];
  const { lire } = await import('/theme/js/contribuer-coller.js');
  for (const une of fiches) {
    const lue = { lire: () => ({ laisse: [], ...une }) };
    const charger = async (quoi) => (quoi === 'communique' ? lue : outils.charger(quoi));
    vues.push(await lire('Une annonce.', { ...outils, charger }));
  }
  return vues;
}"""
)
READ = (
    """async ({ octets, texte, nom, dossier, fois }) => {
  const outils = ("""
    + OUTILS
    + """)(window.tenu.schemas[dossier]);
  const { lire } = await import('/theme/js/contribuer-coller.js');
  const source = octets === null ? texte
    : new File(Array(fois).fill(Uint8Array.from(atob(octets), (un) => un.charCodeAt(0))), nom);
  return { ...await lire(source, outils), piege: 'piege' in window, titre: document.title };
}"""
)


@contextmanager
def reading(browser, root):
    """A function that reads a source as the form of an event does, and the page where it does so.

    ``lire(bytes or text, name)`` → what the form is given; ``fois`` repeats bytes in the page. An
    error that no one said fails the test.
    """
    table = json.dumps(rows("correspondances"))
    with proxy(answers(root / "theme", {"page": PAGE, "correspondances": table})) as address:
        page = browser.new_page(proxy={"server": address})
        told = []
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("console", lambda one: told.append(one.text) if one.type == "error" else None)
        page.goto(f"{ORIGIN}/page")
        yield _reader(page, root), page
        assert not told, told
        page.close()


class Composing(NamedTuple):
    """What modules compose in a browser of things found; whether expressions are valid there."""

    compose: Callable
    valid: Callable


@cache
def schema_of(folder):
    """The JSON Schema of the contents of a folder, as the form reads it."""
    return json.loads(json.dumps(kind_schema(Kind(folder), lists())))


def fiches_of(page, root, region):
    """The same page as one where things found are composed, in a larger region."""
    _hold(page, region, schema=json.dumps(schema_of("events")))
    valid = "(sources) => sources.map((une) => Boolean(new RegExp(une, 'giu')))"
    return Composing(
        lambda fiches: list(page.evaluate(COMPOSE, fiches)),
        lambda sources: list(page.evaluate(valid, sources)),
    )


def region_rows(geography):
    """The communes of a region, as the form reads them."""
    towns = geography.communes_of(geography.home)
    return [[" ".join(one.codes_postaux), one.nom, one.departement] for one in towns]


def _hold(page, region, **schemas):
    """Give the page what each reading is given."""
    held = {"lieux": LIEUX, "region": region, "correspondances": rows("correspondances")}
    page.evaluate("(tenu) => { window.tenu = tenu; }", held | schemas)


def _reader(page, root):
    schemas = {kind.value: json.dumps(schema_of(kind.value)) for kind in Kind}
    _hold(page, REGION, schemas=schemas)

    def lire(
        source,
        nom="",
        dossier="events",
        fois=1,
    ):
        given = {"octets": None, "texte": None, "nom": nom, "fois": fois}
        given["dossier"] = dossier
        key, value = (
            ("texte", source)
            if isinstance(source, str)
            else ("octets", base64.b64encode(source).decode())
        )
        return page.evaluate(READ, given | {key: value})

    return lire


def bytes_of(root, name):
    """A sample; calendars have the newlines of the wire."""
    data = (root / "tests/samples" / name).read_bytes()
    return data.replace(b"\n", b"\r\n") if name.endswith(".ics") else data


def outsiders(value, schema, path=""):
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
