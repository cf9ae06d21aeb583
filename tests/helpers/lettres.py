"""Issues of the letter for tests: one with every section, a quiet one, a hostile one."""

from datetime import date

from portail.features.channels.lettre.fragment import published
from portail.features.channels.lettre.issue import (
    Announced,
    Erratum,
    Frozen,
    Group,
    Issue,
    Line,
    Link,
    Masthead,
    Section,
)
from portail.features.channels.lettre.sent import PART, Sent
from remake import replace

THURSDAY = date(2021, 9, 30)
ENSEIGNE = Masthead(
    nom="Portail d’exemple",
    region="Hauts-de-France",
    siteurl="https://vitrine.example.org",
    courriel="redaction@portail.example.org",
    expediteur="lettre@portail.example.org",
    etiquette="vitrine.example.org,2021",
)
NUMERO = Issue(
    semaine="2021-s39",
    edition="region",
    nom="Hauts-de-France",
    jour=THURSDAY,
    sujet="Le ciel d’octobre",
    apercu="Ce week-end par département, une réservation avant lundi, deux annonces.",
    mot="<p>Bonjour,</p>\n<p>Octobre commence avec la "
    '<a href="/temps-forts/semaine-fictive-des-etoiles/">Semaine '
    "fictive des étoiles</a>.</p>",
    errata=(
        Erratum(
            ref="events/observation-annulee",
            titre="Observation annulée",
            mot="Annulé",
            texte="vendredi 1er octobre, Observatoire d’exemple. Annoncée dans la lettre du "
            "23 septembre, elle n’aura pas lieu.",
            url="/evenements/observation-annulee/",
        ),
        Erratum(
            ref="events/disparu",
            titre="Atelier *disparu*",
            mot="Retiré",
            texte="annoncé dans la lettre du 23 septembre pour le samedi 2 octobre.",
        ),
    ),
    sections=(
        Section(
            cle="savoir",
            titre="À savoir",
            groupes=(
                Group(
                    lignes=(
                        Line(
                            ref="articles/toutes-les-formes-du-texte",
                            url="/articles/toutes-les-formes-du-texte/",
                            titre="Toutes les formes du texte, *Strix aluco* comprise",
                            texte="Un article fictif qui montre tout ce qu’un texte peut dire : "
                            "titres, listes, notes, encadrés, citations et images, avec leurs "
                            "légendes et leurs crédits, pour voir la page comme un lecteur la lit.",
                            details="Article · 4 min",
                            raison="Épinglé par la rédaction.",
                        ),
                        Line(
                            ref="ressources/malle-fictive-du-son",
                            url="/ressources/malle-fictive-du-son/",
                            titre="Malle fictive du son",
                            texte="Une malle d’exemple à emprunter.",
                            details="Malle pédagogique · Musée d’exemple · Amiens",
                            raison="Publié le 27 septembre, depuis la dernière lettre.",
                        ),
                    )
                ),
            ),
        ),
        Section(
            cle="faire",
            titre="À faire cette semaine",
            groupes=(
                Group(
                    lignes=(
                        Line(
                            ref="events/spectacle-complet",
                            url="/evenements/spectacle-complet/",
                            titre="Spectacle complet",
                            details="Samedi, de 14 h à 17 h · Musée d’exemple, Amiens · 5,50 €",
                            etiquette="Complet",
                            raison="A lieu ce week-end dans la Somme.",
                        ),
                    ),
                ),
            ),
        ),
        Section(
            cle="prendre",
            titre="À prendre, à noter",
            groupes=(
                Group(
                    lignes=(
                        Line(
                            ref="events/atelier-fusees-exemple",
                            url="/evenements/atelier-fusees-exemple/",
                            titre="Atelier fusées",
                            details="Mercredi 6 octobre, à 14 h · Amiens · Gratuit",
                            etiquette="Inscription avant le 4 octobre",
                            raison="Inscription à prendre avant le 4 octobre.",
                        ),
                        Line(
                            ref="annonces/compter-les-lucioles",
                            url="/annonces/compter-les-lucioles/",
                            titre="Compter les lucioles",
                            details="Les amis des lucioles",
                            etiquette="Jusqu’au dimanche 3 octobre",
                            raison="Se termine le 3 octobre.",
                        ),
                    )
                ),
            ),
        ),
        Section(
            cle="ciel",
            titre="Le ciel de la semaine",
            lien=Link(texte="La carte et les heures", url="/ciel/"),
            groupes=(
                Group(vide="Jeudi soir : Jupiter à l’est."),
                Group(vide="Mercredi 6 octobre · Nouvelle Lune, à 13 h 05"),
            ),
        ),
        Section(
            cle="encore",
            titre="Et encore",
            groupes=(
                Group(
                    titre="Toute la saison",
                    lignes=(
                        Line(
                            ref="lieux/moulin-exemple",
                            url="/lieux/moulin-exemple/",
                            titre="Moulin d’exemple",
                            details="Amiens",
                        ),
                        Line(
                            ref="ressources/etoiles-d-exemple",
                            url="/ressources/etoiles-d-exemple/",
                            titre="Étoiles d’exemple",
                        ),
                    ),
                ),
                Group(
                    titre="Ce week-end",
                    liens=(Link(texte="Somme 12", url="/agenda/departement/somme/"),),
                ),
                Group(
                    liens=(
                        Link(texte="Tout le week-end", url="/agenda/week-end/"),
                        Link(texte="Tout l’agenda", url="/agenda/"),
                    )
                ),
            ),
        ),
    ),
    contributeurs=("La rédaction", "Musée d’exemple des sciences"),
)
"""An issue with every section."""

DIX = NUMERO.model_copy(
    update={
        "errata": NUMERO.errata[:1],
        "changements": NUMERO.errata[1:],
        "sections": (
            Section(
                cle="savoir",
                titre="À savoir",
                groupes=(
                    Group(
                        lignes=(
                            NUMERO.lignes[0].model_copy(update={"facile": "/articles/un/#Falc"}),
                        )
                    ),
                ),
            ),
            Section(
                cle="faire",
                titre="À faire cette semaine",
                groupes=(
                    Group(
                        lignes=tuple(
                            Line(
                                ref=f"events/e{rank}",
                                url=f"/evenements/e{rank}/",
                                titre="Pourquoi un bateau d’acier *flotte-t-il* ?" * (rank % 3 + 1),
                                details="Dunkerque · 8 €, dès 5 ans",
                                etiquette="Dimanche, à 14 h 30 et 16 h",
                                raison="A lieu le 2 octobre, avant la prochaine lettre.",
                            )
                            for rank in range(9)
                        )
                    ),
                ),
            ),
            NUMERO.sections[-1],
        ),
    }
)
"""An issue of ten things."""

CALME = NUMERO.model_copy(
    update={
        "semaine": "2021-s31",
        "jour": date(2021, 8, 5),
        "mot": "",
        "errata": (),
        "sections": NUMERO.sections[:1],
    }
)
"""A quiet week: no word, no rendez-vous."""

EN_COURS = NUMERO.model_copy(
    update={
        "sections": (
            Section(
                cle="encore",
                titre="Et encore",
                groupes=(
                    Group(
                        titre="Toujours en cours",
                        lignes=(
                            Line(
                                ref="temps-forts/mois",
                                url="/temps-forts/mois/",
                                titre="Un *mois*",
                                details="jusqu’au 8\u00a0octobre",
                            ),
                            Line(ref="temps-forts/an", url="/temps-forts/an/", titre="Un an"),
                        ),
                    ),
                ),
            ),
        ),
    }
)
"""A week of temps forts that go on, which hold in one sentence."""

HOSTILE = NUMERO.model_copy(
    update={
        "sujet": "Objet\r\nBcc: tous@example.org 🦉 \u200f<script>alert(1)</script>",
        "apercu": "]]> \"'><img src=x onerror=alert(1)> =1+1",
        "mot": "",
        "sections": (
            Section(
                cle="savoir",
                titre="À savoir",
                groupes=(
                    Group(
                        lignes=(
                            NUMERO.lignes[0].model_copy(
                                update={
                                    "titre": "M" * 140,
                                    "details": "\u202b שלום \u202c ]]></script> 👩🏽‍🔬",
                                }
                            ),
                        )
                    ),
                ),
            ),
        ),
    }
)
"""An issue whose words were chosen to break what quotes them."""


def envoi(*issues, fige_le=None):
    """The frozen file of a week with these editions (default: ``NUMERO``)."""
    issues = issues or (NUMERO,)
    return Frozen(
        semaine=issues[0].semaine,
        fige_le=fige_le or issues[0].jour,
        enseigne=ENSEIGNE,
        editions={one.edition: published(one) for one in issues},
        etats={
            "events/spectacle-complet": Announced(
                titre="Spectacle complet",
                etat="complet",
                jours=("2021-10-02T14:00",),
                lieu="Musée d’exemple, Amiens",
            )
        },
    )


def with_weeks(site, weeks):
    """A site as if these weeks had been sent, and no other."""
    return replace(site, parts={**site.parts, PART: Sent(weeks)})
