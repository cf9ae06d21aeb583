"""A tab that holds the hand-made form, with stand-ins for the modules of other parts."""

import json
from weakref import WeakSet

from formulaires import FAUX, FICHIERS, page
from navigateur import HELD, ORIGIN, Answer
from playwright.sync_api import Page

from tabs import until

ADDRESS = f"{ORIGIN}/formulaire/"
MODULES = {
    # What is missing, what is no number, an unknown place: enough to see where errors go.
    "controle": """export const references = (slugs) => async (dossiers, texte) =>
          (await slugs(dossiers[0])).includes(texte);
        export async function controler(schema, entete, outils) {
        const dites = [], dire = (code, chemin, message, besoins = [], ecrire = '') =>
          dites.push({ code, chemin, message, remede: 'Faites ainsi.', ecrire, besoins });
        if (!entete.titre) dire('E201', [], 'Le champ « titre » manque.', ['titre']);
        if (!entete.debut && !entete.seances) dire('E215', [], 'Il manque une date.', ['seances']);
        if (entete.fin && entete.fin < entete.debut) dire('E213', ['fin'], 'La fin est avant.');
        (entete.seances ?? []).forEach(({ debut, fin }, n) => {
          if (fin && fin < debut) dire('E213', ['seances', n, 'fin'], 'La fin est avant.'); });
        if (entete.tarif?.prix && !/^\\d+(,\\d+)?$/.test(entete.tarif.prix)) dire('E209',
          ['tarif', 'prix'], 'Pas un nombre.');
        if (entete.lieu && !await outils.reference(['lieux'], entete.lieu)) dire('E411', ['lieu'],
          'Lieu inconnu.');
        if (entete.adresse?.commune?.includes('(Somme)')) dire('E431', ['adresse', 'commune'],
          'Plusieurs communes.', [], 'commune: Amiens');
        return dites; }""",
    "dates": """export const dire = (debut, fin) => `le ${debut}${fin ? ` au ${fin}` : ''}`;
        export function proposer(texte) {
          const lu = texte.match(/(\\d+)[/ ](\\d+|octobre)[/ ](\\d{4})(?:.*?(\\d+)\\s*h)?/);
          return lu && `${lu[3]}-${lu[2] === 'octobre' ? '10' : lu[2].padStart(2, '0')}-${
            lu[1].padStart(2, '0')}${lu[4] ? ` ${lu[4]}:00` : ''}`; }""",
    "fichier": """export const ecrire = (entete, corps) => JSON.stringify([entete, corps]);
        export const nommer = (titre) => titre.toLowerCase().replace(/\\W+/g, '-');""",
    "image": """export const preparer = async (fichier) => (fichier.size > 1000
        ? { erreur: `« ${fichier.name} » est trop lourde.`, remede: 'Une autre.' }
        : { blob: fichier, nom: 'photo.png', largeur: 1, hauteur: 1, dit: 'Image prête, 1 Ko.' });
        """,
    "sorties": "export const proposer = (region, quoi) => { window.propose = quoi; };",
    "apercu": "export const lignes = async (r, entete) => { r.textContent = entete.titre; };"
    "export const page = (entete) => { window.vue = entete; }; export const dits = async () => [];",
    "coller": "export const lire = async (quoi) => ({ entete: { titre: String(quoi), debut: "
    "'2021-10-09 14:00', lieu: 'la-coupole' }, corps: 'Corps', pris: ['Le titre est pris.'], "
    "laisse: [] });",
    "reprise": """export const reprendre = async (search) => ({ mode: search.includes('modifier')
        ? 'modifier' : 'reconduire', chemin: 'content/events/x.md', dit: 'Repris.', corps: 'Un',
        entete: { titre: 'Ancien', publie_le: '2021-01-01', rrule: 'FREQ=DAILY',
          ids_externes: { openagenda: '12' }, debut: '2021-10-09 14:00', fin: '2021-10-10 16:00',
          lieu: 'la-coupole', format: ['atelier', 'salon'], tarif: { gratuit: 'true' },
          organisateurs: ['ada', 'Un club'], image: { fichier: 'a.jpg', alt: 'Alt',
          licence: 'CC0' } } });""",
}


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
    names = tuple(name for name in FAUX if modules[name])

    def answer(path):
        if path == "/formulaire/":
            return Answer(200, "text/html; charset=utf-8", page(names).encode())
        if path.startswith("/faux/"):
            return Answer(200, "text/javascript; charset=utf-8", modules[path[6:-3]].encode())
        if path.startswith("/d/") and path[3:] in FICHIERS:
            return Answer(200, "application/json", json.dumps(FICHIERS[path[3:]]).encode())
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
