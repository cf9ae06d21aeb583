from functools import cache

from hypothesis import given
from hypothesis import strategies as st

import hostile
from doses import cases
from portail.text.suggest import distance, nearest
from strategies import slugs
from work import calls

KEYS = ("titre", "resume", "tarif", "themes", "mots_cles", "debut", "fin", "lieu", "lieux", "date")
LIEUX = (
    "la-coupole", "mediatheque-de-saint-exemple", "musee-sandelin", "cite-nature", "le-labo",
    "planetarium-du-val", "ombelliscience",
)  # fmt: skip


@cases(
    ("word", "candidates", "expected"),
    [
        ("tarrif", KEYS, ("tarif",)),
        ("Thème", KEYS, ("themes",)),
        ("mots-clés", KEYS, ("mots_cles",)),
        ("lieus", KEYS, ("lieux", "lieu")),
        ("deubt", KEYS, ("debut",)),
        ("mediatheque-saint-exemple", LIEUX, ("mediatheque-de-saint-exemple",)),
        ("coupole", LIEUX, ("la-coupole",)),
        ("la-cuopole", LIEUX, ("la-coupole",)),
        ("planetarium", LIEUX, ("planetarium-du-val",)),
        ("musee-sandelin-saint-omer", LIEUX, ("musee-sandelin",)),
        ("Le Labo", LIEUX, ("le-labo",)),
        ("xylophone", LIEUX, ()),
        ("", LIEUX, ()),
        ("---", LIEUX, ()),
        ("a" * 5000, LIEUX, ()),
    ],
)
def test_the_likeliest_comes_first(word, candidates, expected):
    assert nearest(word, candidates) == expected


def test_ties_follow_length_then_alphabet_whatever_the_order_given():
    candidates = ["bac", "lac", "sac", "arc", "lacs"]
    assert nearest("mac", candidates, 5) == ("bac", "lac", "sac")
    assert nearest("mac", reversed(candidates), 5) == ("bac", "lac", "sac")


def test_no_more_than_the_limit():
    assert nearest("salle", ["salle-4", "salle-2", "salle-1", "salle-3"]) == (
        "salle-1", "salle-2", "salle-3",
    )  # fmt: skip
    assert nearest("salle", ["salle-2", "salle-1"], limit=1) == ("salle-1",)


@cache
def naive_distance(first, second):
    """Textbook optimal string alignment, from the first letters on."""
    if not first or not second:
        return len(first) + len(second)
    ways = [
        naive_distance(first[1:], second) + 1,
        naive_distance(first, second[1:]) + 1,
        naive_distance(first[1:], second[1:]) + (first[0] != second[0]),
    ]
    if len(first) > 1 and first[:2] == second[1::-1]:
        ways.append(naive_distance(first[2:], second[2:]) + 1)
    return min(ways)


@given(st.text("abc", max_size=12), st.text("abc", max_size=12), st.integers(0, 6))
def test_distance_is_exact_up_to_its_bound(first, second, bound):
    true = naive_distance(first, second)
    found = distance(first, second, bound)
    assert found == true if true <= bound else found > bound


@given(slugs(), st.data())
def test_a_word_with_one_mistake_finds_its_source(slug, data):
    at = data.draw(st.integers(0, len(slug) - 1))
    mistake = slug[:at] + "é" + slug[at:]
    assert slug in nearest(mistake, [slug, "tout-autre-chose"])


def test_five_thousand_candidates_are_searched_in_few_calls():
    """Some thirty for each: what is far is left at once, and what is near is not compared twice."""
    candidates = hostile.names(5000)
    assert calls(lambda: nearest("musee-atelier-nature-arra-17", candidates)) < 400_000
