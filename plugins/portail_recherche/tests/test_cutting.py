"""Files of terms: how they are cut, and that they stay."""

from bisect import bisect_right
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from doses import dose
from portail_recherche.postings import borders, bounds, term_order

sizes = st.dictionaries(
    st.text("abcdé𝒳\uff21", min_size=1, max_size=6), st.integers(1, 400), max_size=80
)


def files(lists, full):
    terms = sorted(lists, key=term_order)
    ranks = [*bounds(lists, terms, full), len(terms)]
    return [terms[start:end] for start, end in pairwise(ranks)]


@given(sizes)
def test_every_term_is_in_one_file_that_is_not_too_big(found):
    lists = {term: "#" * size for term, size in found.items()}
    cut = files(lists, 500)
    assert [term for some in cut for term in some] == sorted(lists, key=term_order)
    for some in cut:
        assert some
        sizes = sorted(len(term) + len(lists[term]) for term in some)
        assert sum(sizes) <= 500 or sum(sizes[:-1]) <= 250


def test_what_is_rare_shares_the_file_of_what_is_everywhere():
    lists = {f"{letter}{rank}": "#" * (900 * (not rank)) for letter in "abcd" for rank in range(9)}
    assert len(files(lists, 1000)) <= len("abcd")


@given(sizes)
def test_a_border_sends_each_term_to_its_file(found):
    lists = {term: "#" * size for term, size in found.items()}
    terms = sorted(lists, key=term_order)
    firsts = bounds(lists, terms, 300)
    texts = [term_order(one) for one in borders(terms, firsts)]
    for rank, term in enumerate(terms):
        assert bisect_right(texts, term_order(term)) == bisect_right(firsts, rank)


def test_the_order_is_that_of_javascript():
    assert sorted(["\uff21", "𝒳", "z", "é"], key=term_order) == ["z", "é", "𝒳", "\uff21"]


def test_files_are_neither_too_many_nor_too_small():
    lists = {f"terme{rank * 7919 % 100_000}": "#" * (rank % 50) for rank in range(5000)}
    total = sum(len(term) + len(found) for term, found in lists.items())
    assert len(files(lists, 3000)) < 2.5 * total / 3000


def test_an_edit_moves_few_other_bounds():
    """Each term in turn grows, or goes: what changes is the file it is in, seldom another one."""
    lists = {f"t{rank * 7919 % 10_007:05}": "#" * (rank % 50) for rank in range(1000)}
    before = {tuple(some) for some in files(lists, 1500)}
    moved = []
    for term in list(lists)[:: dose(40, 10)]:
        grown = files(lists | {term: lists[term] + "#" * 6}, 1500)
        gone = files({one: said for one, said in lists.items() if one != term}, 1500)
        moved += [len({tuple(some) for some in cut} - before) for cut in (grown, gone)]
    assert sum(moved) / len(moved) < 1.5
