"""Ways to ask for a tool: a mail that needs only be completed, a call, a site."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from portail.facts.base import mail_and_phone
from portail.outputs.pages.states import Preteur
from portail.outputs.pages.views.shared import Lien

__all__ = ["asking", "asking_slot"]

_DATES = "Du … au …"
"""What ``demande.js`` completes in the mail."""


def asking(title: str, lender: Preteur) -> Iterator[Lien]:
    """Every way to ask for a tool, the easiest first."""
    for link in mail_and_phone(lender.courriel, lender.telephone):
        if link.url.startswith("mailto:"):
            yield Lien("Demander le prêt", f"{link.url}?{_mail(title)}", link.text)
        else:
            yield Lien(f"Appeler le {link.text}", link.url)
    if lender.site:
        yield Lien("Demander le prêt sur le site", lender.site)


def asking_slot(title: str, slot: str, lender: Preteur | None, owner: Lien | None) -> Lien | None:
    """The easiest way to ask for a free slot (« du 16 octobre au 1er novembre 2021 »); without an
    address, a number nor a site, who lends it; ``None`` when nobody is known."""
    if lender and lender.courriel:
        (link,) = mail_and_phone(lender.courriel, "")
        return Lien("Demander ce créneau", f"{link.url}?{_mail(title, slot)}")
    if lender:
        for link in mail_and_phone("", lender.telephone):
            return Lien("Appeler pour ce créneau", link.url)
        if lender.site:
            return Lien("Demander ce créneau sur le site", lender.site)
    return Lien("Voir qui le prête", owner.url) if owner and owner.url else None


def _mail(title: str, slot: str = "") -> str:
    """Subject and text: what a lender wants to know, a line for each."""
    free = f"Créneau libre d’après le portail : {slot}\r\n" if slot else ""
    text = (
        f"Bonjour,\r\n\r\nNous souhaitons emprunter « {title} ».\r\n\r\n"
        f"{free}{_DATES}\r\nStructure :\r\nCommune :\r\nLieu, surface :\r\nPour quel public :\r\n"
    )
    return f"subject={quote(f'Demande de prêt : {title}')}&body={quote(text)}"
