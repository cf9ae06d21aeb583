"""The words of an issue: what a reader is told of each content of a selection."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lettres import ENSEIGNE, below, links, words
from plans import Tree, entry
from portail.agenda.occurrences import local
from portail.agenda.weeks import Week
from portail.features.channels.lettre.issue import Announced
from portail.features.channels.lettre.mails import mail_view
from portail.features.channels.lettre.output import mail_text
from portail.features.channels.lettre.picks import Changed, Pick, Selection
from portail.features.channels.lettre.settings import Edition
from portail.features.channels.lettre.wording import letter_told, lines_of, subject
from portail.model.kinds import Kind

WEEK = Week(2021, 39)
REGION, SOMME = (
    Edition("region", "Hauts-de-France"),
    Edition("somme", "Somme", ("departement", "somme")),
)
BOOKING = {"regime": "obligatoire", "telephone": "03 20 00 00 00"}
EVENT = {"titre": "Bruits *d’eau*", "adresse": {"nom": "Halle", "commune": "Amiens"}}


def plain_spaces(text):
    return text.replace("\u00a0", " ")


def pick(ref, section="savoir", motive="nouveau", day=WEEK.thursday, count=0):
    return Pick(ref, section, motive, "Parce que.", local(day), count)


def issue(site, edition=REGION, **parts):
    return letter_told(Selection(WEEK, edition, **parts), site)


def line(tmp_path, folder, section, motive="semaine", day=WEEK.thursday, **fields):
    """The line of one content that is alone with a lieu."""
    body = fields.pop("body", "Une phrase.")
    files = {
        f"{folder}/un": entry(folder, body, **fields),
        "lieux/halle": entry("lieux", titre="Halle", commune="Amiens"),
    }
    lines = lines_of(Tree(tmp_path).site(files), WEEK)
    return lines.line(pick(f"{folder}/un", section, motive, day))


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"debut": "2021-10-02 14:00", "fin": "2021-10-02 17:00"}, "Samedi, de 14 h à 17 h"),
        ({"debut": "2021-10-02"}, "Samedi"),
        ({"seances": [{"debut": "2021-10-02 10:00"}, {"debut": "2021-10-02 14:00"},
                      {"debut": "2021-10-03 10:00"}]},
         "Samedi, à 10 h et 14 h ; dimanche, à 10 h"),
        ({"seances": [{"debut": f"2021-10-0{day} 10:00"} for day in (1, 2, 3, 4)]},
         "De vendredi à lundi, à 10 h"),
        ({"seances": [{"debut": f"2021-10-0{day} 10:00"} for day in (1, 3, 5)]},
         "Vendredi, dimanche et mardi, à 10 h"),
        ({"seances": [{"debut": "2021-09-30 05:30", "fin": "2021-09-30 07:30"},
                      {"debut": "2021-09-30 20:00", "fin": "2021-09-30 21:00"}]},
         "Jeudi, de 20 h à 21 h"),
        ({"debut": "2021-10-07 05:30", "fin": "2021-10-07 07:30"},
         "Jeudi 7 octobre, de 5 h 30 à 7 h 30"),
        ({"debut": "2021-09-29", "fin": "2021-10-02"}, "Jusqu’au 2 octobre"),
        ({"debut": "2021-10-02 20:00", "fin": "2021-10-03 02:00"}, "Samedi, de 20 h à 2 h"),
    ],
)  # fmt: skip
def test_what_is_on_says_when_first(tmp_path, fields, label):
    found = line(tmp_path, "events", "faire", **EVENT, **fields)
    assert (plain_spaces(found.etiquette), found.details) == (label, "Amiens")
    assert (found.texte, found.titre) == ("", "Bruits *d’eau*")


@pytest.mark.parametrize(
    ("motive", "fields", "label", "details"),
    [
        ("a-venir", {"debut": "2021-10-06 14:00", "tarif": {"prix": "5.5", "reduit": "3"},
                     "age": {"min": "8"}},
         "Mercredi 6 octobre, à 14 h", "Amiens · 5,50 €, dès 8 ans"),
        ("a-venir", {"debut": "2022-01-05", "publics": ["college", "lycee"]},
         "Mercredi 5 janvier 2022", "Amiens · Scolaires"),
        ("reservation", {"debut": "2021-10-06",
                         "inscription": BOOKING | {"avant_le": "2021-10-04"}},
         "Inscription jusqu’au 4 octobre", "Mercredi 6 octobre · Amiens"),
        ("a-venir", {"debut": "2021-10-06",
                     "inscription": BOOKING | {"avant_le": "2021-10-04"}},
         "Mercredi 6 octobre", "Amiens · Inscription jusqu’au 4 octobre"),
        ("a-venir", {"seances": [{"debut": "2021-10-06", "etat": "complet"},
                                 {"debut": "2021-10-13"}]},
         "Mercredi 13 octobre", "Amiens"),
        ("a-venir", {"debut": "2021-10-06", "adresse": None,
                     "en_ligne": "https://example.org/direct"},
         "Mercredi 6 octobre", "En ligne"),
    ],
)  # fmt: skip
def test_what_is_to_be_taken_says_until_when_first(tmp_path, motive, fields, label, details):
    found = line(tmp_path, "events", "prendre", motive, **(EVENT | fields))
    assert (plain_spaces(found.etiquette), plain_spaces(found.details)) == (label, details)


@pytest.mark.parametrize(
    ("folder", "section", "fields", "label", "details"),
    [
        ("articles", "savoir", {"auteurs": ["halle", "Ada"]}, "",
         "Article · Par Halle et Ada · 1 min"),
        ("articles", "savoir", {"genre": "portrait"}, "", "Portrait · 1 min"),
        ("articles", "savoir", {"genre": "vulgarisation"}, "", "Article · 1 min"),
        ("annonces", "prendre", {"echeance": "2021-10-03", "organisme": "halle"},
         "Jusqu’au dimanche 3 octobre", "Halle"),
        ("ressources", "prendre", {"type": "financement", "echeance": "2021-10-03",
                                   "porteur": "Région", "montant": "5 000 €"},
         "Jusqu’au dimanche 3 octobre", "Région"),
        ("projets", "savoir", {"porteurs": ["halle"]}, "", "Projet · Halle"),
        ("temps-forts", "faire", {}, "Octobre", ""),
        ("lieux", "savoir", {}, "", "Musée · Amiens"),
    ],
)  # fmt: skip
def test_other_lines(tmp_path, folder, section, fields, label, details):
    found = line(tmp_path, folder, section, "nouveau", **fields)
    assert (plain_spaces(found.etiquette), plain_spaces(found.details)) == (label, details)


def test_a_text_is_a_mail_of_numbered_things(tree):
    event = entry("events", debut="2021-10-02 14:00", tarif={"prix": "5.5"}, **EVENT)
    site = tree.site({"events/un": event, "articles/a": entry("articles", resume="Un résumé.")})
    found = issue(site, things=(pick("articles/a"), pick("events/un", "faire", "semaine")))
    text = plain_spaces("".join(mail_text(mail_view(found, ENSEIGNE))))
    assert text[text.index("1. ") :].split("\n")[:4] == [
        "1. Titre articles",
        "    https://vitrine.example.org/articles/a/?lettre=2021-s39",
        "   Un résumé.",
        "   Article · 1 min",
    ]
    assert text[text.index("2. ") :].split("\n")[:3] == [
        "2. Bruits d’eau",
        "    https://vitrine.example.org/evenements/un/?lettre=2021-s39",
        "   Samedi, à 14 h · Amiens · 5,50 €",
    ]


def test_sections_appear_with_their_lines_then_the_way_to_the_rest(tree):
    site = tree.site(
        {
            "events/a": entry("events", debut="2021-10-02", adresse={"commune": "Amiens"}),
            "events/club": entry("events", titre="Club", debut="2021-10-02 18:00",
                                 adresse={"commune": "Lille"}),
            "articles/a": entry("articles", titre="Un titre", resume="Un long résumé."),
            "annonces/a": entry("annonces", titre="Un appel", categorie="stage"),
        }
    )  # fmt: skip
    empty = issue(site, counts=(("80", 1),))
    assert (empty.lettre, empty.apercu, empty.sujet) == ("", "", "La lettre du jeudi")
    full = issue(
        site,
        things=(pick("articles/a"), pick("events/a", "faire", "semaine", WEEK.week_end[0])),
        season=(pick("events/club", "encore", "saison"),),
        counts=(("59", 12), ("80", 1)),
        asked=("annonces/a",),
        shelves=((Kind.LIEU, 2),),
    )
    assert below(full, "section/@class") == ["savoir", "faire", "encore"]
    assert full.refs == ("articles/a", "events/a", "events/club")
    club, *_ = words(below(full, "section[@class='encore']/p"))
    assert club == "Toute la saison : Club, Lille."
    assert links(full, "section/p[@class='voies']") == {
        "/agenda/departement/nord/": "Nord 12",
        "/agenda/departement/somme/": "Somme 1",
        "/agenda/": "Tout l’agenda",
        "/annonces/a/": "Une demande attend une réponse",
        "/lieux/": "Deux lieux de plus",
    }
    assert (full.sujet, full.apercu) == ("Un titre", "Titre events")
    assert full.tete == "articles/a"


def test_an_edition_leads_to_its_own_agenda(tree):
    site = tree.site({"events/a": entry("events", adresse={"commune": "Amiens"})})
    for one, url in ((REGION, "/agenda/"), (SOMME, "/agenda/departement/somme/")):
        found = issue(site, one, things=(pick("events/a", "prendre", "a-venir"),))
        assert next(iter(links(found, "section[@class='encore']"))) == url


def test_the_editors_have_the_last_word(tree):
    files = {
        "newsletters/2021-s39": entry(
            "newsletters", "## Bonjour\n\nVoyez [Halle](lieux/a)\n\n| a | b |\n|-|-|\n| c | d |",
            titre="L'eau, *enfin*",
        ),
        "lieux/a": entry("lieux"),
    }  # fmt: skip
    site = tree.site(files, siteurl="https://x.example")
    found = issue(site, things=(pick("lieux/a"),))
    assert (found.sujet, found.apercu) == ("L’eau, enfin", "Titre lieux")
    assert found.lettre.startswith(
        '<section class="mot">\n<p><strong>Bonjour</strong></p>\n'
        '<p>Voyez <a href="/lieux/a/">Halle</a></p>'
    )
    assert "table" not in found.lettre


THEN = Announced(etat="programme", jours=("2021-10-02T14:00",), lieu="Halle, Amiens")


@pytest.mark.parametrize(
    ("after", "word", "said"),
    [
        (None, "Retiré", "ce rendez-vous n’est plus sur le portail."),
        ({"etat": "annule"}, "Annulé", "ce rendez-vous n’aura pas lieu."),
        ({"etat": "reporte"}, "Reporté", "ce rendez-vous attend une nouvelle date."),
        ({"etat": "reprogramme", "jours": ("2021-10-09T15:30",)}, "Reporté",
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
    then = THEN.model_copy(update={"titre": "Le *titre*"})
    changed = Changed("events/a", then, now, Week(2021, 38))
    found = issue(site, errata=(changed,))
    assert [*links(found)] == ["/evenements/a/"] * bool(now) and "Le <em>titre</em>" in found.lettre
    where = "" if now and now.en_ligne else ", Halle, Amiens"
    assert words(below(found, "section[@class='errata']/p")) == [
        (
            f"{word} : Le titre, samedi 2 octobre à 14 h{where}. "
            f"Annoncé dans la lettre du 23 septembre, {said}"
        )
    ]


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
    then = THEN.model_copy(update={"lieu": place, "titre": title})
    elsewhere = then.model_copy(update={"lieu": f"{place} bis"})
    for now in (None, elsewhere, elsewhere.model_copy(update={"jours": ("2021-10-03T14:00",)})):
        changed = Changed("events/a", then, now, Week(2021, 38))
        (found,) = words(below(issue(site, errata=(changed,)), "section/p"))
        first, _, second = found.partition(". Annoncé")
        assert first.endswith(f"samedi 2 octobre à 14 h, {said}")
        assert "Exemple" not in second and (now is None or "bis" in second)


def test_a_change_leads_only_when_it_is_of_these_days(tree):
    site = tree.site({"events/a": entry("events"), "articles/a": entry("articles")})
    sunday = WEEK.last
    for days, order in (
        (0, ["errata", "savoir", "encore"]),
        (1, ["savoir", "encore", "changements"]),
    ):
        day = f"{sunday + timedelta(days)}T14:00"
        then = THEN.model_copy(update={"jours": (day,)})
        changed = Changed("events/a", then, None, Week(2021, 38))
        found = issue(site, errata=(changed,), things=(pick("articles/a"),))
        assert below(found, "section/@class") == order, days
    (brief,) = words(below(found, "section[@class='changements']/p"))
    assert brief.endswith(
        "lundi 4 octobre à 14 h, Halle, Amiens : ce rendez-vous n’est plus sur le portail."
    )


@pytest.mark.parametrize(
    ("title", "fields", "day", "said"),
    [
        ("Une éclipse à midi", {"debut": "2021-10-19 11:00"}, "2021-10-19",
         "Une éclipse à midi, mardi 19 octobre"),
        ("Mardi 19 octobre, une éclipse", {"debut": "2021-10-19 11:00"}, "2021-10-19",
         "Mardi 19 octobre, une éclipse"),
        ("Un soir de mardi", {"debut": "2021-10-19 11:00"}, "2021-10-19",
         "Un soir de mardi, le 19 octobre"),
        ("Combien ?", {"debut": "2022-01-04"}, "2022-01-04", "Combien ? · mardi 4 janvier 2022"),
        ("Mercure", {"debut": "2021-10-07", "fin": "2021-10-14"}, "2021-10-07",
         "Mercure, dès jeudi 7 octobre"),
        ("Mercure", {"debut": "2021-09-29", "fin": "2021-10-14"}, "2021-09-29", "Mercure"),
        ("La pluie (fine)", {"debut": "2021-10-19", "exemple": "true"}, "2021-10-19",
         "Exemple : La pluie (fine), mardi 19 octobre"),
    ],
)  # fmt: skip
def test_a_subject_made_of_an_event_says_its_day(tree, title, fields, day, said):
    site = tree.site({"events/a": entry("events", titre=title, **fields)})
    first = pick("events/a", "faire", "semaine", date.fromisoformat(day))
    found = issue(site, things=(first,))
    assert (plain_spaces(found.sujet), found.apercu) == (said, "")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=140))
def test_a_subject_is_one_short_line(event_site, title):
    found = subject(title, pick("events/a", "faire", "semaine", date(2022, 11, 25)), *event_site)
    assert len(found) <= 70 and ("25 novembre" in plain_spaces(found) or len(title) > 40)


@pytest.fixture(scope="module")
def event_site(tmp_path_factory):
    """An event and the day of a letter."""
    site = Tree(tmp_path_factory.mktemp("event")).site({"events/a": entry("events")})
    return site.items["events/a"], WEEK.thursday


def test_words_do_not_depend_on_the_day_of_the_build(tree):
    files = {
        "events/a": entry(
            "events",
            seances=[{"debut": f"2021-{day} 14:00"} for day in ("09-28", "09-30", "10-02")],
        ),
        "annonces/a": entry("annonces", echeance="2021-10-03"),
    }
    things = (pick("events/a", "faire", "semaine"), pick("annonces/a", "prendre", "echeance"))
    days = [tree.site(files, day=day) for day in WEEK.days]
    assert len({issue(site, things=things).model_dump_json() for site in days}) == 1
