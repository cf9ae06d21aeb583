"""The letters of the demonstration, as their subscribers read them: what must be in, what must not.

The issues of September 2022 are the first that were read from outside: one of them told « ce soir »
three days late, left out a festival that opened in eight days and kept a count of the next year.
"""

from datetime import date, timedelta
from functools import cache

import pytest

from demonstration import ROOT, TODAY, store_of
from doses import LONG
from portail.agenda.weeks import Week
from portail.cli.contents import literal_settings
from portail.day import Day
from portail.features import configured
from portail.features.channels.lettre.issues import drafts
from portail.features.channels.lettre.sent import sent_weeks
from portail.features.channels.lettre.settings import REGION, letter_of
from portail.features.services.relatifs.relative import Reference, relatives
from portail.model.entry import SHOWN_ELSEWHERE
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.pipeline import run
from remake import replace

YEAR = [
    Week.of(TODAY + timedelta(weeks=number))
    for number in range(-26, 27)
    if LONG or number % 8 == 0 or abs(number) <= 1
]
"""Weeks around the day, and one every two months; each of the year in the long run."""
UNSENT = [week for week in YEAR if week not in (Week(2022, 37), Week(2022, 38))]
"""Those that are drawn by the rules of today."""


@cache
def config():
    """The settings of the demonstration."""
    site = {"siteurl": "https://portail.example.org", "contenu": "content", "statiques": ()}
    return configured(literal_settings(ROOT), **site)


@cache
def today():
    """The demonstration on its day."""
    content = ROOT / "content"
    day = Day(TODAY, pinned=True)
    result = run(content, ROOT / "data", config(), day, store_of(content), plans=False)
    return result.site


@cache
def issue(week, edition=REGION):
    """One edition of a week: as it was sent, else as it would go out on its Thursday."""
    site = today()
    sent = sent_weeks(site).get(week.slug)
    if sent:
        return sent.editions.get(edition)
    then = replace(site, day=Day(week.thursday, pinned=True))
    return next((one.issue for one in drafts(then, week) if one.issue.edition == edition), None)


def issues(week):
    codes = [one.code for one in letter_of(config()).editions]
    yield from (found for code in codes if (found := issue(week, code)))


def lines(week):
    return [line for found in issues(week) for line in found.lignes]


@pytest.mark.parametrize("week", YEAR, ids=str)
def test_no_letter_says_a_word_of_another_day(week):
    for found in issues(week):
        texts = [found.sujet, found.apercu, *(found.reponse.texte if found.reponse else "",)]
        texts += [text for line in found.lignes for text in (line.titre, line.texte)]
        assert [text for text in texts if relatives(text, Reference())] == []


@pytest.mark.parametrize("week", YEAR, ids=str)
def test_a_temps_fort_that_opens_within_ten_days_or_is_on_comes_first(week):
    site = today()
    last = week.thursday + timedelta(days=10)
    expected = {
        item.ref
        for item in site.of_kind(Kind.TEMPS_FORT)
        for one in getattr(item.entry, "editions", ())
        if one.du and one.au and one.du <= last and one.au >= week.thursday
    }
    found = issue(week)
    told = [line.ref for line in found.lignes] if found else []
    assert set(told[: len(expected)]) == expected
    groups = found.sections[0].groupes if found and expected else ()
    opening = [line for group in groups if not group.serre for line in group.lignes]
    if week not in UNSENT:  # sent before temps forts had a sentence each
        return
    assert [line.ref for line in opening if line.ref in expected and not line.texte] == []


@pytest.mark.parametrize("week", YEAR, ids=str)
def test_what_is_on_the_front_page_is_near(week):
    site = today()
    end = week.thursday + timedelta(weeks=6)
    for found in issues(week):
        front = next((one for one in found.sections if one.cle == "une"), None)
        for line in front.lignes if front else ():
            item = site.items[line.ref]
            if isinstance(item.entry, Event) and not line.raison.startswith("Épinglé"):
                days = [one.first_day for one in item.occurrences if one.last_day >= week.thursday]
                booking = item.entry.inscription and item.entry.inscription.avant_le
                assert min(days) <= end or booking, line.ref


@pytest.mark.parametrize("week", UNSENT, ids=str)
def test_the_front_page_is_open_to_its_readers(week):
    for found in issues(week):
        lines_ = [line for line in _front(found) if not line.raison.startswith("Épinglé")]
        for item in (today().items[line.ref] for line in lines_):
            coming = [one.etat for one in item.occurrences if one.last_day >= week.thursday]
            assert not coming or set(coming) != {"complet"}, item.ref
            assert tuple(getattr(item.entry, "publics", ())) != ("professionnels",), item.ref
            assert not item.reseau, item.ref


@pytest.mark.parametrize("week", UNSENT, ids=str)
def test_what_a_letter_found_is_not_what_leads_it(week):
    for found in issues(week):
        led = [line.ref for line in _front(found) if line.texte and not line.jour][:1]
        assert found.reponse is None or found.reponse.ref not in led


@pytest.mark.parametrize("week", UNSENT, ids=str)
def test_an_edition_has_no_figure_of_another_departement(week):
    for found in issues(week):
        if found.edition != REGION and found.chiffre:
            assert "Lille" not in found.chiffre.libelle or found.edition == "nord"


def _front(found):
    return next((one.lignes for one in found.sections if one.cle == "une"), ())


@pytest.mark.parametrize("week", YEAR, ids=str)
def test_what_is_everywhere_has_no_commune_and_no_edition_has_that_of_another(week):
    site = today()
    for found in issues(week):
        for line in found.lignes:
            item = site.items[line.ref]
            if item.partout:
                assert item.commune is None and "Partout dans la région," not in line.details


def test_the_letter_of_september_29_tells_what_opens():
    found = issue(Week(2022, 39))
    told = [line.ref for line in found.lignes]
    assert "temps-forts/fete-de-la-science" in told
    assert "articles/eclipse-partielle-du-25-octobre-2022" in told
    assert "events/compter-les-oiseaux-qui-passent" not in told, "it is on 2 April of the next year"
    assert found.reponse and found.chiffre
    assert found.chiffre.ref.startswith("articles/")
    order = [name for name, _ in found.blocs]
    assert order[:3] == ["section", "errata", "reponse"], "its errata are about mid-October"


def test_the_aisne_has_no_line_of_arras():
    found = issue(Week(2022, 39), "aisne")
    assert not [line.titre for line in found.lignes if "Arras" in line.details]


def test_the_heritage_days_are_in_the_letter_of_their_eve():
    found = issue(Week(2022, 37))
    assert found.lignes[0].ref == "temps-forts/journees-europeennes-du-patrimoine"
    assert sum(day.nombre for day in found.ruban) > 0
    counts = {day.jour: day.nombre for day in found.ruban}
    assert counts[date(2022, 9, 17)] >= 1 and counts[date(2022, 9, 18)] >= 1


def test_no_title_nor_summary_says_a_word_of_another_day():
    found = [
        (item.ref, one.words)
        for item in today().items.values()
        if item.entry.kind.value not in ("newsletters", "lieux", "pages", "territoires")
        for text in (getattr(item.entry, key) or "" for key in SHOWN_ELSEWHERE)
        for one in relatives(text, Reference())
    ]
    assert found == []


def test_a_letter_that_was_sent_says_what_was_known_then():
    """No summary of what was called off or moved since, which its line does not say."""
    site = today()
    lines = [
        (frozen.fige_le, line)
        for frozen in sent_weeks(site).values()
        for issue in frozen.editions.values()
        for line in issue.lignes
    ]
    changed = [
        (line.texte, item.entry.resume)
        for day, line in lines
        for item in (site.items.get(line.ref),)
        if item and getattr(item.entry, "etat", "programme") not in ("programme", "complet")
        if line.texte and not line.etiquette and (item.entry.modifie or day) > day
    ]
    assert changed and [told for told, since in changed if told == since] == []
