"""An edition of a yearly rendezvous in figures, once some organiser told of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portail.features.services.bilans.returns import LEAST, Told, is_over, told_of, year_of
from portail.features.services.bilans.table import Bilan, Key, Row, Table, table
from portail.resources import rows
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.typography import nombre, plain

# What events count, in the order of the question « mesures »; those that rest on returns.
_KNOWN: Mapping[str, str] = rows("retours")
_RESTING = frozenset({"nouveaux", "visiteurs", "tout_public", "scolaires", "equipes"})


@per_site
def bilan_of_edition(site: Site, ref: str, annee: int) -> Bilan:
    """The figures of an edition that is over and of which organisers told; empty before."""
    title = f"{plain(site.items[ref].entry.titre)} {annee} en chiffres"
    _, told = told_of(site, ref, annee)
    if not told.returns or not is_over(year_of(site, ref, annee), site):
        return Bilan(title, annee)
    return Bilan(
        title,
        annee,
        tuple(_phrases(told)),
        cles=tuple(_keys(told)),
        tables=tuple(filter(None, _tables(told))),
        methode=_METHOD,
    )


_METHOD = (
    (
        "Un village, un festival ou un parcours compte pour un événement, avec tout ce qu’il "
        "réunit : son retour vaut pour l’ensemble, sinon ceux de ses animations s’additionnent."
    ),
    "Un événement annulé n’est pas compté. Le porteur est la première structure qui organise.",
    (
        "Aucune part n’est donnée pour moins de cinq réponses ; l’appréciation et les difficultés "
        "ne sont jamais dites pour un événement."
    ),
)


def _phrases(told: Told) -> Iterator[str]:
    if told.invented:
        yield (
            "Aucun organisateur n’a encore raconté comment c’était. Ce qui suit le montre avec les "
            "événements donnés en exemple : ces nombres sont inventés."
        )
    yield f"D’après {told.rate} : ce que les autres n’ont pas dit n’y est pas."
    if told.hard and told.returns >= LEAST:
        yield f"{nombre(told.hard)} de ces retours disent une difficulté, que la rédaction a lue."


def _keys(told: Told) -> Iterator[Key]:
    (counts,) = told.asked("mesures")
    for (code, titre), value in zip(_KNOWN.items(), counts, strict=True):
        if value:
            yield Key(titre, value, note=told.rate if code in _RESTING else "")


def _tables(told: Told) -> Iterator[Table]:
    # Those of examples say so in their titles, which files keep.
    mention = " (exemple inventé)" if told.invented else ""
    basis = f"D’après {told.rate}."
    notes = {
        "departements": basis,
        "envergures": basis,
        "niveaux": f"{basis} {nombre(told.levels)} en parle{'nt' * (told.levels > 1)}.",
        "formats": "Un événement de deux formats compte dans les deux.",
        "satisfaction": f"{basis} {nombre(told.opinions)} la disent.",
    }
    if told.opinions < LEAST:
        del notes["satisfaction"]
    for code, note in notes.items():
        name = f"edition.{code}"
        lines = (Row(label, tuple(values), url) for label, url, *values in told.asked(name))
        yield table(name, lines, note=note, mention=mention)
