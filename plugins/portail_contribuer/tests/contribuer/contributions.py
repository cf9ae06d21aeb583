"""A tab that holds the hand-made form, with stand-ins for the modules of other parts."""

import json
from pathlib import Path
from weakref import WeakSet

import yaml
from navigateur import HELD, ORIGIN, Answer
from playwright.sync_api import Page

from portail.features.services.schemas.kind_schema import sentences
from tabs import until

ADDRESS = f"{ORIGIN}/formulaire/"
FAUX = Path(__file__).with_name("faux")
"""The form, what it reads (by address below ``/d/``) and modules of other parts."""
MODULES = {path.stem: path.read_text("utf-8") for path in sorted(FAUX.glob("*.js"))}


_LISTENED = WeakSet[Page]()


def listened(tab):
    """Each page of ``tab`` keeps its errors (``said``) and the proposal it lets out (``pret``)."""
    if tab in _LISTENED:
        return
    _LISTENED.add(tab)
    tab.add_init_script("""window.said = [];
        addEventListener('error', ({message}) => said.push(message));
        addEventListener('unhandledrejection', ({reason}) => said.push(String(reason)));
        addEventListener('securitypolicyviolation', (e) => said.push(e.violatedDirective));
        addEventListener('pret', ({detail}) => { window.pret = detail; }, true);
    """)


def opened_form(tab, query="", **changes):
    """The form in ``tab``, ready; ``changes`` replace modules (empty: not there)."""
    modules = MODULES | changes
    form = (FAUX / "formulaire.html").read_text("utf-8")
    for name in changes:
        if not modules[name]:
            form = form.replace(f', "{name}": "/faux/{name}.js"', "")
    files = yaml.safe_load((FAUX / "donnees.yml").read_text("utf-8"))
    files["schema.json"] |= sentences()

    def answer(path):
        if path == "/formulaire/":
            return Answer(200, "text/html; charset=utf-8", form.encode())
        if path.startswith("/faux/"):
            return Answer(200, "text/javascript; charset=utf-8", modules[path[6:-3]].encode())
        if path.startswith("/d/") and path[3:] in files:
            return Answer(200, "application/json", json.dumps(files[path[3:]]).encode())
        return None

    HELD.append(answer)
    listened(tab)
    tab.goto(ADDRESS + query)
    tab.locator("form.prete").wait_for()
    return tab


_VERIFY = """(form) => {
  const button = form.querySelector('[type=submit]');
  if (button.checkVisibility()) button.focus();
  else document.activeElement.blur(); // all is ready: the button comes back with the next change
  form.requestSubmit();
}"""
_VERIFIED = "document.querySelector('#Sommaire:focus, section:has(#Pret) :is(h2, h3):focus')"


def verify(page):
    """Asks for the check, and waits for what it says: it takes the focus, that the button has till
    then. What the check before said may still be in sight, and is not waited for."""
    page.locator("#Formulaire").evaluate(_VERIFY)
    until(page, _VERIFIED)


def told(page):
    """The front matter and the body that the last check let out."""
    until(page, "window.propose")
    return json.loads(page.evaluate("propose.texte"))


_WRITE = """([texts, boxes]) => {
  const held = (where) => {
    const one = document.querySelector(where);
    if (!one?.checkVisibility()) throw new Error(`not in sight: ${where}`);
    one.focus();
    return one;
  };
  for (const [id, text] of Object.entries(texts)) {
    const one = held(`#C-${id}`);
    one.value = text;
    for (const sort of ['input', 'change']) one.dispatchEvent(new Event(sort, { bubbles: true }));
  }
  for (const one of boxes.map(held)) if (!one.checked) one.click();
}"""


def write(page, texts, *boxes):
    """Writes texts in controls (by their ids, without ``C-``) and checks boxes, all in sight, at
    once: it is not what is judged, and costs a tenth of what a hand does. A hand does it in
    ``test_from_home_to_a_valid_file``."""
    page.evaluate(_WRITE, [texts, boxes])


def fill(page, **values):
    """Writes what a valid event needs, save what ``values`` replace (empty: left)."""
    known = {"titre": "Un atelier", "resume": "Deux phrases.", "seances-0-jour": "2021-10-03"}
    known |= {key.replace("__", "-"): one for key, one in values.items()}
    write(page, known, "[name=format][value=atelier]", "#C-accord")
