"""The style guide of previews: every component of the theme, from contents made by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import PurePosixPath

from portail.body.render import render_body
from portail.files import digest_of
from portail.model.article import Article
from portail.model.entry import Entry, ReferenceBiblio
from portail.model.event import Event
from portail.model.territoire import Territoire
from portail.outputs.base import TemplatePage
from portail.outputs.empreintes import drawing_page
from portail.outputs.pages.kit import Kit, capital
from portail.outputs.pages.maps import Position, Spot, territory_map
from portail.outputs.pages.views import (
    Bloc,
    Card,
    Citation,
    DateView,
    EntryView,
    Etiquette,
    Fait,
    Feuille,
    Frame,
    Lecture,
    Lien,
    MapView,
    Message,
    Pagination,
    SeanceView,
    StyleguideView,
    Vide,
)
from portail.site.urls import HOME, PLAN, STYLEGUIDE, empreinte_of, file_of
from portail.text.html import SafeHtml

__all__ = ["plan_styleguide", "styleguide_view"]

_DAY = date(2021, 10, 8)
_TEXT = """\
Une phrase avec un *mot en italique*, un **mot en gras**, du `code`, [un lien](https://exemple.org/)
et un appel de note[^1].

## Un intertitre

- Un point ;
- un autre, avec une liste :
  - un point de cette liste.

1. Une étape.
2. La suivante.

> Une citation, quand quelqu’un l’a vraiment écrite.

### Un intertitre de second rang

| Astre | Magnitude |
|---|--:|
| Jupiter | −2,7 |
| Saturne | 0,4 |

## Des encadrés

> [!NOTE]
> Ce qu’il faut retenir.

> [!TIP]
> **Opposition** : moment où la Terre passe entre le Soleil et une planète.

> [!WARNING]
> Ne jamais viser le Soleil.

## Du code

```
portail check
```

[^1]: Une note.
"""
_LABELS = (
    Etiquette("Annulé", "annule", True),
    Etiquette("Reporté", "reporte", True),
    Etiquette("Reprogrammé", "reprogramme", True),
    Etiquette("Déplacé en ligne", "deplace-en-ligne", True),
    Etiquette("Complet", "complet", True),
    Etiquette("Passé", "passe"),
    Etiquette("En ligne", "en-ligne"),
    Etiquette("Nouveau", "nouveau"),
    Etiquette("Gratuit", "gratuit"),
)
_LICENCE = Lien("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/deed.fr")
_FACTS = (
    Fait("Où", (Lien("Observatoire d’exemple", HOME, signe="lieux"), Lien("Wizernes (62)"))),
    Fait("Tarif", (Lien("5,50 €, réduit 3 €"),)),
    Fait("Public", (Lien("Tout public, dès 7 ans"),)),
    Fait("Accessibilité", (Lien("Moteur : partiel", note="entrée par la cour"),)),
    Fait("Contact", (Lien("Pas encore renseigné", signe="manque"),)),
)
_FIGURES = (
    Fait("Places", (Lien("130"),)),
    Fait("Visiteurs depuis l’ouverture", (Lien("3 M", note="rapport d’activité"),)),
)


def plan_styleguide(frame: Frame, kit: Kit) -> Iterator[TemplatePage]:
    """The guide and its drawings."""
    themes = [(one, capital(kit.label("themes", one))) for one in kit.vocabularies["themes"]]
    for code, _ in themes:
        yield drawing_page(_drawing(code), code, code)
    key = (frame.digest, digest_of("styleguide", repr(themes)))
    view = partial(styleguide_view, frame, tuple(themes), kit)
    yield TemplatePage(file_of(STYLEGUIDE), STYLEGUIDE, "styleguide.html", key, view)


def styleguide_view(
    frame: Frame, themes: tuple[tuple[str, str], ...], kit: Kit | None = None
) -> StyleguideView:
    """The guide; ``themes`` are (code, name); maps are there with a ``kit`` that has outlines."""
    cards = tuple(_card(code, name) for code, name in themes)
    lines = tuple(_line(rank, label) for rank, label in enumerate(_LABELS))
    return StyleguideView(
        cadre=frame,
        titre="Composants du thème",
        description="Chaque composant, avec des contenus inventés : pour qui change le thème.",
        url=STYLEGUIDE,
        fil=(Lien("Accueil", HOME),),
        noindex=True,
        themes=themes,
        jetons=("fond", "fond-2", "fond-3", "encre", "encre-2", "lien", "nuit", "accent", "signal",
                "bord", "trait", "succes", "alerte", "erreur", "info"),
        cartes=cards,
        etiquettes=_LABELS,
        lignes=Bloc("Lignes d’agenda, selon leur état", lines, HOME, "lignes"),
        simples=Bloc("Lignes simples", cards[:4], HOME, "simples"),
        dossier=Bloc("Dossier numéroté", cards[:3], notes=("Pour commencer.", "", "Pour finir.")),
        evenement=_fiche(frame, "events", Event.model_construct(titre="Un événement")),
        article=_fiche(frame, "articles", _article()),
        messages=_messages(),
        vide=Vide("Aucun rendez-vous cette semaine à Doullens.", "Le plus proche :",
                  (Lien("Voir la semaine suivante", HOME), Lien("Plan du site", PLAN)),
                  Lien("Une soirée d’observation", HOME, "samedi 9 octobre")),
        plans=tuple(_maps(kit)) if kit else (),
        pagination=Pagination(5, 12, (STYLEGUIDE,) * 12),
        alphabet=tuple(Lien(one, "" if one in "KQWXYZ" else STYLEGUIDE)
                       for one in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    )  # fmt: skip


def _maps(kit: Kit) -> Iterator[MapView]:
    """Around a place, and of the region with points pushed apart."""
    places = [Position(*town.point, town.commune) for town in kit.atlas.towns[:6]]
    for place in places[:1]:
        around = kit.atlas.place_map(place, "Un lieu", "numerique")
        if around:
            yield around
    home = kit.geography.home
    region = Territoire.model_construct(titre="La région", type="region", siege=None,
                                        code=home.code if home else "")  # fmt: skip
    spots = [Spot(Lien(f"Lieu {n}", HOME), one, n) for n, one in enumerate(2 * places, 1)]
    shown = territory_map(region, spots, (), kit.atlas)
    if shown:
        yield shown


def _drawing(code: str) -> str:
    return empreinte_of(f"{STYLEGUIDE}{code}/")


def _card(code: str, name: str) -> Card:
    return Card(
        ref=code, url=HOME, kind="articles", surtitre=f"Article · {name}", precision=name,
        titre="Le retour d’*Astacus astacus*, l’écrevisse à pattes rouges", theme=code,
        resume="Deux ruisseaux, trois équipes et une espèce que l’on croyait perdue.",
        feuille=None, details=("23 septembre 2021", "La rédaction"), etiquettes=(), image=None,
        digest=code, empreinte=_drawing(code),
    )  # fmt: skip


def _line(rank: int, label: Etiquette) -> Card:
    state = label.code if label.code in ("annule", "reporte", "passe") else ""
    moved = label.code == "reprogramme"
    return Card(
        ref=label.code, url=HOME, kind="events", surtitre="Événement · Atelier",
        precision="Atelier", titre=f"Un atelier, état « {label.texte} »", resume="", theme="",
        feuille=Feuille(_DAY + timedelta(rank), state),
        details=("Vendredi 8 octobre 2021, de 14 h à 16 h", "Wizernes (62)"),
        etiquettes=(label,), image=None, digest=label.code,
        ancien="Jeudi 7 octobre 2021, 14 h" if moved else "",
    )  # fmt: skip


def _article() -> Entry:
    return Article.model_construct(
        titre="Un article",
        resume="Le chapô, en une ou deux phrases.",
        resume_falc="Un résumé facile à lire. Une idée par phrase.",
        interets="L’autrice travaille pour l’observatoire cité.",
        references=(ReferenceBiblio(titre="Un rapport", url="https://exemple.org/", note="p. 12"),),
        source=PurePosixPath("content/articles/exemple.md"),
    )


def _fiche(frame: Frame, kind: str, entry: Entry) -> EntryView:
    body = render_body(_TEXT, PurePosixPath("styleguide.md"))
    dates = tuple(_date(rank) for rank in range(-2, 9))
    return EntryView(
        cadre=frame, titre=entry.titre, description="", url=STYLEGUIDE, entry=entry, kind=kind,
        surtitre="Article · Astronomie et espace", theme="astronomie-espace",
        themes=(Lien("Astronomie et espace", HOME), Lien("Numérique", HOME)),
        territoires=(Lien("Pays de Saint-Omer", HOME),), signature=(Lien("Une autrice", HOME),),
        publie=_DAY, modifie=_DAY + timedelta(3), minutes=9, etiquettes=(), image=None,
        corps=SafeHtml(body.html.html), sommaire=body.facts.toc, faits=_FACTS,
        boutons=(Lien("Réserver", "https://exemple.org/"), Lien("Plan du site", PLAN)),
        feuille=Feuille(_DAY), dates=dates if kind == "events" else (),
        tableaux=(("Chiffres clés", _FIGURES),), blocs=(), licence=_LICENCE, fichier_url="",
        message=None, empreinte=_drawing("astronomie-espace"), quand=dates[2].seances[0],
        lecture=Lecture(
            auteurs=(Lien("Une autrice", HOME, "Université d’exemple"),),
            citation=Citation("Une autrice, « Un article », 8 octobre 2021.", "@misc{exemple}"),
            republier=STYLEGUIDE,
        ),
    )  # fmt: skip


def _date(rank: int) -> DateView:
    day = _DAY + timedelta(7 * rank)
    phrase = f"Vendredi {day.day}/{day.month}, de 14 h à 16 h"
    one = SeanceView(phrase, f"{day}T14:00:00+02:00", f"{day}T16:00:00+02:00", ())
    return DateView(Feuille(day), phrase, rank < 0, (one,))


def _messages() -> tuple[Message, ...]:
    ways = (Lien("Plan du site", PLAN),)
    return (
        Message("Cet événement est passé.", "Le suivant aura lieu au printemps.", liens=ways),
        Message("Cet événement a changé de date.", ancien="Jeudi 7 octobre 2021",
                nouveau="Vendredi 8 octobre 2021", ton="alerte"),
        Message("Cet événement est annulé.", "L’intervenante est souffrante.", ton="erreur"),
    )  # fmt: skip
