"""Weeks after weeks of letters, over contents that come out, come late and end."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from choices import EDITIONS, REGIONAL, SOMME, WEEK, Letters, frozen, picks_of, refs
from doses import dose
from lettres import with_weeks
from plans import entry
from portail.agenda.weeks import Week
from portail.features.channels.lettre import rules
from portail.features.channels.lettre.candidates import is_over
from portail.features.channels.lettre.news import select
from portail.features.channels.lettre.sent import sent_weeks
from remake import replace

TOWNS = ("Amiens", "Lille", "Laon", "Abbeville", "Caen")
NEW = ("nouveau", "tardif")
MOST = 2 * rules.UNE
IN_TIME = rules.FRESH.days - 17
"""Days by which a content may be late and still be news in the next two letters, which have room
for ``MOST``: it waits six for the Monday that gathers it, and a letter counts from its Thursday."""


def written(folder, publie, retard, commune, jour, etat):
    """A content: its folder, the day when its file is there at last, its text; it is published on
    ``publie``, takes place or ends on ``jour``. Days are counted from ``WEEK``'s Monday."""
    fields = {"publie_le": str(day(publie))}
    if folder == "events":
        fields |= {"debut": f"{day(jour)} 14:00", "adresse": {"commune": commune}, "etat": etat}
    elif folder == "annonces":
        fields |= {"echeance": str(day(max(jour, publie)))}
    elif folder in ("articles", "lieux"):
        fields |= {"commune": commune, "themes": ["numerique"]}
    return folder, day(publie + retard), entry(folder, **fields)


def day(count):
    return WEEK.first + timedelta(days=count)


def contents(publie, late=20):
    folders = ("articles", "events", "annonces", "lieux", "projets", "ressources")
    return st.builds(
        written,
        st.sampled_from(folders),
        publie,
        st.integers(0, late),
        st.sampled_from(TOWNS),
        st.integers(-3, 60),
        st.sampled_from(("programme", "programme", "complet", "annule")),
    )


def letters_of(some, root, count):
    """The letters of ``count`` weeks, each frozen before the next, of those contents that are there
    by then."""
    known, week = Letters(root), WEEK
    for _ in range(count):
        there = {
            f"{folder}/n{rank:02d}": text
            for rank, (folder, first, text) in enumerate(some)
            if first <= week.first
        }
        site = known.site(there, week.first)
        chosen = [select(site, week, edition) for edition in (REGIONAL, SOMME)]
        yield site, chosen
        known.sent[week.slug] = frozen(*chosen)
        week = week.next


def new(selection):
    return [pick.ref for pick in picks_of(selection) if pick.motive in NEW]


def measured(selection):
    """Every section is within its measure, and nothing is told twice."""
    sections = {
        rules.UNE: selection.une,
        rules.A_NOTER: selection.a_noter,
        rules.ANNONCES: selection.annonces,
        rules.WEEK_END: tuple(pick for spot in selection.week_end for pick in spot.picks),
    }
    assert all(len(picks) <= most for most, picks in sections.items())
    for picks in (selection.lieux, selection.outils):
        assert len(picks) <= rules.LIEUX
    assert len(selection.relire) <= rules.RELIRE
    for spot in selection.week_end:
        assert len(spot.picks) <= min(rules.PER_SPOT, spot.total)
    told, left = refs(picks_of(selection)), [one.ref for one in selection.laisses]
    assert len(told) == len(set(told)) <= rules.LINES
    assert not set(told) & set(left) and len(left) == len(set(left))
    assert all(one.reason.endswith(".") for one in (*picks_of(selection), *selection.laisses))


@settings(max_examples=dose(6, 25))
@given(st.lists(contents(st.integers(-70, 30)), max_size=14))
def test_nothing_new_is_lost_nor_told_twice(some):
    """Each week, what is recent and goes on is told, was told, or is left for a reason; once told
    it is new no more; and contents that do not change are no erratum."""
    with TemporaryDirectory() as name:
        seen = {"region": Counter(), "somme": Counter()}
        told = set()
        for site, (region, somme) in letters_of(some, Path(name), 6):
            for one in (region, somme):
                measured(one)
                assert one.errata == ()
                seen[one.edition.code].update(new(one))
            jour = region.thursday
            told |= set(refs(picks_of(region)))
            known = told | {one.ref for one in region.laisses}
            for item in site.items.values():
                recent = item.entry.publie_le and item.entry.publie_le >= jour - rules.RECENT
                if recent and not is_over(item, jour):
                    assert item.ref in known
        assert all(count == 1 for counts in seen.values() for count in counts.values())


@settings(max_examples=dose(6, 25))
@given(st.lists(contents(st.integers(-10, 5), IN_TIME), max_size=MOST))
def test_every_lasting_content_is_told_as_new_in_the_end(some):
    with TemporaryDirectory() as name:
        seen = Counter()
        for _, (region, _) in letters_of(some, Path(name), 9):
            seen.update(new(region))
        lasting = [
            f"{folder}/n{rank:02d}"
            for rank, (folder, *_) in enumerate(some)
            if folder not in ("events", "annonces")
        ]
        assert {ref: seen[ref] for ref in lasting} == dict.fromkeys(lasting, 1)


@settings(max_examples=dose(5, 20))
@given(st.lists(contents(st.integers(-3, 2)), max_size=14), st.randoms(use_true_random=False))
def test_the_order_of_the_contents_does_not_count(some, order):
    with TemporaryDirectory() as name:
        *_, (site, _) = letters_of(some, Path(name), 4)
        items = list(site.items.items())
        order.shuffle(items)
        for sent in (dict(sent_weeks(site)), {}):
            known = with_weeks(site, sent)
            other = with_weeks(replace(site, items=dict(items)), dict(reversed(sent.items())))
            for edition in EDITIONS:
                for week in (WEEK, WEEK.next, Week(2022, 30)):
                    assert select(other, week, edition) == select(known, week, edition)
