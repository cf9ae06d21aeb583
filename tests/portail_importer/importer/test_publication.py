"""What its author did not publish is not published, whatever source says it."""

import json
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from arrivages import contents, front
from calendriers_fictifs import calendar
from doses import cases
from portail.cli import main
from portail.text.normalise import name_key
from portail.text.public import (
    Fate,
    public_table,
    publication,
    safest,
    said_in,
    said_under,
    speaks,
    state_of,
)

DAY = "2026-11-25"
SECRET = "sésame-ouvre"
READY, LATER, DRAFT, DOUBT, LEFT = "prêt", "à venir", "brouillon", "à compléter", "non repris"
GIVEN = ["--avec", "format=conference", "--avec", "publics=adultes"]


def becomes(site, source):
    """What the text « Le vent » of ``source`` becomes; « La pluie », beside it, is ready."""
    assert main(["importer", str(source), "--date", DAY, *GIVEN]) in (0, 1)
    there = {file.stem: file.read_text() for file in site.glob("content/*/*/*.md")}
    assert "la-pluie" in there
    if "le-vent" not in there:
        return LEFT
    said = yaml.safe_load(there["le-vent"].split("---\n")[1])
    if "\n# À compléter : " in there["le-vent"]:
        assert said["statut"] == "brouillon"
        return DOUBT
    if said.get("statut") == "brouillon":
        return DRAFT
    published = str(said["publie_le"])
    assert published <= DAY or published.startswith("2027-0")
    return LATER if published > DAY else READY


def _file(folder, name, data):
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder / name


def ics(folder, key, value):
    rows = ["DTSTART:20261210T180000Z", "LOCATION:Salle\\, 80000 Amiens", "DESCRIPTION:Un texte."]
    said = [["UID:1@e.org", "SUMMARY:Le vent", *rows, f"{key}:{value}"],
            ["UID:2@e.org", "SUMMARY:La pluie", *rows]]  # fmt: skip
    return _file(folder, "saison.ics", calendar(said))


def openagenda(folder, key, value):
    def event(uid, title, **more):
        timings = [{"begin": "2026-12-10T18:00:00+01:00", "end": "2026-12-10T20:00:00+01:00"}]
        place = {"name": "Salle", "city": "Amiens", "postalCode": "80000"}
        return {"uid": uid, "title": {"fr": title}, "description": {"fr": "Un texte."},
                "timings": timings, "location": place} | more  # fmt: skip

    events = [event(1, "Le vent", **{key: json.loads(value)}), event(2, "La pluie", state=2)]
    return _file(folder, "agenda.json", json.dumps({"events": events}))


def page(folder, key, value):
    def event(title):
        return {"@type": "Event", "name": title, "startDate": "2026-12-10T18:00",
                "url": f"https://e.org/{title[-3:]}", "description": "Un texte.",
                "location": {"name": "Salle", "address": "80000 Amiens"}}  # fmt: skip

    data = json.dumps([event("Le vent") | {key: value}, event("La pluie")])
    return _file(folder, "page.html",
                 f'<!doctype html><script type="application/ld+json">{data}</script>')  # fmt: skip


_SPACES = (
    'xmlns:app="http://www.w3.org/2007/app" xmlns:blogger="http://schemas.google.com/blogger/2018"'
    ' xmlns:thr="http://purl.org/syndication/thread/1.0"'
)


DAYS = {"date_published": "2024-03-01T10:00:00Z"}
PUB_DATE = "<pubDate>Fri, 01 Mar 2024 10:00:00 +0000</pubDate>"


def rss(folder, key, value):
    said = f"<{key}>{value}</{key}>" + PUB_DATE * (key != "pubDate")
    items = (
        f"<item><guid>{title}</guid><title>{title}</title><description>Un texte.</description>"
        f"{more}</item>"
        for title, more in (("Le vent", said), ("La pluie", PUB_DATE))
    )
    return _file(folder, "flux.xml", f"<rss {_SPACES}><channel>{''.join(items)}</channel></rss>")


def json_feed(folder, key, value):
    items = [{"id": "1", "title": "Le vent", "content_text": "Un texte.", **DAYS, key: value},
             {"id": "2", "title": "La pluie", "content_text": "Un texte.", **DAYS}]  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": items}
    return _file(folder, "flux.json", json.dumps(feed))


CASES = [
    (openagenda, "state", "2", READY), (openagenda, "state", "1", DRAFT),
    (openagenda, "state", "0", DRAFT), (openagenda, "state", "-1", LEFT),
    (openagenda, "state", "7", DOUBT), (openagenda, "draft", "1", DRAFT),
    (openagenda, "private", "true", LEFT), (openagenda, "removed", "1", LEFT),
    (openagenda, "state", '{"id": 0}', DRAFT), (openagenda, "state", '"À contrôler"', DRAFT),
    (ics, "CLASS", "PUBLIC", READY), (ics, "CLASS", "PRIVATE", LEFT),
    (ics, "CLASS", "CONFIDENTIAL", LEFT), (ics, "CLASS", "X-AMIS", DOUBT),
    (ics, "X-CALENDARSERVER-ACCESS", "CONFIDENTIAL", LEFT),
    (ics, "X-CALENDARSERVER-ACCESS", "PUBLIC", READY),
    (ics, "X-CALENDARSERVER-ACCESS", "RESTRICTED", DOUBT),
    (ics, "STATUS", "CONFIRMED", READY), (ics, "STATUS", "CANCELLED", READY),
    (ics, "STATUS", "TENTATIVE", DRAFT), (ics, "STATUS", "X-A-VOIR", DOUBT),
    (page, "creativeWorkStatus", "Published", READY), (page, "creativeWorkStatus", "Draft", DRAFT),
    (page, "creativeWorkStatus", "https://schema.org/Obsolete", DRAFT),
    (page, "creativeWorkStatus", "Relu", DOUBT), (page, "datePublished", "2027-03-01", LATER),
    (page, "expires", "2026-01-01", DRAFT), (page, "expires", "2027-01-01", READY),
    (rss, "pubDate", "Mon, 01 Mar 2027 10:00:00 +0000", LATER),
    (rss, "pubDate", "Fri, 01 Mar 2024 10:00:00 +0000", READY),
    (rss, "blogger:status", "DRAFT", DRAFT), (rss, "blogger:status", "LIVE", READY),
    (rss, "blogger:status", "SOFT_TRASHED", LEFT), (rss, "blogger:type", "COMMENT", LEFT),
    (rss, "link", "https://e.org/vent/#comment-12", LEFT), (rss, "thr:in-reply-to", "", LEFT),
    (rss, "link", "https://e.org/vent/#comments", READY),
    (rss, "app:control", "<app:draft>yes</app:draft>", DRAFT),
    (rss, "app:control", "<app:draft>no</app:draft>", READY),
    (rss, "status", "private", LEFT),
    (rss, "status", "à valider", DRAFT), (rss, "status", "zut", DOUBT),
    (json_feed, "date_published", "2027-03-01", LATER), (json_feed, "draft", "true", DRAFT),
    (json_feed, "status", "private", LEFT), (json_feed, "moderation_state", "needs_review", DOUBT),
    (json_feed, "_public", "false", DOUBT), (json_feed, "_public", "true", READY),
    (json_feed, "embargo", "2027-03-01", DOUBT), (json_feed, "date_published", "bientôt", DOUBT),
    (json_feed, "date_published", "1970-01-01T00:00:00Z", DOUBT),
    (rss, "pubDate", "Vendredi, 13 Novembre, 2026 - 12:22", READY),
    (rss, "pubDate", "Tue Nov 17 2026 00:30:00 GMT+0100 (heure d’Europe centrale)", READY),
    (rss, "pubDate", "le treize", DOUBT), (rss, "pubDate", "", DOUBT),
    (rss, "pubDate", "Thu, 01 Jan 1970 00:00:00 +0000", DOUBT), (rss, "post:hidden", "1", DOUBT),
    (openagenda, "isPublic", "false", DOUBT), (page, "publishingStatus", "Disabled", DOUBT),
    (page, "publishingStatus", "Refus", DOUBT), (json_feed, "_validation", "Refus", DOUBT),
    (openagenda, "validationInterne", '"Refus"', DOUBT),
    (page, "publisher", "Le Seuil", READY),
]  # fmt: skip


@pytest.mark.parametrize(("make", "key", "value", "fate"), CASES)
def test_what_a_source_says_of_its_publication(make, key, value, fate, site, output):
    source = make(site.parent, key, value)
    assert becomes(site, source) == fate
    said = output()
    assert SECRET not in said
    written = [file.read_bytes() for file in site.rglob("*") if file.is_file()]
    assert not any(SECRET.encode() in data for data in written)
    if fate == LEFT:
        assert "Le vent" not in said and not any(b"Le vent" in data for data in written)
        assert "1 laissé" in said


def _begun(make, key, value):
    """A source whose first text begins by ``words``."""

    def made(folder, words):
        source = make(folder, key, value)
        for named in source.rglob("*le-vent.md") if source.is_dir() else [source]:
            text = named.read_text().replace("Un texte.", f"{words.rstrip('.')}. Un texte.", 1)
            named.write_text(text)
        return source

    return made


def press(folder, words):
    row = ["conférence", "adultes", "10/12/2026", "Amiens"]
    rows = [[*HEADS, "Texte"], ["Le vent", "Un vent.", *row, f"{words.rstrip('.')}. Un texte."],
            ["La pluie", "Une pluie.", *row, "Un texte."]]  # fmt: skip
    return _file(folder, "saison.csv", "\n".join(";".join(cells) for cells in rows))


EMBARGOED = {
    "ical": _begun(ics, "CLASS", "PUBLIC"),
    "openagenda": _begun(openagenda, "state", "2"),
    "schema.org": _begun(page, "creativeWorkStatus", "Published"),
    "rss": _begun(rss, "blogger:status", "LIVE"),
    "json": _begun(json_feed, "status", "public"),
    "tableur": press,
}  # fmt: skip


@pytest.mark.parametrize("name", EMBARGOED)
@pytest.mark.parametrize(
    ("words", "fate"),
    [
        ("SOUS EMBARGO jusqu’au jeudi 10 décembre 2026 à 18 h", DOUBT),
        ("Cuba sous embargo américain.", DOUBT),
        ("Une comète embarquée.", READY),
    ],
)
def test_what_speaks_of_an_embargo_is_for_a_person_to_judge(name, words, fate, site, output):
    source = EMBARGOED[name](site.parent, words)
    assert becomes(site, source) == (DRAFT if name == "tableur" and fate == DOUBT else fate)
    assert ("texte « embargo »" in output()) is (fate == DOUBT)


def test_what_only_the_team_of_a_site_reads_is_refused(site, capsys):
    item = f"<item><title>Le vent</title><wp:post_password>{SECRET}</wp:post_password></item>"
    export = f'<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>{item}</channel></rss>'
    assert main(["importer", str(_file(site.parent, "export.xml", export)), "--date", DAY]) == 2
    said = capsys.readouterr().err
    assert "est un export de WordPress" in said and "/feed/" in said and SECRET not in said
    assert not any(SECRET in file.read_text() for file in site.rglob("*.md"))


HEADS = ["Titre", "Résumé", "Format", "Publics", "Date", "Commune"]


BESIDE = {"Validé": "oui", "Validé (oui/non)": "oui", "Publier": "oui", "À publier": "vrai"}


def table(folder, key, value):
    row = ["Un texte.", "conférence", "adultes", "10/12/2026", "Amiens"]
    rows = [[*HEADS, key], ["Le vent", *row, value], ["La pluie", *row, BESIDE.get(key, "")]]
    return _file(folder, "saison.csv", "\n".join(";".join(cells) for cells in rows))


@pytest.mark.parametrize(
    ("key", "value", "fate"),
    [
        ("Statut", "Publié", READY), ("Statut", "validé", READY), ("Statut", "à valider", DRAFT),
        ("Statut", "brouillon", DRAFT), ("Statut", "privé", LEFT), ("Statut", "Refusé", LEFT),
        ("État", "annulé", READY), ("État", "En attente", DRAFT), ("État", "corbeille", LEFT),
        ("Publié le", "01/03/2027", LATER), ("Validé", "oui", READY), ("Validé", "x", READY),
        ("Validé", "non", DRAFT), ("Validé (oui/non)", "non", DRAFT), ("Publier", "non", DRAFT),
        ("À publier", "faux", DRAFT), ("Masqué", "oui", DRAFT), ("Masqué", "non", READY),
        ("Interne", "oui", LEFT), ("Interne", "non", READY), ("Statut", "annulé", READY),
        ("Statut", "supprimé", LEFT), ("Statut", "Poubelle", LEFT),
        ("Statut", "en ligne", READY), ("Validé", "vu", DRAFT),
        ("Fin de publication", "2026-01-01", DRAFT),
    ],
)  # fmt: skip
def test_a_table(key, value, fate, site, output):
    assert becomes(site, table(site.parent, key, value)) == fate
    assert fate != LEFT or "Le vent" not in output()


UNPUBLISHED = [
    ("Published", "no"), ("Visible en ligne", "non"), ("Diffusion", "non"), ("Status", "0"),
    ("State", "unpublished"), ("post_state", "-2"), ("hidden", "1"), ("Draft", "yes"),
    ("Online", "no"), ("Archivé", "oui"), ("Supprimé", "oui"), ("deleted", "1"), ("Enabled", "0"),
    ("Workflow", "Needs review"), ("Actif", "non"), ("Visibilité", "privé"), ("Accès", "restreint"),
    ("Date de publication", "2027-05-01"), ("Embargo", "01/05/2027"), ("Embargo", "oui"),
    ("o:is_public", "FALSE"), ("isPublic", "false"), ("fe_group", "-2"), ("Mis en ligne", "non"),
    ("Statut de publication", "Désactivé"), ("Modération", "Unpublished"), ("unpublished", "1"),
    ("moderation_state", "needs_review"), ("Non publié", "oui"), ("unpublish_on", "2026-01-01"),
    ("Confidentiel", "true"), ("En ligne", "non"),
    ("Secret", "oui"), ("Réservé", "oui"), ("Relu", "non"), ("À paraître le", "2027-05-01"),
]  # fmt: skip
SAYS_NOTHING = [
    ("Accès", "métro ligne 1"), ("Accès", "libre"), ("Accès PMR", "oui"), ("Public", "familles"),
    ("Public", "tout public"), ("Statut juridique", "association"), ("Art moderne", "oui"),
    ("Inscription en ligne", "non"), ("Interactif", "non"), ("Internet", "oui"),
    ("Publisher", "Le Seuil"), ("Date de fin", "2026-01-01"), ("Non", "1"), ("Activités", "3"),
]  # fmt: skip
PUBLISHED = [
    ("Date de publication", "2026-05-01"), ("hidden", "0"), ("Published", "1"), ("Embargo", "non"),
    ("o:is_public", "TRUE"), ("Statut de publication", "Activé"), ("Modération", "Published"),
    ("Secret", "non"), ("Relu", "oui"),
]  # fmt: skip


@cases(("head", "value"), UNPUBLISHED)
def test_a_word_of_state_under_a_head_that_no_field_takes(head, value):
    said = said_under(head, value, date.fromisoformat(DAY))
    assert publication([said], date.fromisoformat(DAY)).fate is not Fate.READY


@cases(("head", "value"), [*SAYS_NOTHING, *PUBLISHED])
def test_what_is_no_word_of_state_says_nothing(head, value):
    assert said_under(head, value, date.fromisoformat(DAY)) is None
    assert speaks(head, value) is ((head, value) in PUBLISHED)


def test_a_row_that_is_not_ticked_beside_one_that_is_stays_a_draft(site, output):
    assert becomes(site, table(site.parent, "Validé", "")) == DRAFT
    assert "à relire : Validé « non »" in output()


@pytest.mark.parametrize(
    ("value", "etat"), [("annulé", "annule"), ("Cancelled", "annule"), ("complet", "complet")]
)
def test_a_state_of_its_event_under_the_status_of_a_row(value, etat, site):
    assert becomes(site, table(site.parent, "Statut", value)) == READY
    assert front(site, "events/le-vent")["etat"] == etat


def test_a_row_that_is_not_public_is_told_when_another_has_an_error(site, output):
    source = table(site.parent, "Statut", "privé")
    source.write_text(source.read_text().replace("La pluie;Un texte.", "La pluie;"))
    assert main(["importer", str(source), "--date", DAY, *GIVEN]) == 1
    said = output()
    assert "ligne 2 : laissé." in said and "Le vent" not in said


@pytest.mark.parametrize("key", ["Statut", "État"])
def test_a_word_that_a_table_alone_knows_is_shown_at_its_cell(key, site, output):
    assert main(["importer", str(table(site.parent, key, "vu")), "--date", DAY, *GIVEN]) == 1
    assert "saison.csv:2:7 E203" in output()
    assert not [path for path in contents(site) if path.endswith("le-vent.md")]


HIDDEN_LATER = [
    (ics, "CLASS", "PUBLIC", "PRIVATE"), (openagenda, "state", "2", "-1"),
    (rss, "status", "publish", "private"), (json_feed, "status", "published", "private"),
    (json_feed, "title", "Le vent", "Privé : Le vent"), (table, "Statut", "publié", "privé"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "key", "shown", "hidden"), HIDDEN_LATER)
def test_what_its_author_hides_later_is_a_draft(make, key, shown, hidden, site, output):
    assert becomes(site, make(site.parent, key, shown)) == READY
    output()
    source = make(site.parent, key, hidden)
    assert becomes(site, source) == DRAFT
    said = output()
    assert "le-vent.md, annulé ou retiré, sa source ne le publie plus." in said
    assert "statut : (absent) → brouillon" in said and "etat" not in said
    (file,) = site.glob("content/*/*/le-vent.md")
    file.write_text(file.read_text().replace("brouillon", "publie"))
    before = file.read_text()
    assert main(["importer", str(source), "--date", DAY, *GIVEN]) == 0
    assert "sa source ne le publie plus" in output() and file.read_text() == before


def test_one_date_that_is_private_hides_nothing_of_the_others(site, output):
    dates = [["UID:1@e.org", "SUMMARY:Le vent", f"DTSTART:202612{day}T180000Z",
              "LOCATION:Salle\\, 80000 Amiens", "DESCRIPTION:Un texte."]
             for day in (10, 11, 12)]  # fmt: skip
    for last in ([], ["CLASS:PRIVATE"]):
        _file(site.parent, "saison.ics", calendar([*dates[:2], [*dates[2], *last]]))
        assert main(["importer", str(site.parent / "saison.ics"), "--date", DAY, *GIVEN]) == 0
    assert "statut: brouillon" not in output()


def test_what_its_author_publishes_later_may_then_appear(site):
    assert becomes(site, openagenda(site.parent, "state", "1")) == DRAFT
    assert becomes(site, openagenda(site.parent, "state", "2")) == READY


def test_what_its_author_puts_off_is_put_off_here(site):
    assert becomes(site, rss(site.parent, "pubDate", "Mon, 01 Feb 2027 10:00:00 +0000")) == LATER
    later = rss(site.parent, "pubDate", "Mon, 01 Mar 2027 10:00:00 +0000")
    assert becomes(site, later) == LATER
    assert str(front(site, "articles/le-vent")["publie_le"]) == "2027-03-01"
    shown = rss(site.parent, "pubDate", "Fri, 01 Mar 2024 10:00:00 +0000")
    assert main(["importer", str(shown), "--date", "2027-04-01"]) == 0
    assert str(front(site, "articles/le-vent")["publie_le"]) == "2027-03-01"


@cases(
    ("said", "fate", "is_draft"),
    [
        ({"draft": "true", "status": "published"}, Fate.DRAFT, True),
        ({"draft": "false", "status": "draft"}, Fate.DRAFT, True),
        ({"draft": "true", "status": "evergreen"}, Fate.DOUBT, True),
        ({"status": "evergreen", "visibility": "private"}, Fate.LEFT, False),
        ({"published": "2027-03-01", "status": "private"}, Fate.LEFT, False),
        ({"published": "2027-03-01", "expires": "2026-01-01"}, Fate.DRAFT, True),
        ({"status": "published", "visibility": "private"}, Fate.LEFT, False),
        ({"status": "scheduled"}, Fate.DOUBT, False),
        ({"status": "scheduled", "published": "2027-03-01"}, Fate.READY, False),
        ({}, Fate.READY, False),
    ],
)
def test_of_words_that_contradict_each_other_the_safest_holds(said, fate, is_draft):
    told = publication(said_in("flux", said), date.fromisoformat(DAY))
    assert (told.fate, told.is_draft) == (fate, is_draft)
    assert SECRET not in f"{told.refusal} {told.remarks}"
    assert bool(told.refusal) is (fate is Fate.LEFT) and "paraîtra" not in told.refusal


KEYS = [(name, key, sort) for name, it in public_table().sources.items() for key, sort in it.keys]
WORDS = st.one_of(
    st.sampled_from([word for some in public_table().mots.values() for word in some]),
    st.text(max_size=80), st.dates().map(str), st.sampled_from(["true", "false", "0", "1", ""]),
)  # fmt: skip


@given(data=st.data())
def test_more_words_never_make_a_text_more_public(data):
    name = data.draw(st.sampled_from(sorted(public_table().sources)))
    keys = [key for source, key, _ in KEYS if source == name]
    said = data.draw(st.dictionaries(st.sampled_from(keys), WORDS, max_size=4))
    more = data.draw(st.sampled_from(keys)), data.draw(WORDS)
    today = date.fromisoformat(DAY)
    later = public_table().mots["programme"]  # a day that is added settles these
    words = (it for it in said_in(name, said) if it.sort != "des" and it.value not in later)
    before = publication(words, today)
    after = publication(said_in(name, {more[0]: more[1]} | said), today)
    assert after.fate >= before.fate
    unknown = publication(said_in(name, {**said, more[0]: f"zut{more[1]}"}), today)
    assert unknown.fate >= Fate.DOUBT


def test_each_key_says_one_thing():
    for source in public_table().sources.values():
        keys = [key for key, _ in source.keys]
        assert len({name_key(key) for key in keys}) == len(keys)
    words = [name_key(word) for some in public_table().mots.values() for word in some]
    assert len(set(words)) == len(words)


ONLINE = "https://schema.org/EventMovedOnline"
CANCELLED = [
    "https://schema.org/EventCancelled", "http://schema.org/EventCancelled/", "cancelled",
    "CANCELED", "Annulé", "schema:EventCancelled", {"@id": "https://schema.org/EventCancelled"},
    {"name": "Annulé"}, ["EventScheduled", "EventCancelled"], "événement annulé", "annulee",
]  # fmt: skip


@pytest.mark.parametrize("value", CANCELLED)
def test_a_page_that_says_that_it_is_cancelled(value, site):
    assert becomes(site, page(site.parent, "eventStatus", value)) == READY
    assert front(site, "events/le-vent")["etat"] == "annule"


def _held(row, site):
    # The state of what it becomes: "" for what goes on, ``None`` for what is not announced.
    make, key, value = row
    if becomes(site, make(site.parent, key, value)) != READY:
        return None
    return front(site, "events/le-vent").get("etat", "")


@pytest.mark.parametrize(
    ("row", "etat"),
    [
        ((page, "eventStatus", "EventScheduled"), ""), ((page, "eventStatus", "zut"), None),
        ((page, "eventStatus", {"@id": "zut"}), None), ((page, "eventStatus", ""), ""),
        ((page, "keywords", "Annulé"), "annule"),
        ((openagenda, "status", "6"), "annule"), ((openagenda, "status", '"5"'), "complet"),
        ((openagenda, "status", '{"value": 6}'), "annule"),
        ((openagenda, "status", '"{\\"id\\": 5}"'), "complet"),
        ((openagenda, "status", '"Annulé"'), "annule"), ((openagenda, "status", "12"), None),
        ((openagenda, "status", "1"), ""), ((openagenda, "status", '{"id": 1}'), ""),
        ((ics, "STATUS", "CANCELED"), "annule"), ((ics, "CATEGORIES", "Annulé"), "annule"),
        ((ics, "STATUS", "CONFIRMED"), ""),
        ((table, "Annulé", "Oui"), "annule"), ((table, "Annulé ?", "x"), "annule"),
        ((table, "Complet", "Oui"), "complet"), ((table, "Annulé", "non"), ""),
        ((table, "Reporté", "Oui"), None), ((table, "Reporté", "au 12 mars"), None),
        ((table, "Maintenu", "Non"), None), ((table, "Maintenu", "oui"), ""),
        ((table, "Confirmé", "Non"), None), ((table, "Annulé", "peut-être"), None),
        ((table, "Niveau", "Interne"), None), ((table, "Remarque", "NE PAS PUBLIER"), None),
        ((table, "Remarque", "ne pas publier avant l’accord"), None),
        ((table, "Validation interne", "Refus"), None), ((table, "Nom complet", "Le vent"), ""),
        ((table, "Statut juridique", "association"), ""), ((table, "Parking", "oui"), ""),
        ((table, "Reportage", "oui"), ""),
    ],
)  # fmt: skip
def test_a_state_of_any_source(row, etat, site):
    assert _held(row, site) == etat


def test_of_several_states_the_safest():
    assert state_of(json.dumps(["Complet", ONLINE])) == safest("complet", "deplace-en-ligne")


def test_an_unknown_column_of_yes_and_no_is_asked_about_once_by_name(site, output):
    assert becomes(site, table(site.parent, "Buvette", "oui")) == READY
    assert output().count("« Buvette »") == 1
