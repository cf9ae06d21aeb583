"""The words of an issue: what a reader is told of each content of a selection."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doses import cases
from lettres import ENSEIGNE
from plans import Tree, entry
from portail.agenda.weeks import Week
from portail.features.channels.lettre.issue import (
    Announced,
    Group,
    Line,
    Section,
)
from portail.features.channels.lettre.lines import lines_of
from portail.features.channels.lettre.mails import mail_view, pictured
from portail.features.channels.lettre.picks import Changed, DepartementEvents, Pick, Selection
from portail.features.channels.lettre.settings import Edition
from portail.features.channels.lettre.text import mail_text
from portail.features.channels.lettre.wording import issue_view, subject

WEEK = Week(2021, 39)
SATURDAY, SUNDAY = WEEK.week_end
REGION, SOMME = (
    Edition("region", "Hauts-de-France"),
    Edition("somme", "Somme", ("departement", "somme")),
)
BOOKING = {"regime": "obligatoire", "telephone": "03 20 00 00 00"}
EVENT = {"titre": "Bruits *d’eau*", "adresse": {"nom": "Halle", "commune": "Amiens"}}


def plain_spaces(text):
    return text.replace("\u00a0", " ")


def pick(ref, motif="nouveau", jour=None):
    return Pick(ref, motif, "Parce que.", jour)


def issue(site, edition=REGION, **parts):
    return issue_view(Selection(WEEK, edition, **parts), site)


def line(tmp_path, section, folder, motif="nouveau", **fields):
    """The line of one content that is alone with a lieu."""
    body = fields.pop("body", "Une phrase.")
    files = {
        f"{folder}/un": entry(folder, body, **fields),
        "lieux/halle": entry("lieux", titre="Halle", commune="Amiens"),
    }
    return lines_of(Tree(tmp_path).site(files), WEEK).line(section, pick(f"{folder}/un", motif))


@pytest.mark.parametrize(
    ("fields", "details", "label"),
    [
        ({"debut": "2021-10-02 14:00", "fin": "2021-10-02 17:00"}, "Samedi, de 14 h à 17 h", ""),
        ({"debut": "2021-10-02"}, "Samedi", ""),
        ({"seances": [{"debut": "2021-10-02 10:00"}, {"debut": "2021-10-02 14:00"},
                      {"debut": "2021-10-03 10:00"}]},
         "Samedi, à 10 h et 14 h ; dimanche, à 10 h", ""),
        ({"seances": [{"debut": "2021-10-02 10:00", "fin": "2021-10-02 12:00"},
                      {"debut": "2021-10-03 10:00", "fin": "2021-10-03 12:00"}]},
         "Samedi et dimanche, de 10 h à 12 h", ""),
        ({"debut": "2021-09-01", "fin": "2021-12-15"}, "Jusqu’au 15 décembre", ""),
        ({"debut": "2021-10-01", "fin": "2021-10-02"}, "Jusqu’à samedi", ""),
        ({"debut": "2021-10-02 20:00", "fin": "2021-10-03 02:00"}, "Samedi, de 20 h à 2 h", ""),
        ({"debut": "2021-10-02 14:00", "etat": "complet"}, "Samedi, à 14 h", "Complet"),
        ({"seances": [{"debut": "2021-10-01 10:00", "etat": "complet"},
                      {"debut": "2021-10-02 10:00"}]}, "Samedi, à 10 h", ""),
        ({"seances": [{"debut": "2021-10-02 10:00", "etat": "complet"},
                      {"debut": "2021-10-03 14:00"}]},
         "Samedi, à 10 h ; dimanche, à 14 h", "Des places le 3 octobre à 14 h"),
    ],
)  # fmt: skip
def test_a_line_of_the_week_end(tmp_path, fields, details, label):
    found = line(tmp_path, "week-end", "events", "week-end", **EVENT, **fields)
    assert found.details.replace("\u00a0", " ") == f"{details} · Halle, Amiens"
    assert (found.nature, plain_spaces(found.etiquette), found.texte) == ("Atelier", label, "")
    assert found.titre == "Bruits *d’eau*"


@pytest.mark.parametrize(
    ("fields", "details", "label"),
    [
        ({"debut": "2021-10-06 14:00", "tarif": {"prix": "5.5"}, "age": {"min": "8"}},
         "Mercredi 6 octobre, à 14 h · Halle, Amiens · 5,50 €, dès 8 ans", ""),
        ({"debut": "2021-10-06", "publics": ["primaire"],
          "tarif": {"conditions": "70 € par classe, déplacement compris. Rien à prévoir."}},
         "Mercredi 6 octobre · Halle, Amiens · 70 € par classe, déplacement compris · Scolaires",
         ""),
        ({"debut": "2022-01-05", "publics": ["college", "lycee"]},
         "Mercredi 5 janvier 2022 · Halle, Amiens · Scolaires", ""),
        ({"debut": "2021-10-06",
          "inscription": BOOKING | {"avant_le": "2021-10-04"}},
         "Mercredi 6 octobre · Halle, Amiens", "Inscription jusqu’au 4 octobre"),
        ({"debut": "2021-10-06",
          "inscription": BOOKING | {"avant_le": "2021-09-30 12:00"}},
         "Mercredi 6 octobre · Halle, Amiens",
         "Inscription jusqu’au 30 septembre à 12 h, dernier jour"),
        ({"debut": "2021-10-06", "ancien_debut": "2021-10-05", "etat": "reporte"},
         "Mercredi 6 octobre · Halle, Amiens", "Reporté"),
        ({"seances": [{"debut": "2021-09-20"}, {"debut": "2021-10-06"}, {"debut": "2021-10-13"}]},
         "Mercredi 6 octobre et 1 autre date · Halle, Amiens", ""),
        ({"seances": [{"debut": "2021-10-06", "etat": "complet"}, {"debut": "2021-10-13"},
                      {"debut": "2021-10-20"}]},
         "Mercredi 13 octobre et 1 autre date · Halle, Amiens", "Des places dès le 13 octobre"),
        ({"seances": [{"debut": "2021-10-06", "etat": "complet"}, {"debut": "2021-10-13"}],
          "inscription": BOOKING | {"avant_le": "2021-10-04"}},
         "Mercredi 13 octobre · Halle, Amiens", "Inscription jusqu’au 4 octobre"),
        ({"debut": "2021-10-06", "adresse": None, "en_ligne": "https://example.org/direct"},
         "Mercredi 6 octobre · En ligne", "En ligne"),
    ],
)  # fmt: skip
def test_a_line_to_note(tmp_path, fields, details, label):
    found = line(tmp_path, "a-noter", "events", "reservation", **(EVENT | fields))
    assert (found.details.replace("\u00a0", " "), found.etiquette.replace("\u00a0", " ")) == (
        details, label,
    )  # fmt: skip


def test_a_mail_says_what_one_pays(tree):
    event = entry("events", debut="2021-10-06 14:00", tarif={"prix": "5.5", "reduit": "3"}, **EVENT)
    site = tree.site({"events/un": event})
    noted = issue(site, a_noter=(pick("events/un", "a-venir", date(2021, 10, 6)),))
    text = plain_spaces("".join(mail_text(mail_view(noted, ENSEIGNE))))
    assert text[text.index("  6 oct.") :].split("\n")[:3] == [
        "  6 oct.   Bruits d’eau",
        "           Mercredi 6 octobre, à 14 h · Halle, Amiens · 5,50 €, réduit 3 €",
        "           https://vitrine.example.org/evenements/un/",
    ]


@pytest.mark.parametrize(
    ("folder", "section", "fields", "nature", "details"),
    [
        ("articles", "une", {"auteurs": ["halle", "Ada"]}, "Article", "Par Halle et Ada · 1 min"),
        ("articles", "une", {"genre": "portrait"}, "Portrait", "Par La rédaction · 1 min"),
        ("articles", "une", {"genre": "vulgarisation"}, "Article", "Par La rédaction · 1 min"),
        ("annonces", "annonces", {"echeance": "2021-10-03", "organisme": "halle"}, "Stage",
         "Jusqu’au dimanche 3 octobre · Halle"),
        ("ressources", "nouveautes", {"type": "exposition", "proprietaire": "halle",
         "pret": {"panneaux": "11"}}, "Exposition", "Exposition, 11 panneaux · Halle"),
        ("ressources", "une", {"type": "exposition", "proprietaire": "halle",
         "pret": {"panneaux": "11"}}, "Exposition", "Halle · Amiens · À emprunter"),
        ("lieux", "nouveautes", {}, "Musée", "Amiens (Somme) · musée"),
        ("projets", "une", {"porteurs": ["halle"]}, "Projet", "Halle"),
        ("temps-forts", "une", {}, "Temps fort", "Octobre"),
        ("auteurs", "une", {}, "Auteur", ""),
    ],
)  # fmt: skip
def test_other_lines(tmp_path, folder, section, fields, nature, details):
    found = line(tmp_path, section, folder, **fields)
    assert (found.nature, found.details.replace("\u00a0", " ")) == (nature, details)


@pytest.mark.parametrize(
    ("echeance", "label"),
    [("2021-09-30", "Dernier jour"), ("2021-10-01", "Plus qu’un jour"),
     ("2021-10-03", "Plus que 3\u00a0jours"), ("2021-12-01", "")],
)  # fmt: skip
def test_how_long_an_annonce_lasts(tmp_path, echeance, label):
    found = line(tmp_path, "annonces", "annonces", "echeance", echeance=echeance)
    assert (found.etiquette, found.jour) == (label, date.fromisoformat(echeance))


def test_a_summary_stands_alone(tmp_path):
    found = line(tmp_path, "une", "articles", resume="Un résumé court").texte
    assert found == "Un résumé court"


def test_sections_appear_with_their_matter(tree):
    site = tree.site(
        {
            "events/a": entry("events", debut="2021-10-02", adresse={"commune": "Amiens"}),
            "events/b": entry("events", debut="2021-10-02", adresse={"commune": "Amiens"}),
            "articles/a": entry("articles", titre="Un titre"),
            "lieux/a": entry("lieux"),
            "pages/proposer": entry("pages"),
        }
    )
    empty = issue(site)
    assert (empty.sections, empty.apercu, empty.sujet) == ((), "", "La lettre du jeudi")
    spots = (
        DepartementEvents("aisne", "Aisne (02)", (), 0),
        DepartementEvents("somme", "Somme (80)", (pick("events/a", "week-end", SATURDAY),), 2),
    )
    full = issue(
        site, une=(pick("articles/a"),), week_end=spots, lieux=(pick("lieux/a"),),
        ruban=tuple((WEEK.thursday + timedelta(days=n), n) for n in range(7)),
    )  # fmt: skip
    assert [one.cle for one in full.sections] == ["une", "week-end", "nouveautes"]
    some, none = full.sections[1].groupes
    assert [(one.texte, one.url) for one in some.liens] == [
        ("Tous les rendez-vous de la Somme", "/agenda/departement/somme/")
    ]
    assert none.vide == "Aucun rendez-vous annoncé dans l’Aisne ce week-end."
    assert (none.titre, [one.url for one in none.liens]) == ("Aisne (02)", ["/proposer/"])
    several = (
        *spots,
        DepartementEvents("nord", "Nord (59)", (), 0),
        DepartementEvents("oise", "Oise (60)", (), 0),
    )
    elsewhere = issue(site, week_end=several).sections[0].groupes[1]
    assert (elsewhere.titre, elsewhere.vide) == (
        "Ailleurs",
        "Aucun rendez-vous annoncé dans l’Aisne, dans le Nord ni dans l’Oise ce week-end.",
    )
    assert full.sections[2].titre == "Nouveau dans l’annuaire"
    assert {one.url for one in full.ruban} == {"/agenda/2021-s39/", "/agenda/"}
    assert full.sujet == "Un titre"
    assert full.apercu == "Titre events · Titre lieux"


def test_an_edition_leads_to_its_own_agenda(tree):
    site = tree.site({"events/a": entry("events", adresse={"commune": "Amiens"})})
    noted = (pick("events/a", "a-venir", date(2021, 10, 9)),)
    links = [issue(site, one, a_noter=noted).sections[0].lien for one in (REGION, SOMME)]
    assert [one.url for one in links if one] == ["/agenda/", "/agenda/departement/somme/"]


def test_the_editors_have_the_last_word(tree):
    files = {
        "newsletters/2021-s39": entry(
            "newsletters", "## Bonjour\n\nVoyez [Halle](lieux/a)\n\n| a | b |\n|-|-|\n| c | d |",
            titre="L'eau, *enfin*",
        ),
        "lieux/a": entry("lieux"),
    }  # fmt: skip
    site = tree.site(files, siteurl="https://x.example")
    found = issue(site, lieux=(pick("lieux/a"),))
    assert found.sujet == "L’eau, enfin"
    assert found.mot.startswith(
        '<p><strong>Bonjour</strong></p>\n<p>Voyez <a href="https://x.example/lieux/a/">Halle</a></p>'
    )
    assert "table" not in found.mot


THEN = Announced(etat="programme", jours=("2021-10-02T14:00",), lieu="Halle, Amiens")


@pytest.mark.parametrize(
    ("after", "word", "said"),
    [
        (None, "Retiré", "ce rendez-vous n’est plus sur le portail."),
        ({"etat": "annule"}, "Annulé", "ce rendez-vous n’aura pas lieu."),
        ({"etat": "reporte"}, "Reporté", "ce rendez-vous attend une nouvelle date."),
        ({"etat": "reporte", "jours": ("2021-10-09T15:30",)}, "Reporté",
         "ce rendez-vous a lieu le samedi 9 octobre à 15 h 30."),
        ({"jours": ("2021-10-02T15:00",)}, "Nouvel horaire",
         "ce rendez-vous a lieu le samedi 2 octobre à 15 h."),
        ({"jours": ("2021-10-09", "2021-10-10"), "lieu": "Parc"}, "Nouvelles dates",
         "ce rendez-vous a lieu les samedi 9 et dimanche 10 octobre, Parc."),
        ({"etat": "deplace-en-ligne", "en_ligne": True}, "Déplacé en ligne",
         "ce rendez-vous se suit à distance."),
        ({"jours": ("2021-10-02T15:00",), "en_ligne": True}, "Nouvel horaire",
         "ce rendez-vous a lieu le samedi 2 octobre à 15 h, en ligne."),
        ({"lieu": "Parc, Lille"}, "Déplacé", "ce rendez-vous a lieu ailleurs : Parc, Lille."),
    ],
)  # fmt: skip
def test_what_changed_is_told(tree, after, word, said):
    site = tree.site({"events/a": entry("events")})
    now = THEN.model_copy(update=after) if after is not None else None
    (found,) = issue(
        site, errata=(Changed("events/a", "Le *titre*", THEN, now, Week(2021, 38)),)
    ).errata
    assert (found.titre, found.mot, found.url) == ("Le *titre*", word, "/evenements/a/" * bool(now))
    where = "" if now and now.en_ligne else ", Halle, Amiens"
    assert plain_spaces(found.texte) == (
        f"samedi 2 octobre à 14 h{where}. Annoncé dans la lettre du 23 septembre, {said}"
    )


@pytest.mark.parametrize(
    ("title", "place", "said"),
    [
        ("Exemple · Concert", "Exemple · La Cale, hors les murs, Lille",
         "La Cale, hors les murs, Lille"),
        ("Concert", "Exemple · La Cale, Lille", "La Cale (exemple), Lille"),
        ("Concert", "Exemple · La Cale", "La Cale (exemple)"),
        ("Concert", "La Cale, Lille", "La Cale, Lille"),
    ],
)  # fmt: skip
def test_an_erratum_says_an_example_after_its_name(tree, title, place, said):
    site = tree.site({"events/a": entry("events")})
    then = THEN.model_copy(update={"lieu": place})
    elsewhere = then.model_copy(update={"lieu": f"{place} bis"})
    for now in (None, elsewhere, elsewhere.model_copy(update={"jours": ("2021-10-03T14:00",)})):
        changed = Changed("events/a", title, then, now, Week(2021, 38))
        (found,) = issue(site, errata=(changed,)).errata
        first, _, second = plain_spaces(found.texte).partition(". Annoncé")
        assert first == f"samedi 2 octobre à 14 h, {said}"
        assert "Exemple" not in second and (now is None or "bis" in second)


def test_a_figure_and_its_source(tree):
    figure = {"libelle": "Visiteurs", "valeur": "12 000", "annee": "2020", "source": "Rapport"}
    files = {
        "articles/a": entry("articles", titre="Un musée", chiffre=figure),
        "articles/b": entry(
            "articles", titre="Trois *salles*", chiffre={"libelle": "salles", "valeur": "3"}
        ),
    }
    site = tree.site(files)
    found = [issue(site, chiffre=ref).chiffre for ref in files]
    assert [(one.ref, one.valeur, one.libelle, one.source.texte) for one in found if one] == [
        ("articles/a#0", "12\u00a0000", "visiteurs en 2020", "Rapport"),
        ("articles/b#0", "3", "salles", "Trois salles"),
    ]


def test_an_answer_is_the_field_of_its_article_or_its_first_box(tree):
    box = "Texte.\n\n> [!NOTE]\n> La craie **grandit**.\n>\n> Un peu.\n\n> [!NOTE]\n> Autre.\n"
    files = {
        "articles/a": entry("articles", box, titre="Une *craie*"),
        "articles/b": entry("articles", box, a_retenir="Rien ne bouge ici."),
    }
    site = tree.site(files)
    found = [issue(site, reponse=ref).reponse for ref in files]
    assert [(one.titre, one.texte, one.url) for one in found if one] == [
        ("Une *craie*", "La craie grandit. Un peu.", "/articles/a/"),
        ("Titre articles", "Rien ne bouge ici.", "/articles/b/"),
    ]


def test_temps_forts_have_a_line_each_before_what_is_told_at_length(tree):
    files = {
        "temps-forts/fete": entry(
            "temps-forts",
            titre="Fête",
            resume="Des laboratoires ouvrent leurs portes. " + "On y entre sans réserver. " * 9,
            editions={2021: {"du": "2021-10-01", "au": "2021-10-11"}},
        ),
        "temps-forts/longue": entry("temps-forts", titre="Longue *semaine*"),
        "articles/a": entry("articles", titre="Un article"),
        "articles/b": entry("articles", titre="Un autre"),
    }
    site = tree.site(files)
    first = Pick("temps-forts/fete", "temps-fort", "Parce que.", date(2021, 10, 1), 34)
    second = Pick("temps-forts/longue", "en-cours", "Parce que.", date(2021, 10, 8), 3)
    told = {"temps_forts": (second, first), "une": (pick("articles/a"), pick("articles/b"))}
    full = issue(site, **told)
    (section,) = full.sections
    assert [(group.serre, [one.titre for one in group.lignes]) for group in section.groupes] == [
        (False, ["Fête"]), (True, ["Longue *semaine*"]), (False, ["Un article", "Un autre"]),
    ]  # fmt: skip
    (fete,), (longue,) = (group.lignes for group in section.groupes[:2])
    assert fete.texte.startswith("Des laboratoires ouvrent leurs portes.")
    assert len(fete.texte) <= 160, "it holds in a line or two"
    assert (fete.jour, plain_spaces(fete.details)) == (
        date(2021, 10, 1), "Du 1er au 11 octobre 2021 · 34 rendez-vous",
    )  # fmt: skip
    near = issue(site, SOMME, **told).sections[0].lignes[0]
    assert plain_spaces(near.details).endswith(" · 34 rendez-vous près de chez vous")
    assert (longue.texte, longue.nature, longue.jour) == ("", "", None)
    assert plain_spaces(longue.details) == "jusqu’au 8 octobre, 3 rendez-vous"
    assert full.sujet == "Un article", "what is told at length leads"
    assert full.apercu == "Un autre · Fête"
    lead = pictured(full.sections)
    assert lead and lead.ref == "articles/a"


def test_an_erratum_leads_only_when_it_is_about_the_week(tree):
    site = tree.site({"events/a": entry("events"), "articles/a": entry("articles")})
    thursday = WEEK.thursday
    for days, order in ((6, ["errata", "section"]), (7, ["section", "errata"])):
        day = f"{thursday + timedelta(days)}T14:00"
        then = THEN.model_copy(update={"jours": (day,)})
        changed = Changed("events/a", "Titre", then, None, Week(2021, 38))
        found = issue(site, errata=(changed,), une=(pick("articles/a"),))
        assert [name for name, _ in found.blocs] == order, days


@cases(("title", "section", "said"), [
    ("La pluie", "une", "Exemple : La pluie, jeudi 8 décembre"),
    ("La pluie (fine)", "une", "Exemple : La pluie (fine), jeudi 8 décembre"),
    ("Combien pèse un nuage ?", "une", "Exemple : Combien pèse un nuage ? · jeudi 8 décembre"),
    ("La pluie", "a-noter", "À noter : La pluie (exemple), jeudi 8 décembre"),
])  # fmt: skip
def test_a_subject_says_once_that_it_is_invented(title, section, said):
    one = Line(ref="a/b", url="/a/b/", titre=f"Exemple · {title}")
    led = [Section(cle=section, titre="Titre", groupes=(Group(lignes=(one,)),))]
    day = {"a/b": ("jeudi 8 décembre", "8 décembre")}
    assert plain_spaces(subject(led, WEEK, day)) == said


def test_a_quiet_week_says_so_first(letters):
    events = {
        f"events/{town.lower()}-{number}": entry(
            "events", titre=f"Bal {number}", debut=f"{day} 14:00", publie_le="2021-06-01",
            adresse={"commune": town},
        )
        for town in ("Laon", "Lille", "Beauvais", "Arras", "Amiens")
        for number, day in enumerate(("2021-10-02", "2021-10-03", "2021-10-05", "2021-10-06"))
    }  # fmt: skip
    school = {"publics": ["primaire"], "publie_le": "2021-06-01"}
    events |= {
        f"events/classe-{number}": entry("events", debut="2021-10-07 09:00", **school)
        for number in range(3)
    }
    events |= {
        f"annonces/stage-{number}": entry(
            "annonces", echeance="2021-10-04", publie_le="2021-06-01"
        )
        for number in range(3)
    }  # fmt: skip
    week = {2021: {"du": "2021-10-01", "au": "2021-10-03"}}
    events["temps-forts/fete"] = entry("temps-forts", editions=week)
    quiet = issue_view(chosen := letters.choose(events), letters.site())
    (first, *_) = quiet.sections
    assert (first.titre, plain_spaces(first.groupes[0].vide)) == (
        "À la une", "Semaine calme : rien de nouveau, mais des dates à retenir.",
    )  # fmt: skip
    assert len(quiet.lignes) == 15 and len(chosen.annonces) == 3, "what ends cannot wait"
    assert "Peut attendre : la semaine est calme, la lettre est courte." in {
        left.reason for left in chosen.laisses
    }
    news = letters.choose({"articles/un": entry("articles", publie_le="2021-09-26")})
    busy = issue_view(news, letters.site())
    assert not any(group.vide.startswith("Semaine") for group in busy.sections[0].groupes)
    assert len(busy.lignes) > 15


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=140))
def test_a_subject_is_one_short_line(title):
    one = Line(ref="a/b", url="/a/b/", titre=title)
    led = [Section(cle="une", titre="À la une", groupes=(Group(lignes=(one,)),))]
    assert len(subject(led, WEEK, {})) <= 70
    dated = subject(led, WEEK, {"a/b": ("vendredi 25 novembre 2022", "25 novembre 2022")})
    assert len(dated) <= 70
    assert "25 novembre" in plain_spaces(dated)


@pytest.mark.parametrize(
    ("title", "fields", "said"),
    [
        ("Une éclipse à midi", {"debut": "2021-10-19 11:00"},
         "Une éclipse à midi, mardi 19 octobre"),
        ("Mardi 19 octobre, une éclipse", {"debut": "2021-10-19 11:00"},
         "Mardi 19 octobre, une éclipse"),
        ("Combien ?", {"debut": "2022-01-04"}, "Combien ? · mardi 4 janvier 2022"),
        ("Mercure", {"debut": "2021-10-07", "fin": "2021-10-14"}, "Mercure, dès le 7 octobre"),
        ("Mercure", {"debut": None, "horaires": {"du": "2021-10-07", "au": "2021-10-14"}},
         "Mercure, dès le 7 octobre"),
        ("Mercure", {"debut": "2021-09-07", "fin": "2021-10-14"}, "Mercure, jusqu’au 14 octobre"),
        ("Mercure, la planète que l’on ne voit presque à Lille", {"debut": "2021-10-19"},
         "Mercure, la planète que l’on ne voit presque à Lille, mardi 19 octobre"),
    ],
)  # fmt: skip
def test_a_subject_made_of_an_event_says_its_day(tree, title, fields, said):
    site = tree.site({"events/a": entry("events", titre=title, **fields)})
    found = issue(site, une=(pick("events/a"),))
    assert (plain_spaces(found.sujet), found.apercu) == (said, "")
    longer = f"{title}{' encore' * 20}"[:133]
    long = tree.site({"events/a": entry("events", titre=longer, **fields)})
    found = issue(long, une=(pick("events/a"),))
    assert len(found.sujet) <= 70 and found.apercu == "", "the subject says it, though cut"


def test_the_day_of_an_event_is_said_once_in_a_subject(tree):
    site = tree.site({"events/a": entry("events", titre="Bal", debut="2021-10-02")})
    noted = issue(site, a_noter=(pick("events/a", "a-venir", date(2021, 10, 19)),)).sujet
    assert plain_spaces(noted) == "À noter : Bal, samedi 2 octobre"
    spot = DepartementEvents("", "En ligne", (pick("events/a", "week-end", SATURDAY),), 1)
    assert plain_spaces(issue(site, week_end=(spot,)).sujet) == "Week-end du 2 octobre : Bal"


def test_words_do_not_depend_on_the_day_of_the_build(tree):
    files = {
        "events/a": entry(
            "events",
            seances=[{"debut": f"2021-{day} 14:00"} for day in ("09-28", "09-30", "10-02")],
        ),
        "annonces/a": entry("annonces", echeance="2021-10-03"),
    }
    parts = {
        "week_end": (
            DepartementEvents("", "En ligne", (pick("events/a", "week-end", SATURDAY),), 1),
        ),
        "a_noter": (pick("events/a", "a-venir"),),
        "annonces": (pick("annonces/a", "echeance"),),
    }
    days = [tree.site(files, day=day) for day in WEEK.days]
    assert len({issue(site, **parts).model_dump_json() for site in days}) == 1


def test_what_ends_names_fundings_where_there_are_some(tree):
    files = {
        "ressources/a": entry("ressources", type="financement", echeance="2021-10-03",
                              porteur="Région", montant="5 000 €"),
    }  # fmt: skip
    site = tree.site(files)
    (section,) = issue(site, annonces=(pick("ressources/a", "echeance"),)).sections
    assert section.titre == "Annonces et financements qui se terminent"
    assert section.lien and section.lien.url == "/boite-a-outils/"
    (line_,) = section.groupes[0].lignes
    assert line_.details == "Jusqu’au dimanche 3\u00a0octobre · Région"
    assert (line_.jour, line_.etiquette) == (date(2021, 10, 3), "Plus que 3\u00a0jours")
