"""The forms as the theme draws them, alive, on a phone: what they read is what a build writes."""

import json
from functools import cache
from zlib import compress

from contributions import listened, verify, write
from navigateur import HELD, ORIGIN, Answer

from portail.features.services.schemas.kind_schema import kind_schema
from portail.model.kinds import Kind
from portail.resources import rows
from portail_contribuer.contribuer.addresses import form_of
from portail_contribuer.contribuer.body_rules import form_rules
from tables import lists
from tabs import until

ACCORD = "[data-hors=accord] input"
LIEUX = [["la-coupole", "La Coupole", "Wizernes (62)"]]


def formulaire(tab, kind=Kind.EVENT, query="", files=None):
    """The form of ``kind`` in ``tab``, ready; ``files`` are published contents by slug."""

    def told(path):
        name = path.removesuffix(".json").rpartition("/")[2]
        if path == "/contribuer/corps.json":
            return form_rules()
        if path == "/contribuer/correspondances.json":
            return rows("correspondances")
        if name == "schema":
            return kind_schema(kind, lists())
        if path.startswith("/contribuer/reperes/"):
            return {"version": 1, "lignes": LIEUX if name == "lieux" else []}
        return None

    @cache
    def answer(path):
        if path.startswith("/contribuer/fichiers/") and path.endswith(".deflate"):
            return Answer(200, "application/octet-stream", compress(json.dumps(files).encode()))
        if not (path.startswith("/contribuer/") and path.endswith(".json")):
            return None
        found = told(path)
        return Answer(200, "application/json", json.dumps(found).encode()) if found else None

    HELD.append(answer)
    listened(tab)
    tab.goto(f"{ORIGIN}{form_of(kind)}{query}")
    tab.locator("form.prete").wait_for()
    return tab


def deplier(page, part):
    """Opens a part that is folded as the form opens."""
    page.locator(f"#Bloc-{part} > .partie > summary").click()


def remplir(page, **values):
    """Writes what a valid event needs, and ``values`` by the ids of their controls."""
    if "corps" in values:
        deplier(page, "texte")
    known = {"titre": "Un atelier", "resume": "Deux phrases pour donner envie.",
             "seances-0-debut": "2021-10-23", "lieu": "La Coupole"}  # fmt: skip
    known |= {name.replace("_", "-"): text for name, text in values.items()}
    write(page, known, "[name=format][value=atelier]", ACCORD)


def verifier(page):
    """Asks for the check: the proposal that it lets out, or nothing."""
    page.evaluate("window.pret = null")
    verify(page)
    found = json.loads(page.evaluate("JSON.stringify(window.pret)"))
    assert found or page.locator("#Sommaire").is_visible(), page.evaluate("said")
    return found and dict(found)


def planned(page, *states, first=0):
    """Waits for what the plan says of parts, from the ``first`` on: it follows what is written."""
    told = f"[...document.querySelectorAll('#Plan .e span')].slice({first}, {first + len(states)})"
    said = f"{told}.map((one) => one.textContent.trim().replace(/\\s/g, ' ')).join()"
    until(page, f"{said} === {json.dumps(','.join(states))}")
