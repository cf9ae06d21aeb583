"""The words of an issue: what a reader is told of each content of a selection."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doses import each, rows_of
from lettres import below, links, mailed, words
from plans import Tree, contents, entry
from portail.agenda.occurrences import local
from portail.agenda.weeks import Week
from portail.model.kinds import Kind
from portail_lettre.issue import Announced
from portail_lettre.picks import Changed, Pick, Selection
from portail_lettre.settings import Edition
from portail_lettre.wording import letter_told, lines_of, subject

WEEK = Week(2021, 39)
REGION, SOMME = (
    Edition("region", "Hauts-de-France"),
    Edition("somme", "Somme", ("departement", "somme")),
)
PHRASES = rows_of("portail_lettre/tests/phrases.yml")
EVENT = {"titre": "Bruits *d’eau*", "adresse": {"nom": "Halle", "commune": "Amiens"}}


def plain_spaces(text):
    return text.replace("\u00a0", " ")


def pick(ref, section="savoir", motive="nouveau", day=WEEK.thursday, count=0):
    return Pick(ref, section, motive, "Parce que.", local(day), count)


def issue(site, edition=REGION, **parts):
    return letter_told(Selection(WEEK, edition, **parts), site)


@each(PHRASES["lignes"])
def test_a_line_says_first_what_its_section_is_about(
    tree, dossier, section, motif, champs, etiquette, details
):
    """The content is alone with a lieu."""
    ref = f"{dossier}/un"
    files = {
        ref: entry(dossier, **(EVENT if dossier == "events" else {}) | champs),
        "lieux/halle": entry("lieux", titre="Halle", commune="Amiens"),
    }
    found = lines_of(tree.site(files), WEEK).line(pick(ref, section, motif))
    assert (plain_spaces(found.etiquette), plain_spaces(found.details)) == (etiquette, details)
    if section == "faire" and dossier == "events":
        assert (found.texte, found.titre) == ("", EVENT["titre"])


def test_a_text_is_a_mail_of_numbered_things(tree):
    event = entry("events", debut="2021-10-02 14:00", tarif={"prix": "5.5"}, **EVENT)
    site = tree.site({"events/un": event, "articles/a": entry("articles", resume="Un résumé.")})
    found = issue(site, things=(pick("articles/a"), pick("events/un", "faire", "semaine")))
    text = plain_spaces(mailed(found))
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
    site = tree.site(contents(PHRASES["rubriques"]["contenus"]))
    empty = issue(site, counts=(("80", 1),))
    assert (empty.lettre, empty.apercu, empty.sujet) == ("", "", "La lettre du jeudi")
    full = issue(
        site,
        things=(pick("articles/a"), pick("events/a", "faire", "semaine", WEEK.week_end[0])),
        season=(pick("events/club", "encore", "saison"),),
        counts=(("59", 12), ("80", 1)),
        shelves=((Kind.LIEU, 2),),
    )
    assert below(full, "section/@class") == ["savoir", "faire", "encore"]
    assert full.refs == ("articles/a", "events/a", "events/club")
    club, *_ = words(below(full, "section[@class='encore']/p"))
    assert club == "Toute la saison : Club, Lille."
    assert links(full, "section/p[@class='voies']") == PHRASES["rubriques"]["voies"]
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


THEN = {
    "titre": "Le *titre*",
    "etat": "programme",
    "jours": ["2021-10-02T14:00"],
    "lieu": "Halle, Amiens",
}


def changed(then, now):
    """An event that the letter of the week before announced."""
    after = Announced(**THEN | then | now) if now else None
    return (Changed("events/a", Announced(**THEN | then), after, WEEK.previous),)


@each(PHRASES["errata"])
def test_what_changed_is_told(tree, avant, apres, dit):
    site = tree.site({"events/a": entry("events")})
    found = issue(site, errata=changed(avant or {}, apres))
    assert words(below(found, "section/p")) == [dit]
    assert [*links(found)] == ["/evenements/a/"] * bool(apres)
    assert ("Le <em>titre</em>" in found.lettre) is not bool(avant)


def test_a_change_leads_only_when_it_is_of_these_days(tree):
    site = tree.site({"events/a": entry("events"), "articles/a": entry("articles")})
    sunday = WEEK.last
    for days, order in (
        (0, ["errata", "savoir", "encore"]),
        (1, ["savoir", "encore", "changements"]),
    ):
        day = f"{sunday + timedelta(days)}T14:00"
        found = issue(site, errata=changed({"jours": [day]}, None), things=(pick("articles/a"),))
        assert below(found, "section/@class") == order, days
    (brief,) = words(below(found, "section[@class='changements']/p"))
    assert brief.endswith(
        "lundi 4 octobre à 14 h, Halle, Amiens : ce rendez-vous n’est plus sur le portail."
    )


@each(PHRASES["sujets"])
def test_a_subject_made_of_an_event_says_its_day(tree, titre, champs, dit):
    site = tree.site({"events/a": entry("events", titre=titre, **champs)})
    first = pick("events/a", "faire", "semaine", date.fromisoformat(champs["debut"][:10]))
    found = issue(site, things=(first,))
    assert (plain_spaces(found.sujet), found.apercu) == (dit, "")


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
