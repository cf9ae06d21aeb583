"""The page of a yearly rendezvous: the edition to tell, its rows, figures year by year."""

from __future__ import annotations

from collections.abc import Iterator

from portail.model.temps_fort import Edition, TempsFort
from portail.outputs.pages.inputs import EntryInputs
from portail.outputs.pages.kit import Kit, capital, contribution, resolve_names
from portail.outputs.pages.rows import texts
from portail.outputs.pages.views import Frame, GrilleView, Lien, Vide
from portail.text.dates import periode

__all__ = ["editions_grid", "no_programme", "temps_fort_buttons", "temps_fort_rows"]


def temps_fort_rows(inputs: EntryInputs, kit: Kit) -> Iterator[tuple[str, list[Lien]]]:
    """When, on what, by whom."""
    entry, edition = inputs.item.entry, inputs.edition
    assert isinstance(entry, TempsFort)
    usual = capital(entry.periode or "")
    days = _days(edition) if edition else ""
    yield "Quand", texts(days or usual)
    if edition:
        yield f"Thème {edition.annee}", texts(edition.theme)
    yield "Chaque année", texts(usual if days else None)
    yield "Organisé par", list(resolve_names(entry, "organisateur", inputs.links))


def temps_fort_buttons(entry: TempsFort) -> tuple[Lien, ...]:
    """Its official site."""
    return (Lien("Site officiel", entry.site),) if entry.site else ()


def _days(edition: Edition) -> str:
    first, last = edition.du or edition.au, edition.au or edition.du
    return capital(periode(first, last)) if first and last else ""


def editions_grid(entry: TempsFort) -> GrilleView | None:
    """Editions side by side, latest first: days, theme, figures and where these come from; nothing
    when the page already tells all of it."""
    editions = sorted(entry.editions, key=lambda one: -one.annee)
    told = [one for one in editions if one.du or one.au or one.theme or one.chiffres]
    if not any(one.chiffres for one in told) and len(told) < 2:
        return None
    lines: dict[str, list[str]] = {}
    for rank, edition in enumerate(told):
        rows = [("Dates", _days(edition)), ("Thème", edition.theme or "")]
        rows += [(capital(one.libelle), one.valeur) for one in edition.chiffres]
        for label, value in rows:
            lines.setdefault(label, [""] * len(told))[rank] = value
    sources = (one.source for edition in told for one in edition.chiffres if one.source)
    return GrilleView(
        "D’une édition à l’autre" if len(told) > 1 else f"L’édition {told[0].annee} en chiffres",
        tuple(str(one.annee) for one in told),
        tuple((label, tuple(values)) for label, values in lines.items() if any(values)),
        tuple(dict.fromkeys(map(capital, sources))),
    )


def no_programme(inputs: EntryInputs, frame: Frame) -> Vide | None:
    """What stands for the programme of an edition to come."""
    edition = inputs.edition
    if edition is None or not inputs.attendu:
        return None
    return Vide(
        f"Le programme {edition.annee} n’est pas encore publié",
        issues=contribution(frame, "Proposer un événement"),
    )
