"""The engine against what the contents say: hundreds of them, queries and filters by chance."""

from datetime import timedelta
from itertools import product
from random import Random

import pytest
from index_recherche import AUJ, FACETTES, Contenu, stems
from moteur_recherche import Site, searching

pytestmark = pytest.mark.chromium

WORDS = ["".join(two) + "x" for two in product("bdfgjk", ("ab", "eb", "ib", "ob"))]
ENOUGH = 3
"""Fewer contents than that with all the words: some that have only most of them answer too."""


def made(chance):
    """Any content."""
    start = AUJ + timedelta(days=chance.randint(-200, 200))
    days = [(), (start,), (start, start + timedelta(days=chance.randint(0, 300)))]
    return Contenu(
        " ".join(chance.choices(WORDS, k=3)),
        texte=" ".join(chance.choices(WORDS, k=chance.randint(0, 60))),
        sorte=chance.choice(FACETTES["sorte"]),
        themes=tuple(one for one in FACETTES["theme"] if chance.random() < 0.5),
        publics=tuple(one for one in FACETTES["public"] if chance.random() < 0.3),
        territoire=chance.choice([(-1, -1), (0, -1), (1, 0), (1, -1)]),
        jours=chance.choice(days),
    )


def values(content):
    """Of each facet, those that a content has."""
    found = {("sorte", content.sorte)}
    found |= {("theme", one) for one in content.themes}
    found |= {("public", one) for one in content.publics}
    for key, rank in zip(("departement", "epci"), content.territoire, strict=True):
        found |= {(key, FACETTES[key][rank])} if rank >= 0 else set()
    if content.jours[1:]:
        found.add(("quand", "passe" if content.jours[1] < AUJ else "avenir"))
    return found


def passes(content, filters):
    """Does it have one of the values of each facet?"""
    found = values(content)
    return all(any((key, one) in found for one in some) for key, some in filters.items())


def test_by_chance(browser, theme):
    chance = Random(8)
    numbers = [at for at in range(1100) if at % 256 < 200 and at // 256 != 2]
    contents = {at: made(chance) for at in numbers}
    words = {at: {stem for stem, _ in stems(f"{c.titre} {c.texte}")} for at, c in contents.items()}
    codes = FACETTES | {"quand": ["avenir", "passe"]}
    queries = []
    for _ in range(60):
        some = chance.sample(list(codes), chance.randint(0, 3))
        filters = {key: chance.sample(codes[key], 1) for key in some}
        queries.append([chance.sample(WORDS, chance.randint(1, 3)), filters])
    with searching(browser, Site(contents, per_file=3), theme) as page:
        answers = page.evaluate(
            "async (all) => { const lues = []; for (const [mots, filtres] of all) {"
            " const une = await chercher(mots.join(' '), { filtres });"
            " const dates = await chercher(mots.join(' '), { filtres, tri: 'date' });"
            " lues.push({ ...une, dates: dates.numeros }); } return lues; }",
            queries,
        )
    seen = 0
    for (typed, filters), answer in zip(queries, answers, strict=True):
        every = {at for at in contents if words[at] >= set(typed)}
        assert sorted(answer["numeros"]) == sorted(answer["dates"])
        if len(every) < ENOUGH:
            assert {at for at in every if passes(contents[at], filters)} <= set(answer["numeros"])
            continue
        seen += 1
        found = [at for at in sorted(every) if passes(contents[at], filters)]
        assert sorted(answer["numeros"]) == found, typed
        for key, some in codes.items():
            others = {one: chosen for one, chosen in filters.items() if one != key}
            for code in some:
                count = sum(passes(contents[at], others | {key: [code]}) for at in every)
                assert answer["nombres"][f"{key}={code}"] == count, (typed, filters, key, code)
        over = sum(("quand", "passe") in values(contents[at]) for at in found)
        assert answer["passes"] == over
    assert seen > 30
