"""The page of an announcement: what to know to answer it, how, and what to do when it is over."""

from __future__ import annotations

from collections.abc import Iterator

from portail.model.annonce import Annonce
from portail.model.kinds import Kind
from portail.outputs.pages.inputs import EntryInputs
from portail.outputs.pages.kit import Kit, capital, resolve_names
from portail.outputs.pages.rows import contact_rows, lacking_rows, texts
from portail.outputs.pages.views.shared import Lien, Message
from portail.site.urls import listing_of
from portail.text.dates import jour

__all__ = ["annonce_buttons", "annonce_message", "annonce_rows"]

_VERBS = {
    "emploi": "Postuler",
    "benevolat": "Proposer mon aide",
    "formation": "S’inscrire",
    "concours": "Participer",
    "appel": "Répondre à l’appel",
}
"""What one does, by category, else by family of categories."""

_JOB = ("Contrat", "Durée", "Rémunération")


def annonce_rows(inputs: EntryInputs, kit: Kit) -> Iterator[tuple[str, list[Lien]]]:
    """Until when, who proposes, where, on which terms, whom to write to."""
    entry = inputs.item.entry
    assert isinstance(entry, Annonce)
    rows = dict(_rows(entry, inputs, kit))
    yield from rows.items()
    if not inputs.item.passe:
        expected = (*(_JOB if _family(entry, kit) == "emploi" else ()), "Contact")
        yield from lacking_rows(name for name in expected if not rows[name])


def _rows(entry: Annonce, inputs: EntryInputs, kit: Kit) -> Iterator[tuple[str, list[Lien]]]:
    yield "Jusqu’au", texts(capital(jour(entry.echeance)) if entry.echeance else None)
    yield "Proposé par", list(resolve_names(entry, "organisme", inputs.links))
    place = kit.place(inputs.item.commune)
    yield "Où", [*resolve_names(entry, "lieu", inputs.links), *texts(place)]
    yield "Contrat", texts(capital(kit.label("contrats", entry.contrat)))
    yield "Durée", texts(entry.duree)
    yield "Rémunération", texts(entry.remuneration)
    yield "Contact", contact_rows(entry.contact)


def _family(entry: Annonce, kit: Kit) -> str:
    term = kit.vocabularies["categories"].get(entry.categorie or "")
    return str(term.extra.get("famille", "")) if term else ""


def annonce_buttons(inputs: EntryInputs, kit: Kit) -> tuple[Lien, ...]:
    """The first way to answer, while there is time."""
    entry = inputs.item.entry
    assert isinstance(entry, Annonce)
    ways = contact_rows(entry.contact)
    if inputs.item.passe or not ways:
        return ()
    family = _VERBS.get(_family(entry, kit), "Contacter")
    verb = _VERBS.get(entry.categorie or "", family)
    how = {"courriel": " par courriel", "telephone": " par téléphone"}.get(ways[0].signe, "")
    return (Lien(verb + how, ways[0].url, fin=entry.echeance),)


def annonce_message(inputs: EntryInputs) -> Message | None:
    """That it is over, and where the others are."""
    entry = inputs.item.entry
    assert isinstance(entry, Annonce)
    return _over(entry) if inputs.item.passe else None


def annonce_after(inputs: EntryInputs) -> Message | None:
    """The same, for an announcement that will end."""
    entry = inputs.item.entry
    assert isinstance(entry, Annonce)
    return None if inputs.item.passe else _over(entry)


def _over(entry: Annonce) -> Message | None:
    if not entry.echeance:
        return None
    text = f"Il n’est plus possible d’y répondre depuis le {jour(entry.echeance)}."
    links = (Lien("Les annonces en cours", listing_of(Kind.ANNONCE)),)
    return Message("Cette annonce est terminée", text, liens=links)
