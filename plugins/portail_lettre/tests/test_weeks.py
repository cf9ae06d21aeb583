"""Weeks after weeks of letters, over contents that come out, come late and end."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from choices import EDITIONS, REGIONAL, SOMME, WEEK, Letters, frozen, refs
from doses import dose
from lettres import with_weeks
from plans import entry
from portail.agenda.weeks import Week
from portail_lettre import rules
from portail_lettre.sent import sent_weeks
from portail_lettre.table import select
from remake import replace

TOWNS = ("Amiens", "Lille", "Laon", "Abbeville", "Caen")
MOST = 8
"""Contents that come out at once, which the letters of a month have room to tell."""


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
        known.sent[week.slug] = frozen(site, *chosen)
        week = week.next


def measured(selection, told_before):
    """A letter is within its measures, and what it leaves has a reason."""
    told, left = refs(selection), [one.ref for one in selection.laisses]
    assert len(told) == len(set(told)) <= rules.THINGS
    assert not set(told) & set(left) and len(left) == len(set(left))
    assert all(one.reason.endswith(".") for one in (*selection.things, *selection.laisses))
    counts = Counter(told_before)
    counts.update(told)
    assert all(count <= rules.TOLD for count in counts.values())
    return counts


@settings(max_examples=dose(6, 25))
@given(st.lists(contents(st.integers(-70, 30)), max_size=14))
def test_nothing_is_told_too_often_and_what_does_not_change_is_no_erratum(some):
    with TemporaryDirectory() as name:
        seen = {"region": Counter(), "somme": Counter()}
        leads = {"region": [], "somme": []}
        for _, chosen in letters_of(some, Path(name), 6):
            for one in chosen:
                code = one.edition.code
                seen[code] = measured(one, seen[code])
                assert one.errata == ()
                leads[code] += refs(one)[:1]
        assert all(len(set(some)) >= len(some) - 1 for some in leads.values())


@settings(max_examples=dose(6, 25))
@given(st.lists(contents(st.integers(-10, 5), 5), max_size=MOST))
def test_every_text_is_told_as_new_in_the_end(some):
    with TemporaryDirectory() as name:
        seen = set()
        for _, (region, _) in letters_of(some, Path(name), 9):
            seen.update(refs(region))
        texts = [
            f"{folder}/n{rank:02d}"
            for rank, (folder, *_) in enumerate(some)
            if folder in ("articles", "projets")
        ]
        assert set(texts) <= seen


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
