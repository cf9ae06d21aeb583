"""How one subscribes to the letter and leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from portail.model.kinds import Kind
from portail.outputs.base import form_origins
from portail.outputs.pages.messages import mailto
from portail.outputs.pages.views.shared import Abonnement, Lien
from portail.site.site import Site

from .fragment import WORDS
from .settings import REGION, Edition, letter_of

# What the letter is called: « La lettre du jeudi ».
LETTER = Kind.NEWSLETTER.info.rubrique
# Field of the form that names the list, by service.
_FIELDS = {"listmonk": "l", "sympa": "list"}
# What else each service expects: Listmonk a field that only robots fill (https://listmonk.app, «
# Forms »), Sympa its action (https://www.sympa.community, « wwsympa »).
_FIXED = {"listmonk": (("nonce", ""),), "sympa": (("action", "subrequest"),)}


def subscription(site: Site, code: str = REGION) -> Abonnement | None:
    """How one subscribes from the pages of an edition; ``None`` when the site says no way."""
    letter = letter_of(site.config)
    if Kind.NEWSLETTER.value in site.config.sans:
        return None
    offered = tuple(
        (edition.liste, _name(edition, site)) for edition in letter.editions if edition.liste
    )
    if letter.formulaire:
        edition = letter.edition(code)
        field = _FIELDS[letter.service]
        chosen = edition.liste if edition and edition.liste else offered[0][0]
        return Abonnement(letter.formulaire, field, offered, chosen, _FIXED[letter.service])
    address = site.config.courriel or letter.expediteur
    if not address:
        return None
    ordered = sorted(letter.editions, key=lambda edition: edition.code != code)
    mails = (_message(address, "Abonnement à", edition, site) for edition in ordered)
    return Abonnement(courriels=tuple(mails))


def origins_of(abonnement: Abonnement | None) -> tuple[str, ...]:
    """The origin that its form posts to, for the policy of the page that shows it."""
    if abonnement:
        return form_origins(abonnement.action)
    return ()


def ways_to_leave(site: Site) -> Iterator[Lien]:
    """Where one leaves each edition: a page of Sympa, else a message ready to send."""
    letter = letter_of(site.config)
    address = site.config.courriel or letter.expediteur
    for edition in letter.editions:
        if letter.service == "sympa" and edition.liste:
            place = f"{letter.inscription.rstrip('/')}/signoff/{quote(edition.liste, safe='')}"
            yield Lien(_name(edition, site), place)
        elif letter.service != "sympa" and address:
            yield _message(address, WORDS["quitter"], edition, site)


def _message(address: str, verb: str, edition: Edition, site: Site) -> Lien:
    name = _name(edition, site)
    return Lien(name, mailto(address, f"{verb} la lettre : {name}"))


def _name(edition: Edition, site: Site) -> str:
    return edition.nom or site.config.ensemble
