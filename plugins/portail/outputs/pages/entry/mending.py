"""Where one mends what a page says."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from urllib.parse import quote

from portail.config import SiteConfig
from portail.forge import edit_url, new_url
from portail.model.entry import Entry
from portail.model.kinds import FORMS
from portail.outputs.pages.messages import mailto
from portail.outputs.pages.slots import PROPOSE, RETURN
from portail.outputs.pages.words import WORDS
from portail.site.item import Item
from portail.site.site import Site
from portail.text.typography import plain, typeset


def mending_of(site: Site, item: Item) -> dict[str, str]:
    """Where one mends a content: the form of its kind, filled; else a message to the editors, the
    forge."""
    entry, url, config = item.entry, item.url, site.config
    form = PROPOSE.ask(site, entry.kind) if entry.kind in FORMS else ""
    if form and not entry.brouillon:
        event = entry.kind.info.dated
        over = event and item.is_over
        return {
            "corriger": f"{form}?modifier={entry.slug}",
            "annuler": f"{form}?modifier={entry.slug}&quoi=etat" if event and not over else "",
            "reconduire": f"{form}?reconduire={entry.slug}" if over else "",
            "retour": RETURN.ask(site, item) if event else "",
        }
    file, mail = _file(entry, config), _mistake_address(entry, url, config)
    first, second = (file, mail) if entry.sans_fichier or entry.brouillon else (mail, file)
    return {"corriger": first or second}


def _file(entry: Entry, config: SiteConfig) -> str:
    """Where the forge changes the file of a content, or begins that which a territory lacks."""
    depot = config.depot
    if not entry.sans_fichier:
        return edit_url(depot, config.branche, str(entry.source)) if depot else ""
    path = PurePosixPath(config.contenu, entry.kind.value, f"{entry.slug}.md")
    # A value in double quotes, as JSON and YAML write it.
    fields = ((key, getattr(entry, key)) for key in entry.obligatoires)
    rows = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields)
    text = f"---\n{''.join(rows)}---\n\n"
    address = new_url(depot, config.branche)
    return address.replace("{chemin}", quote(str(path))).replace("{contenu}", quote(text, safe=""))


def _mistake_address(entry: Entry, url: str, config: SiteConfig) -> str:
    """A mail to the editors about a mistake in ``entry``, begun; ``""`` without their address."""
    title = typeset(plain(entry.titre))
    subject = WORDS["fiches"]["erreur"].format(titre=title)
    body = f"Page : {config.absolute(url)}\n\nCe qui ne va pas :\n"
    return mailto(config.courriel, subject, body) if config.courriel else ""
