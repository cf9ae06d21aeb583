"""Where contents are proposed: the landing, one form for each kind."""

from __future__ import annotations

from collections.abc import Iterator

from portail.forge import edit_pattern, new_url
from portail.forms.drawn import drawn as parts_of
from portail.forms.layout import FORMS, layout_of
from portail.model.kinds import Kind
from portail.outputs.base import SitemapHint, TemplatePage
from portail.outputs.contribuer.files import group_count
from portail.outputs.drawn import drawn
from portail.outputs.empreintes import CONTRIBUTING
from portail.outputs.guides.documents import has_guides
from portail.outputs.newsletter.releases import has_letter
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.views.contribuer import ContribuerView, FormulaireView, GenreView
from portail.outputs.pages.views.shared import Lien
from portail.resources import docs_dir
from portail.schemas.examples import EXAMPLES, example_page
from portail.schemas.kind_schema import kind_schema
from portail.site.memo import answer
from portail.site.site import Site
from portail.site.urls import (
    BODY_RULES,
    COMMUNES,
    CONTRIBUTE,
    HOME,
    LANDMARKS,
    PLACES,
    empreinte_of,
    form_of,
    sources_of,
)

__all__ = ["plan_contribute"]
_CHARTER = "charte"


def plan_contribute(site: Site) -> Iterator[TemplatePage]:
    """``/contribuer/`` and the form of each kind below it."""
    guides, hint = has_guides(docs_dir()), SitemapHint()
    yield drawn(site, CONTRIBUTE, "contribuer.html", _landing, guides, sitemap=hint)
    for kind in FORMS:
        yield drawn(site, form_of(kind), "formulaire.html", _form, kind.value, sitemap=hint)


def _landing(site: Site, guides: bool) -> ContribuerView:
    """Where one begins; ``guides`` tells whether they are part of the site."""
    config = site.config
    return ContribuerView(
        cadre=frame_of(site),
        titre="Contribuer",
        description=f"Proposer un événement, un article, une annonce, une ressource, un lieu ou un "
        f"dossier au portail des sciences {config.en_region}.",
        url=CONTRIBUTE,
        fil=(Lien("Accueil", HOME),),
        genres=tuple(_kind(kind) for kind in FORMS),
        empreinte=empreinte_of(*CONTRIBUTING),
        delai=config.contributions.delai,
        charte=_charter(site),
        lettre=has_letter(site),
        guides=guides,
    )


def _kind(kind: Kind) -> GenreView:
    form = layout_of(kind)
    name = kind.info.un.capitalize()
    return GenreView(name, form_of(kind), form.presentation, form.duree, form.theme)


@answer
def _charter(site: Site) -> tuple[Lien, ...]:
    """The charter, when the site has such a page."""
    pages = (item for item in site.of_kind(Kind.PAGE) if item.entry.slug == _CHARTER)
    return tuple(Lien("Lire la charte entière", item.url) for item in pages)


@answer
def _groups(site: Site, name: str) -> int:
    return group_count(site, Kind(name))


def _form(site: Site, name: str) -> FormulaireView:
    """What it asks follows from the models and from ``data/``, which are in the salt."""
    kind, config = Kind(name), site.config
    info, url, told = kind.info, form_of(kind), config.contributions
    return FormulaireView(
        cadre=frame_of(site),
        titre=info.un.capitalize(),
        description=f"Proposer {info.un} : un formulaire, pas de compte, rien à installer.",
        url=url,
        fil=(Lien("Accueil", HOME), Lien("Contribuer", CONTRIBUTE)),
        genre=url.removeprefix(CONTRIBUTE).strip("/"),
        dossier=info.folder,
        nom=info.un,
        parties=parts_of(layout_of(kind), kind_schema(kind, site.vocabularies)),
        adresses={
            "schema": f"{url}schema.json",
            "corps": BODY_RULES,
            "reperes": LANDMARKS,
            "communes": PLACES,
            "region": COMMUNES,
            "fichiers": sources_of(kind),
        },
        groupes=_groups(site, name),
        branche=config.branche,
        nouveau=told.nouveau or (new_url(config.depot, config.branche) if config.depot else ""),
        modifier=edit_pattern(config.depot, config.branche),
        voie=told.voie,
        delai=told.delai,
        duree=layout_of(kind).duree,
        charte=_charter(site),
        modele=example_page(kind),
        fichier=f"content/{info.folder}/{EXAMPLES[kind].slug}.md",
        lettre=has_letter(site),
    )
