"""What changed since a letter announced it, in a sentence that agrees with « rendez-vous »."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from portail.facts.when import FEW, days_text
from portail.model.issue import Announced, Erratum
from portail.newsletter.picks import Changed
from portail.site.site import Site
from portail.text.dates import heure, jour
from portail.text.typography import typographie

__all__ = ["erratum"]


def erratum(changed: Changed, site: Site, day: date) -> Erratum:
    """The erratum of one event in the letter of the Thursday ``day``."""
    item = site.items.get(changed.ref) if changed.apres else None
    word, said = _told(changed, day)
    where = typographie(changed.avant.lieu)
    first = ", ".join(filter(None, (_moments(changed.avant.jours, day), where)))
    sent = changed.semaine.thursday
    letter = f"la lettre du {jour(sent, semaine=False, annee=sent.year != day.year)}"
    return Erratum(
        ref=changed.ref,
        titre=changed.titre,
        mot=word,
        texte=f"{first}. " * bool(first) + f"Annoncé dans {letter}, {said}",
        url=item.url if item else "",
    )


def _told(changed: Changed, day: date) -> tuple[str, str]:
    """The word in bold, and what becomes of the rendez-vous."""
    before, after = changed.avant, changed.apres
    if after is None:
        return "Retiré", "ce rendez-vous n’est plus sur le portail."
    if after.etat == "annule":
        return "Annulé", "ce rendez-vous n’aura pas lieu."
    moved = after.jours != before.jours
    if after.etat == "reporte" and (not moved or not after.jours):
        return "Reporté", "ce rendez-vous attend une nouvelle date."
    if moved:
        word = "Reporté" if after.etat in ("reporte", "reprogramme") else "Nouvelles dates"
        if len(after.jours) == len(before.jours) == 1 and word != "Reporté":
            word = "Nouvel horaire" if _same_days(before, after) else "Nouvelle date"
        where = _place(before, after)
        return word, f"ce rendez-vous a lieu {_moments(after.jours, day, article=True)}{where}."
    if after.en_ligne and not before.en_ligne:
        return "Déplacé en ligne", "ce rendez-vous se suit à distance."
    if after.lieu:
        return "Déplacé", f"ce rendez-vous a lieu ailleurs\u00a0: {typographie(after.lieu)}."
    return "Modifié", "ce rendez-vous a changé."


def _place(before: Announced, after: Announced) -> str:
    if after.en_ligne and not before.en_ligne:
        return ", en ligne"
    return f", {typographie(after.lieu)}" if after.lieu and after.lieu != before.lieu else ""


def _same_days(before: Announced, after: Announced) -> bool:
    return [one[:10] for one in before.jours] == [one[:10] for one in after.jours]


def _moments(moments: Sequence[str], day: date, *, article: bool = False) -> str:
    """« samedi 2 octobre à 14 h », « samedi 2 et dimanche 3 octobre », from ``Announced.jours``."""
    if not moments:
        return "à une date à préciser" if article else ""
    days = [date.fromisoformat(one[:10]) for one in moments]
    days = list(dict.fromkeys(days))
    text = days_text(days, few=FEW, year=days[-1].year != day.year)
    le = ("le " if len(days) == 1 else "les ") if article and len(days) <= FEW else ""
    hours = dict.fromkeys(heure(datetime.fromisoformat(one).time()) for one in moments if one[10:])
    at = f" à {next(iter(hours))}" if len(hours) == 1 else ""
    return f"{le}{text}{at}"
