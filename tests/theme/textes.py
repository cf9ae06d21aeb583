"""A page with nothing but the text of a form, and how to paste into it."""

from __future__ import annotations

import json
from pathlib import Path

from navigateur import ORIGIN
from playwright.sync_api import Page

__all__ = ["coller", "libraries", "ouvrir", "page_texte"]

_MODULES = {
    "texte": "contribuer-texte.js",
    "rendu": "contribuer-rendu.js",
    "copie": "contribuer-copie.js",
}


def libraries(theme: Path) -> dict[str, str]:
    """Names below ``js/`` of the libraries that the text needs."""
    folder = theme / "static/js/tiers"
    wanted = {"markdown": "markdown-it", "turndown": "turndown"}
    return {
        key: f"tiers/{next(iter(sorted(folder.glob(f'{name}-*.js')))).name}"
        for key, name in wanted.items()
    }


def page_texte(theme: Path) -> str:
    """The page: a form that names its modules, the region of the text."""
    modules = {key: f"/theme/js/{name}" for key, name in (_MODULES | libraries(theme)).items()}
    written = json.dumps(modules).replace('"', "&quot;")
    return f"""<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Texte</title>
<link rel="stylesheet" href="/theme/css/portail.css">
<link rel="stylesheet" href="/theme/css/contribuer-texte.css"></head><body><main>
<h1>Proposer</h1><form id="Formulaire" data-modules="{written}">
<div id="Texte"><label for="C-corps">Texte</label><textarea id="C-corps" rows="9"></textarea></div>
</form></main></body></html>"""


def ouvrir(page: Page) -> None:
    """Open the page and make its text ready."""
    page.goto(f"{ORIGIN}/texte")
    page.evaluate(
        """async () => {
        const { texte } = JSON.parse(document.querySelector('form').dataset.modules);
        window.module = await import(texte);
        module.editer(document.querySelector('#Texte'));
        }"""
    )


_COLLER = """({ html, texte, fichiers }) => {
  const tenu = new DataTransfer();
  if (html) tenu.setData('text/html', html);
  if (texte) tenu.setData('text/plain', texte);
  for (const [nom, type] of fichiers) tenu.items.add(new File(['x'], nom, { type }));
  const zone = document.querySelector('textarea');
  zone.focus();
  zone.dispatchEvent(new ClipboardEvent('paste', { clipboardData: tenu, bubbles: true, cancelable: true }));
}"""


def coller(
    page: Page, html: str = "", texte: str = "", fichiers: tuple[tuple[str, str], ...] = ()
) -> None:
    """Paste into the text what a clipboard may hold; ``fichiers`` are (name, media type)."""
    page.evaluate(
        _COLLER, {"html": html, "texte": texte, "fichiers": [list(one) for one in fichiers]}
    )
