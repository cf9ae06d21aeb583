"""The text of a form on its page, and how to paste into it."""

import json
import re

from navigateur import ORIGIN

from portail_contribuer.contribuer.addresses import BODY_RULES
from portail_contribuer.contribuer.body_rules import form_rules


def pages_texte(drawn):
    """The form of an event as the theme draws it, without the script that would make it live; the
    rules of texts that it reads."""
    found = re.sub(
        r'<script type="module" src="[^"]*/contribuer\.js[^"]*"></script>',
        "",
        drawn["contribuer/evenement/"],
    )
    assert "data-modules" in found
    return {"texte": found, BODY_RULES[1:]: json.dumps(form_rules())}


def ouvrir(page):
    """Open the page and make its text ready."""
    page.goto(f"{ORIGIN}/texte")
    page.evaluate(
        """async () => {
        const { texte } = JSON.parse(document.querySelector('form').dataset.modules);
        window.module = await import(texte);
        document.querySelector('#Bloc-texte > details').open = true;
        module.editer(document.querySelector('#Texte'));
        }"""
    )


_COLLER = """({ html, texte, fichiers }) => {
  const tenu = new DataTransfer();
  if (html) tenu.setData('text/html', html);
  if (texte) tenu.setData('text/plain', texte);
  for (const [nom, type] of fichiers) tenu.items.add(new File(['x'], nom, { type }));
  const zone = document.querySelector('#C-corps');
  zone.focus();
  const dit = { clipboardData: tenu, bubbles: true, cancelable: true };
  zone.dispatchEvent(new ClipboardEvent('paste', dit));
}"""


def coller(page, html="", texte="", fichiers=()):
    """Paste into the text what a clipboard may hold; ``fichiers`` are (name, media type)."""
    page.evaluate(
        _COLLER, {"html": html, "texte": texte, "fichiers": [list(one) for one in fichiers]}
    )
