"""The letters of the demonstration, as their subscribers read them: what must be in, what must not.

A subscriber reads a letter in the row of the others: each Thursday from 2022-s39 to 2023-s05 is
frozen, then the next one is chosen.
"""

import re
from collections import Counter
from functools import cache
from itertools import pairwise

import pytest

from demonstration import ROOT, TODAY, store_of
from lettres import below, mailed, with_weeks, words
from plans import result_of
from portail.agenda.weeks import Week
from portail.cli.contents import literal_settings
from portail.day import Day
from portail.features import configured
from portail.features.services.relatifs.relative import relatives
from portail.model.entry import SHOWN_ELSEWHERE
from portail.model.event import Event
from remake import replace

rules = pytest.importorskip("portail_lettre.rules")
_choice = pytest.importorskip("portail_lettre.choice")
leaves = _choice.leaves
sessions = _choice.sessions
topic = _choice.topic
tree_of = pytest.importorskip("portail_lettre.fragment").tree_of
_issues = pytest.importorskip("portail_lettre.issues")
drafts = _issues.drafts
freeze = _issues.freeze
sent_weeks = pytest.importorskip("portail_lettre.sent").sent_weeks
REGION = pytest.importorskip("portail_lettre.settings").REGION

FIRST = Week(2022, 39)
COUNT = 19


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
    result = result_of(content, config(), day, store_of(content), ROOT / "data", plans=False)
    return result.site


TEXTS = "//p[@class='txt']"
CHOSEN, SELECTED = [], {}
"""Each issue that is chosen by the rules of today, in words, once ``row`` was called."""


@cache
def row():
    """What is frozen of each week, by its slug, one after the other."""
    site = today()
    sent = dict(sent_weeks(site))
    week = FIRST
    for _ in range(COUNT):
        then = replace(with_weeks(site, dict(sent)), day=Day(week.thursday, pinned=True))
        frozen = freeze(then, week)
        if frozen.editions:
            sent[week.slug] = frozen
            for draft in drafts(then, week):
                CHOSEN.append(draft.letter)
                SELECTED[draft.letter] = draft.selection
        week = week.next
    return sent


def every():
    """Each issue that is chosen by the rules of today."""
    row()
    return CHOSEN


def letters():
    """Those of the region, in the order of time."""
    return [one for one in every() if one.edition == REGION]


def things(issue):
    return [pick.ref for pick in SELECTED[issue].things]


def contents(issue):
    return [today().items[ref] for ref in things(issue)]


def season(issue):
    return [pick.ref for pick in SELECTED[issue].season]


def test_a_letter_is_ten_things_at_most_and_no_section_is_without_a_line():
    assert {one.semaine for one in letters()} >= {f"2022-s{number}" for number in range(39, 53)}
    for one in every():
        assert 1 <= len(things(one)) <= rules.THINGS, one.semaine
        assert not below(one, "section/ol[not(li)]")


def test_no_subject_leads_twice():
    items = today().items
    leads = [one.tete for one in letters()]
    assert len({*leads}) == len(leads)
    topics = [topic(items[ref]) for ref in leads]
    assert [pair for pair in pairwise(topics) if pair[0] == pair[1]] == []
    subjects = [one.sujet for one in letters()]
    assert len({*subjects}) == len(subjects)


def test_nothing_is_over_when_the_letter_leaves():
    for one in every():
        for item in contents(one):
            if isinstance(item.entry, Event):
                assert any(past.over_at > leaves(one.jour) for past in item.occurrences), item.ref
            assert not item.day_told(one.jour), item.ref


def test_a_content_is_told_twice_at_most():
    counts = Counter(ref for one in letters() for ref in things(one))
    assert [ref for ref, count in counts.items() if count > rules.TOLD] == []


def test_what_comes_back_is_told_once_a_month_in_a_line():
    told = {}
    for one in letters():
        for ref in season(one):
            assert ref not in told or one.jour - told[ref] >= rules.MONTH, (one.semaine, ref)
            told[ref] = one.jour
    assert told
    # What opens is a thing of its week, and may come back in a line once that is long ago.
    whole = {ref: one.jour for one in letters() for ref in things(one)}
    near = [ref for ref in {*told} & {*whole} if abs(told[ref] - whole[ref]) < rules.MONTH]
    assert near == []


def test_a_letter_is_read_in_three_minutes():
    for one in every():
        text = mailed(one, row()[one.semaine].enseigne)
        assert sum(map(str.isalnum, text.split())) <= 450, one.semaine
        assert not re.search(r"\S·|·\S", text), one.semaine
        assert not [text for text in words(below(one, TEXTS)) if text.endswith("…")], one.semaine


def test_a_letter_tells_one_thing_of_a_subject():
    for one in every():
        topics = [topic(item) for item in contents(one)]
        assert len({*topics}) == len(topics), (one.semaine, one.edition)


def test_what_is_on_before_the_next_letter_comes_first():
    """In a week without news, the first thing is of these seven days, if anything is."""
    for one in letters():
        near = [item.ref for item in contents(one) if item.occurrences and sessions(item, one.jour)]
        first = SELECTED[one].things[0]
        if near and first.motive != "epingle":
            assert one.tete in near or one.tete.startswith("temps-forts/"), one.semaine


def test_a_quiet_week_says_few_things_and_thanks_nobody():
    december = [one for one in letters() if one.semaine >= "2022-s51"]
    assert december
    for one in december:
        # Places that are open in the holidays come besides.
        told = [ref for ref in things(one) if not ref.startswith("lieux/")]
        assert len(told) <= rules.QUIET, one.semaine
    assert all(SELECTED[one].contributeurs == () for one in december)
    assert "2023-s05" not in row(), "there is nothing to invite to: it stays home"


def test_no_letter_says_a_word_of_another_day():
    for found in every():
        texts = [found.sujet, found.apercu]
        texts += words(below(found, f"//h3|{TEXTS}"))
        assert [text for text in texts if [*relatives(text)]] == []


def test_what_is_for_others_is_in_no_letter():
    for item in (item for one in every() for item in contents(one)):
        assert tuple(getattr(item.entry, "publics", ())) != ("professionnels",), item.ref
        assert not item.reseau, item.ref


def test_the_fete_is_told_ahead_then_opens_the_letter_of_its_eve():
    first, eve = letters()[:2]
    assert "temps-forts/fete-de-la-science" in {item.ref for item in contents(first)}
    assert eve.tete == "temps-forts/fete-de-la-science"


def test_no_title_nor_summary_says_a_word_of_another_day():
    found = [
        (item.ref, one[0])
        for item in today().items.values()
        if item.entry.kind.value not in ("newsletters", "lieux", "pages", "territoires")
        for text in (getattr(item.entry, key) or "" for key in SHOWN_ELSEWHERE)
        for one in relatives(text)
    ]
    assert found == []


def test_a_letter_that_was_sent_says_what_was_known_then():
    """No summary of what was called off or moved since, which its line does not say."""
    site = today()
    lines = [
        (frozen.fige_le, line)
        for frozen in sent_weeks(site).values()
        for letter in frozen.editions.values()
        for line in tree_of(letter.lettre).xpath(".//li[h3]")
    ]
    items = {item.url: item for item in site.items.values()}
    changed = [
        (line.findtext("p[@class='txt']"), item.entry.resume)
        for day, line in lines
        for item in (items.get(line.find("h3/a").get("href")),)
        if item and getattr(item.entry, "etat", "programme") not in ("programme", "complet")
        if line.find("p[@class='txt']") is not None and line.find("p/strong") is None
        if (item.entry.modifie or day) > day
    ]
    assert changed and [told for told, since in changed if told == since] == []
