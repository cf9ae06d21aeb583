"""The folder of terms of a site: complete, right, and made again only when it must be."""

import json
import random
import re
import shutil
from datetime import timedelta

import pytest

from checkout import ROOT
from doses import rows_of
from plans import TODAY, Tree, contents, entry
from portail.text.analysis import stem
from portail_recherche import records
from portail_recherche import terms as terms_output
from portail_recherche.records import segments
from portail_recherche.terms import VERSION, plan_search, plan_terms
from portail_recherche.words import numbers
from terms import Terms

FILES = contents(rows_of("portail_recherche/tests/terms.yml"))


@pytest.fixture
def tree(tmp_path):
    return Tree(tmp_path / "site")


def made(site, folder):
    (terms,) = plan_terms(site)
    for name, data in terms.produce():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return Terms(folder)


def found(site, terms, word):
    refs = {
        256 * one.number + rank: ref for one in segments(site) for rank, ref in enumerate(one.refs)
    }
    return {refs[number] for number in terms.find(stem(word))}


def test_a_content_is_found_by_what_it_says_and_names(tree, tmp_path):
    site = tree.site(FILES)
    terms = made(site, tmp_path / "termes")
    event = {"events/atelier"}
    for word in ("astacus", "filante", "train", "proche", "écrevisse", "amis", "atelier", "vivant"):
        assert found(site, terms, word) == event, word
    for word in ("handicap", "moteur", "langue", "signes"):
        assert found(site, terms, word) == event, word
    assert found(site, terms, "visuel") == set()
    assert found(site, terms, "nuages") == {*event, "lieux/club", "articles/texte"}
    assert found(site, terms, "vent") == {*event, "lieux/musee", "articles/texte"}
    assert found(site, terms, "Amiens") == {*event, "lieux/musee"}
    assert found(site, terms, "Somme") == {*event, "lieux/musee"}
    assert found(site, terms, "Ada") == {"articles/texte"}
    assert found(site, terms, "rédaction") == set()
    assert found(site, terms, "rien") == set()


def test_the_directory(tree, tmp_path):
    site = tree.site(FILES)
    terms = made(site, tmp_path / "termes")
    index = json.loads((terms.folder / "index.json").read_bytes())
    assert index["version"] == VERSION
    assert index["jour"] == TODAY.isoformat()
    files = (path.relative_to(terms.folder) for path in terms.folder.rglob("*.*"))
    names = {path.with_suffix("").as_posix() for path in files}
    apart = [terms.directory[name] for name in ("vocabulaire", "valeurs", "lieux")]
    assert names == {"index", *apart, *terms.directory["fichiers"]}
    text, counts = json.loads((terms.folder / f"{apart[0]}.deflate").read_bytes())["mots"]
    words = dict(zip(unfolded(text), numbers(counts), strict=True))
    assert words["nuages"] == 2
    assert (words["écrevisse"], words["Amiens"], words["astacus"]) == (1, 2, 1)
    assert "étoile" not in words


def unfolded(text):
    """The words of a text that tells of each how many letters it shares with the one before."""
    found = [""]
    for shared, rest in re.findall(r"(\d+)(\D+)", text):
        found.append(found[-1][: int(shared)] + rest)
    return found[1:]


def test_nothing_to_find_is_no_folder(tree):
    site = tree.site({"newsletters/2021-s39": entry("newsletters")})
    assert [*plan_terms(site), *plan_search(site)] == []


def test_a_new_day_makes_no_piece_again(tree, tmp_path, monkeypatch):
    before = made(tree.site(FILES), tmp_path / "before")
    monkeypatch.delattr(terms_output, "_piece")
    after = made(tree.site(day=TODAY + timedelta(days=30)), tmp_path / "after")
    assert [*after.every()] == [*before.every()]
    days = {json.loads((one.folder / "index.json").read_bytes())["jour"] for one in (before, after)}
    assert len(days) == 2


def test_what_holds_until_a_day_is_found_no_more_the_day_after(tree, tmp_path):
    """The seats of a coach: what was kept of the day before is not believed."""
    car = {"places": 24, "depart": "Laon", "jour": "2021-10-09", "courriel": "a@ecole.fr"}
    event = entry("events", debut="2021-10-09 14:00", groupes={"car": car})
    shutil.copytree(ROOT / "greffons", tree.root / "greffons")
    for days, refs in ((12, {"events/classe"}), (13, set()), (12, {"events/classe"})):
        day = TODAY + timedelta(days)
        site = tree.site({"events/classe": event}, day=day, greffons=["greffons.cars"])
        terms = made(site, tmp_path / "termes")
        assert found(site, terms, "partager") == refs, days


def test_any_history_gives_the_bytes_of_a_build_from_nothing(tmp_path, monkeypatch):
    """Segments of two contents, edited at random: what was kept is as good as new."""
    monkeypatch.setattr(records, "SEGMENT", 2)
    chance = random.Random(1)
    tree = Tree(tmp_path / "site")
    tree.site({f"articles/a{rank}": entry("articles", "chat mer") for rank in range(9)})
    for number in range(6):
        slug = f"articles/{chance.choice('ab')}{chance.randrange(9)}"
        body = " ".join(chance.choices(("chat", "mer", "Amiens", "de"), k=chance.randrange(1, 40)))
        site = tree.site({slug: entry("articles", body, titre=chance.choice(("Mer", "Un chat")))})
        warm = made(site, tmp_path / f"warm{number}").folder
        fresh = made(Tree(tmp_path / "site").site(), tmp_path / f"fresh{number}").folder
        assert {one.name: one.read_bytes() for one in warm.rglob("*.*")} == {
            one.name: one.read_bytes() for one in fresh.rglob("*.*")
        }
    assert len(segments(site)) > 4


def test_an_edit_makes_one_piece_again(tree, tmp_path, monkeypatch):
    monkeypatch.setattr(records, "SEGMENT", 1)
    made(tree.site(FILES), tmp_path / "before")
    asked = []
    original = terms_output._piece

    def piece(segment, *args):
        asked.extend(segment.refs)
        return original(segment, *args)

    monkeypatch.setattr(terms_output, "_piece", piece)
    text = FILES["articles/texte"].replace("Un texte", "Deux textes")
    made(tree.site({"articles/texte": text}), tmp_path / "after")
    assert asked == ["articles/texte"]
