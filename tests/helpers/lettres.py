"""Issues of the letter for tests: one with every section, a quiet one, a hostile one."""

from datetime import date, timedelta

from portail.features.channels.lettre.issue import (
    Announced,
    Erratum,
    Figure,
    Frozen,
    Group,
    Issue,
    Line,
    Link,
    Masthead,
    RibbonDay,
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
    chapo="Cinq nouveautés, trois rendez-vous ce week-end.",
    mot="<p>Bonjour,</p>\n<p>Octobre commence avec la "
    '<a href="https://vitrine.example.org/temps-forts/semaine-fictive-des-etoiles/">Semaine '
    "fictive des étoiles</a>.</p>",
    ruban=tuple(
        RibbonDay(
            jour=THURSDAY + timedelta(days=rank),
            nombre=number,
            url="/agenda/2021-s39/" if rank < 4 else "/agenda/2021-s40/",
        )
        for rank, number in enumerate((2, 3, 5, 0, 2, 1, 2))
    ),
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
            cle="une",
            titre="À la une",
            groupes=(
                Group(
                    lignes=(
                        Line(
                            ref="articles/toutes-les-formes-du-texte",
                            url="/articles/toutes-les-formes-du-texte/",
                            titre="Toutes les formes du texte, *Strix aluco* comprise",
                            nature="Article",
                            couleur="brique",
                            texte="Un article fictif qui montre tout ce qu’un texte peut dire : "
                            "titres, listes, notes, encadrés, citations et images, avec leurs "
                            "légendes et leurs crédits, pour voir la page comme un lecteur la lit.",
                            details="Par La rédaction · 4 min",
                            raison="Épinglé par la rédaction.",
                        ),
                        Line(
                            ref="ressources/malle-fictive-du-son",
                            url="/ressources/malle-fictive-du-son/",
                            titre="Malle fictive du son",
                            nature="Malle pédagogique",
                            couleur="guede",
                            texte="Une malle d’exemple à emprunter.",
                            details="Musée d’exemple · Amiens",
                            raison="Publié le 27 septembre, depuis la dernière lettre.",
                        ),
                    )
                ),
            ),
        ),
        Section(
            cle="week-end",
            titre="Ce week-end",
            lien=Link(texte="Tout le week-end", url="/agenda/week-end/"),
            groupes=(
                Group(
                    titre="Somme (80)",
                    lignes=(
                        Line(
                            ref="events/spectacle-complet",
                            url="/evenements/spectacle-complet/",
                            titre="Spectacle complet",
                            nature="Spectacle",
                            couleur="iris",
                            details="Samedi, de 14 h à 17 h · Musée d’exemple, Amiens · 5,50 €",
                            jour=date(2021, 10, 2),
                            etiquette="Complet",
                            raison="A lieu ce week-end dans la Somme.",
                        ),
                    ),
                    liens=(Link(texte="Les 12 rendez-vous", url="/agenda/departement/somme/"),),
                ),
                Group(
                    titre="Aisne (02)",
                    vide="Aucun rendez-vous annoncé dans l’Aisne ce week-end.",
                    liens=(Link(texte="Voir la semaine suivante", url="/agenda/2021-s40/"),),
                ),
            ),
        ),
        Section(
            cle="a-noter",
            titre="À noter",
            lien=Link(texte="Trois semaines", url="/agenda/"),
            groupes=(
                Group(
                    lignes=(
                        Line(
                            ref="events/atelier-fusees-exemple",
                            url="/evenements/atelier-fusees-exemple/",
                            titre="Atelier fusées",
                            nature="Atelier",
                            couleur="chicoree",
                            details="Mercredi 6 octobre, à 14 h · Amiens · Gratuit",
                            jour=date(2021, 10, 4),
                            etiquette="Inscription avant le 4 octobre",
                            raison="Inscription à prendre avant le 4 octobre.",
                        ),
                    )
                ),
            ),
        ),
        Section(
            cle="annonces",
            titre="Annonces qui se terminent",
            lien=Link(texte="Les annonces", url="/annonces/"),
            groupes=(
                Group(
                    lignes=(
                        Line(
                            ref="annonces/compter-les-lucioles",
                            url="/annonces/compter-les-lucioles/",
                            titre="Compter les lucioles",
                            nature="Appel à participation",
                            couleur="houblon",
                            details="Jusqu’au dimanche 3 octobre · Les amis des lucioles",
                            jour=date(2021, 10, 3),
                            etiquette="Plus que 3 jours",
                            raison="Se termine le 3 octobre.",
                        ),
                    )
                ),
            ),
        ),
        Section(
            cle="nouveautes",
            titre="Nouveau dans l’annuaire et le catalogue",
            groupes=(
                Group(
                    titre="Annuaire",
                    lignes=(
                        Line(
                            ref="lieux/moulin-exemple",
                            url="/lieux/moulin-exemple/",
                            titre="Moulin d’exemple",
                            nature="Site patrimonial",
                            details="Amiens (Somme) · site patrimonial",
                            raison="Entré dans l’annuaire le 25 septembre.",
                        ),
                    ),
                ),
                Group(
                    titre="Catalogue",
                    lignes=(
                        Line(
                            ref="ressources/etoiles-d-exemple",
                            url="/ressources/etoiles-d-exemple/",
                            titre="Étoiles d’exemple",
                            nature="Exposition",
                            details="Exposition, 11 panneaux · Musée d’exemple",
                            raison="Entré dans le catalogue le 24 septembre.",
                        ),
                    ),
                ),
            ),
        ),
    ),
    chiffre=Figure(
        ref="lieux/musee-exemple-des-sciences#0",
        valeur="12 000",
        libelle="visiteurs fictifs en 2020 au Musée d’exemple des sciences.",
        source=Link(texte="Musée d’exemple", url="/lieux/musee-exemple-des-sciences/"),
    ),
    contributeurs=("La rédaction", "Musée d’exemple des sciences"),
)
"""An issue with every section."""

DIX = NUMERO.model_copy(
    update={
        "ruban": (),
        "errata": NUMERO.errata[:1],
        "changements": NUMERO.errata[1:],
        "chiffre": None,
        "sections": (
            Section(
                cle="savoir",
                titre="À savoir",
                groupes=(
                    Group(
                        lignes=(
                            NUMERO.sections[0]
                            .lignes[0]
                            .model_copy(update={"nature": "", "facile": "/articles/un/#Falc"}),
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
                                couleur="guede",
                                details="Dunkerque · 8 €, dès 5 ans",
                                etiquette="Dimanche, à 14 h 30 et 16 h",
                                raison="A lieu le 2 octobre, avant la prochaine lettre.",
                            )
                            for rank in range(9)
                        )
                    ),
                ),
            ),
            Section(
                cle="encore",
                titre="Et encore",
                groupes=(
                    Group(titre="Toute la saison", lignes=NUMERO.sections[1].lignes, serre=True),
                    Group(
                        titre="Ce week-end",
                        liens=(Link(texte="Somme 3", url="/agenda/departement/somme/"),),
                    ),
                    Group(liens=(Link(texte="Tout l’agenda", url="/agenda/"),)),
                ),
            ),
        ),
    }
)
"""An issue of ten things, as letters are made."""

CALME = NUMERO.model_copy(
    update={
        "semaine": "2021-s31",
        "jour": date(2021, 8, 5),
        "mot": "",
        "errata": (),
        "chiffre": None,
        "sections": (
            Section(cle="relire", titre="À redécouvrir", groupes=NUMERO.sections[0].groupes),
        ),
    }
)
"""A quiet week: no word, no rendez-vous, no figure."""

EN_COURS = NUMERO.model_copy(
    update={
        "sections": (
            Section(
                cle="une",
                titre="À la une",
                groupes=(
                    Group(
                        titre="Toujours en cours",
                        serre=True,
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
                cle="une",
                titre="À la une",
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
        editions={one.edition: one for one in issues},
        etats={
            "events/spectacle-complet": Announced(
                etat="complet", jours=("2021-10-02T14:00",), lieu="Musée d’exemple, Amiens"
            )
        },
    )


def with_weeks(site, weeks):
    """A site as if these weeks had been sent, and no other."""
    return replace(site, parts={**site.parts, PART: Sent(weeks)})
