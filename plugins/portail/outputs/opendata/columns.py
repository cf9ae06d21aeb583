"""Columns of the tables of open data, one row each, and the tables made of them.

Those of ``evenements.csv`` begin with the columns of the national programme of the Fête de la
science (``docs/technique/outputs.md`` says which dataset, and what is left out).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from portail.model.kinds import Kind
from portail.model.parts import HANDICAPS
from portail.outputs.base import TextFile, text_file
from portail.outputs.opendata.catalogue import Fichier, published, schema_of, source_of
from portail.outputs.opendata.cells import (
    Column,
    Row,
    address,
    booked,
    closed_days,
    days,
    free,
    iso_occurrences,
    labels,
    names,
    place,
    postcode,
    price_text,
    reachable,
    selection,
    texts,
    told_day,
    told_hours,
    told_occurrences,
    told_period,
    told_prices,
    types,
)
from portail.outputs.opendata.records import facts_of, record_of
from portail.outputs.spreadsheets import written
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import API, DICTIONARY, api_of

_national = partial(Column, nationale=True)

_NATIONAL = (
    _national("dates", "Jours où commence une séance.", "calcule.occurrences", "liste", days, ","),
    _national(
        "selection", "Région, département et commune.", "calcule.commune", "texte", selection
    ),
    _national("identifiant", "Identifiant dans le portail.", "ref"),
    _national("titre_fr", "Titre.", "titre"),
    _national("description_fr", "Résumé.", "resume"),
    _national("description_longue_fr", "Texte entier, sans mise en forme.", "texte"),
    _national(
        "detail_des_conditions_fr", "Prix et conditions, en mots.", "tarif", "texte", price_text
    ),
    _national("type_d_animation", "Formats.", "format", "liste", labels("formats", "format")),
    _national("mots_cles_fr", "Mots-clés.", "mots_cles", "liste", None, ","),
    _national("image", "Adresse de l’image.", "calcule.image.url"),
    _national(
        "derniere_mise_a_jour",
        "Jour de la dernière modification, sinon de la publication.",
        "modifie",
        "texte",
        lambda row: row.get("modifie") or row.get("publie_le"),
    ),
    _national(
        "resume_horaires_fr",
        "Premier et dernier jours, en mots.",
        "calcule.premier_jour",
        "texte",
        told_period,
    ),
    _national(
        "horaires_detailles_fr",
        "Séances, en mots, une par ligne.",
        "calcule.occurrences",
        "texte",
        told_occurrences,
    ),
    _national("thematiques", "Thèmes.", "themes", "liste", labels("themes", "themes")),
    _national("publics_concernes", "Publics.", "publics", "liste", labels("publics", "publics")),
    _national(
        "lien_d_inscription",
        "Adresse, courriel et téléphone pour réserver.",
        "inscription",
        "texte",
        texts("inscription.url inscription.courriel inscription.telephone", ", "),
    ),
    _national("age_minimum", "Âge minimal, en années.", "age.min", "nombre"),
    _national("age_maximum", "Âge maximal, en années.", "age.max", "nombre"),
    _national("lien", "Adresse de la page.", "url"),
    _national("identifiant_du_lieu", "Référence du lieu de l’annuaire.", "calcule.lieu.ref"),
    _national("nom_du_lieu", "Nom de l’endroit.", "calcule.adresse.nom"),
    _national("adresse", "Rue, code postal et commune.", "calcule.adresse", "texte", address),
    _national(
        "code_postal",
        "Code postal, quand il est connu.",
        "calcule.adresse.code_postal",
        "texte",
        postcode,
    ),
    _national("ville", "Commune.", "calcule.commune.nom"),
    _national("departement", "Nom du département.", "calcule.commune.nom_departement"),
    _national("region", "Nom de la région.", "calcule.commune.nom_region"),
    _national("telephone_du_lieu", "Téléphone du lieu.", "lieu/telephone"),
    _national("site_web_du_lieu", "Site du lieu.", "lieu/site"),
    _national(
        "tags_du_lieu", "Type du lieu.", "lieu/type", "liste", labels("types-lieux", "lieu/type")
    ),
    _national("description_du_lieu_fr", "Résumé du lieu.", "lieu/resume"),
    _national("acces_itineraire_fr", "Comment venir.", "lieu/acces"),
    _national("organisateur", "Qui l’organise.", "organisateurs", "liste", names("organisateurs")),
    _national("partenaire", "Qui y participe.", "partenaires", "liste", names("partenaires")),
    _national(
        "geolocalisation", "Latitude et longitude (WGS 84).", "calcule.position", "position", place
    ),
    _national(
        "horaires_iso",
        "Début et fin de chaque séance (ISO 8601), une par ligne.",
        "calcule.occurrences",
        "texte",
        iso_occurrences,
    ),
    _national("evenements_lies", "Événement qui le contient.", "evenement_parent"),
    _national("derniere_date", "Dernier jour.", "calcule.dernier_jour"),
    _national(
        "inscription_necessaire",
        "Oui ou Non ; vide si rien n’est dit.",
        "inscription.regime",
        "texte",
        booked,
    ),
    _national(
        "accessibilite_fr",
        "Handicaps pour lesquels tout est accessible.",
        "accessibilite",
        "liste",
        reachable,
    ),
    _national(
        "date_debut",
        "Premier jour, en mots.",
        "calcule.premier_jour",
        "texte",
        told_day("calcule.premier_jour"),
    ),
    _national(
        "date_fin",
        "Dernier jour, en mots.",
        "calcule.dernier_jour",
        "texte",
        told_day("calcule.dernier_jour"),
    ),
)
"""The columns of the national dataset that the contents fill, in its order."""


def _common() -> Iterator[Column]:
    """What we add to any table, after its own columns."""
    yield Column("publie_le", "Jour d’entrée dans le portail.", "publie_le")
    yield Column("modifie", "Jour de la dernière modification.", "modifie")
    yield Column("auteurs", "Qui a écrit la fiche.", "auteurs", "liste", names("auteurs"))
    yield Column("licence", "Licence du texte (identifiant SPDX).", "licence")
    yield Column("code_commune", "Code INSEE de la commune.", "calcule.commune.code")
    yield Column("code_epci", "Numéro SIREN de l’intercommunalité.", "calcule.commune.epci")
    yield Column("nom_epci", "Intercommunalité.", "calcule.commune.nom_epci")
    yield Column(
        "position_exacte", "Oui ; non si c’est celle de la commune.", "calcule.position.exacte",
        "oui-non",
    )  # fmt: skip
    for one in HANDICAPS:
        yield Column(
            f"acces_{one}", f"Accessibilité, handicap {one} : oui, partiel ou non ; "
            "vide si on l’ignore.", f"accessibilite.{one}",
        )  # fmt: skip
    yield Column("credit_image", "De qui est l’image.", "image.credit")
    yield Column("licence_image", "Licence de l’image.", "image.licence")


EVENT_COLUMNS: tuple[Column, ...] = (
    *_NATIONAL,
    Column("id", "Identifiant qui survit à un changement d’adresse.", "id"),
    Column("etat", "programme, complet, annule, reporte…", "etat"),
    Column("premier_jour", "Premier jour (AAAA-MM-JJ).", "calcule.premier_jour"),
    Column("mode", "presentiel, en-ligne ou hybride.", "calcule.mode"),
    Column("en_ligne", "Adresse où suivre.", "en_ligne"),
    Column("gratuit", "Vide si rien n’est dit.", "tarif.gratuit", "oui-non", free),
    Column("inscription", "aucune, conseillee ou obligatoire.", "inscription.regime"),
    Column("jauge", "Nombre de places.", "jauge", "nombre"),
    Column("format", "Codes des formats.", "format", "liste"),
    Column("themes", "Codes des thèmes.", "themes", "liste"),
    Column("publics", "Codes des publics.", "publics", "liste"),
    Column("envergure", "Label Fête de la science.", "envergure"),
    Column("temps_fort", "Rendez-vous dont il fait partie.", "temps_fort"),
    Column("edition", "Année de ce rendez-vous.", "edition", "nombre"),
    Column("etape", "Rang dans un parcours.", "etape", "nombre"),
    Column("openagenda", "Identifiant chez OpenAgenda.", "ids_externes.openagenda"),
    *_common(),
)

LIEU_COLUMNS: tuple[Column, ...] = (
    Column("id", "Identifiant qui survit à un changement d’adresse.", "id"),
    Column("ref", "Référence dans le portail.", "ref"),
    Column("url", "Adresse de la page.", "url"),
    Column("titre", "Nom.", "titre"),
    Column("resume", "Résumé.", "resume"),
    Column("type", "Code du type.", "type"),
    Column("nom_type", "Type.", "type", "liste", labels("types-lieux", "type")),
    Column("roles", "Codes des rôles.", "roles", "liste"),
    Column("themes", "Codes des thèmes.", "themes", "liste"),
    Column("publics", "Codes des publics.", "publics", "liste"),
    Column("mots_cles", "Mots-clés.", "mots_cles", "liste", entre=","),
    Column("rue", "Numéro et rue.", "calcule.adresse.rue"),
    Column(
        "code_postal", "Code postal, quand il est connu.", "calcule.adresse.code_postal",
        value=postcode,
    ),
    Column("commune", "Commune.", "calcule.commune.nom"),
    Column("departement", "Nom du département.", "calcule.commune.nom_departement"),
    Column("region", "Nom de la région.", "calcule.commune.nom_region"),
    Column(
        "geolocalisation", "Latitude et longitude (WGS 84).", "calcule.position", "position", place
    ),
    Column("site", "Son site web.", "site"),
    Column("courriel", "Adresse de la structure.", "courriel"),
    Column("telephone", "Numéro de la structure.", "telephone"),
    Column("horaires_ouverture", "Syntaxe opening_hours.", "horaires_ouverture"),
    Column("acces", "Comment venir.", "acces"),
    Column("duree_visite", "À prévoir.", "duree_visite"),
    Column("equipements", "Codes des équipements.", "equipements", "liste", types),
    Column("membre_de", "Réseaux dont il fait partie.", "membre_de", "liste"),
    Column("offre", "Codes de ce qu’il apporte aux autres.", "offre", "liste"),
    Column("verifie_le", "Jour de la dernière relecture.", "verifie_le"),
    *_common(),
    Column("horaires_en_mots", "Horaires, en mots.", "horaires_ouverture", value=told_hours),
    Column(
        "fermetures", "Premier et dernier jours de chaque fermeture (ISO 8601).", "fermetures",
        "liste", closed_days,
    ),
    Column("tarifs", "Prix d’entrée, en mots.", "tarifs", "texte", told_prices),
)  # fmt: skip

COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "evenements.csv": EVENT_COLUMNS,
    "lieux.csv": LIEU_COLUMNS,
}
"""The columns of each table, by the name of its file below ``/api/v1/``."""


# Tables of open data: the records of events and lieux, one a line, as those of the national
# dataset are written; the dictionary says it too.


def table(fichier: Fichier, site: Site) -> TextFile:
    """The table of a kind: a row of ``catalogue``, of format ``csv``."""
    assert fichier.kind is not None
    return _file(fichier.nom, fichier.url, published(site, fichier.kind), site)


def table_part(kind: Kind, url: str, items: Sequence[Item], site: Site) -> Iterator[TextFile]:
    """The table of some contents of a kind, if it has columns."""
    nom = table_of(kind)
    if nom in COLUMNS:
        yield _file(nom, url, items, site)


def _file(nom: str, url: str, items: Sequence[Item], site: Site) -> TextFile:
    return text_file(site, url, _rows, nom, tuple(item.ref for item in items))


def table_of(kind: Kind) -> str:
    """The name that the table of a kind has, if it has one.

    >>> table_of(Kind.LIEU)
    'lieux.csv'
    """
    return f"{api_of(kind).removeprefix(API).removesuffix('json')}csv"


def table_schema(kind: Kind, site: Site) -> TextFile:
    """The Table Schema (Frictionless Data, that of schema.data.gouv.fr) of the table of a kind,
    which that of each period follows too."""
    nom = table_of(kind)
    return text_file(site, schema_of(nom), _schema_text, nom)


def _schema_text(site: Site, nom: str) -> Iterator[str]:
    yield json.dumps(_schema(nom, site), ensure_ascii=False, indent=1) + "\n"


def _schema(nom: str, site: Site) -> dict[str, Any]:
    columns = COLUMNS[nom]
    return {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "name": nom.removesuffix(".csv"),
        "title": source_of(nom).titre,
        "description": source_of(nom).description,
        "homepage": site.config.absolute(DICTIONARY),
        "path": site.config.absolute(f"{API}{nom}"),
        "fields": [{"name": one.nom, **_typed(one)} for one in columns],
        "missingValues": [""],
        "primaryKey": "id",
    }


def _typed(column: Column) -> dict[str, Any]:
    told = {"description": column.description}
    if column.forme == "nombre":
        return {**told, "type": "integer"}
    if column.forme == "oui-non":
        return {**told, "type": "boolean", "trueValues": ["oui"], "falseValues": ["non"]}
    return {**told, "type": "string"}


def _rows(site: Site, nom: str, refs: Sequence[str]) -> Iterable[str]:
    columns = COLUMNS[nom]

    def lines() -> Iterator[list[str]]:
        for item in map(site.items.__getitem__, refs):
            lieu = site.lieu_of(item.entry)
            known = facts_of(lieu, site) if lieu else {}
            row = Row(record_of(item, site), known, item, site)
            yield [column.cell(row) for column in columns]

    return written([column.nom for column in columns], lines())
