"""The page of a yearly rendezvous: the edition to tell, its rows, figures year by year."""

from __future__ import annotations

from collections.abc import Iterator

from portail.facts.base import Fact, texts
from portail.model.kinds import Kind
from portail.model.temps_fort import Edition, TempsFort
from portail.outputs.pages.inputs import EntryInputs
from portail.outputs.pages.kit import contribution, resolved_values
from portail.outputs.pages.temps_fort_inputs import Annee
from portail.outputs.pages.views.programme import GrilleView
from portail.outputs.pages.views.shared import Lien, Vide
from portail.site.editions import last_day
from portail.text.dates import periode
from portail.text.numbers import nombre
from portail.text.typography import capital


def temps_fort_rows(inputs: EntryInputs) -> Iterator[Fact]:
    """When, on what, by whom."""
    entry, told = inputs.item.entry, inputs.temps_fort.annee
    assert isinstance(entry, TempsFort)
    edition = told.edition if told else None
    usual = capital(entry.periode or "")
    days = days_of(edition)
    yield Fact("Quand", texts(days or usual))
    if edition:
        yield Fact(f"Thème {edition.annee}", texts(edition.theme))
    yield Fact("Chaque année", texts(usual if days else None))
    yield Fact("Organisé par", resolved_values(entry, "organisateur", inputs.links))


def temps_fort_buttons(inputs: EntryInputs) -> tuple[Lien, ...]:
    """The programme of its edition, its official site."""
    entry, told = inputs.item.entry, inputs.temps_fort.annee
    assert isinstance(entry, TempsFort)
    programme = (Lien(f"Le programme {told.annee}", told.url),) if told and told.nombre else ()
    return (*programme, *((Lien("Site officiel", entry.site),) if entry.site else ()))


def years_list(inputs: EntryInputs) -> tuple[Lien, ...]:
    """Editions, latest first, each with its days, its theme, how many events it has."""
    return tuple(
        Lien(str(one.annee), one.url, " · ".join(filter(None, _told(one))))
        for one in inputs.temps_fort.annees
    )


def _told(one: Annee) -> Iterator[str]:
    yield days_of(one.edition)
    yield (one.edition.theme if one.edition else "") or ""
    yield count_of(one.nombre) if one.nombre else ""


def count_of(number: int) -> str:
    """« 1 événement », « 12 événements »."""
    return f"{nombre(number)} {Kind.EVENT.info.counted(number)}"


def days_of(edition: Edition | None) -> str:
    """« Du 1er au 11 octobre 2021 »; empty when its days are not known."""
    first = edition and (edition.du or edition.au)
    last = edition and (edition.au or edition.du)
    return capital(periode(first, last)) if first and last else ""


def editions_grid(entry: TempsFort) -> GrilleView | None:
    """Editions side by side, latest first: days, theme, figures and where these come from; nothing
    when there is but one, whose page tells all of it."""
    editions = sorted(entry.editions, key=lambda one: -one.annee)
    told = [one for one in editions if one.du or one.au or one.theme or one.chiffres]
    if not any(one.chiffres for one in told) or len(told) < 2:
        return None
    lines: dict[str, list[str]] = {}
    for rank, edition in enumerate(told):
        rows = [("Dates", days_of(edition)), ("Thème", edition.theme or "")]
        rows += [(capital(one.libelle), one.valeur) for one in edition.chiffres]
        for label, value in rows:
            lines.setdefault(label, [""] * len(told))[rank] = value
    sources = (one.source for edition in told for one in edition.chiffres if one.source)
    return GrilleView(
        "D’une édition à l’autre",
        tuple(str(one.annee) for one in told),
        tuple((label, tuple(values)) for label, values in lines.items() if any(values)),
        tuple(dict.fromkeys(map(capital, sources))),
    )


def no_programme(inputs: EntryInputs) -> Vide | None:
    """What stands for the programme of an edition to come."""
    told = inputs.temps_fort.annee
    if told is None or not inputs.temps_fort.attendu:
        return None
    return Vide(
        f"Le programme {told.annee} n’est pas encore publié",
        issues=contribution("Proposer un événement", Kind.EVENT),
        fin=last_day(told.edition),
    )
