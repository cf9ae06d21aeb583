"""What whoever reads a proposal has to look at: slips, each told; good proposals, none."""

import re
from pathlib import Path

import pytest

import demonstration
from demonstration import plain
from doses import rows_of
from pictures import png
from plans import Tree, contents, entry
from portail.source.loader import list_content
from portail_relecture.apercu.faults import compare, differing
from portail_relecture.apercu.remarks import LOOKED, Contents, remarks

CASES = rows_of("portail_relecture/tests/apercu/remarks.yml")
BASE = contents(CASES["avant"])
PICTURE = {"events/robot.png": png(64, 48)}


def event(**fields):
    """An event that stands alone."""
    return contents({"events/proposition": CASES["lune"] | fields})


def found(tmp_path, files, before=BASE):
    """The remarks on a proposal, and likely twins."""
    first, second = Tree(tmp_path / "a"), Tree(tmp_path / "b")
    was = first.site(before, preview=True)
    result = second.run(before | files, preview=True, plans=False)
    assert not result.report.has_errors, [*result.report]
    sides = (list_content(tree.root / "content") for tree in (first, second))
    told = remarks(compare(differing(*sides), {}), was, result.site)
    twins = (one for one in result.report if str(one.position.path)[8:-3] in files)
    return [plain(one.message) for one in (*told, *twins) if one.code in LOOKED]


@pytest.mark.parametrize(("proposal", "said"), CASES["fautives"].values(), ids=CASES["fautives"])
def test_a_slip_is_told(tmp_path, proposal, said):
    (told,) = found(tmp_path, contents(proposal) | PICTURE)
    assert said in told


@pytest.mark.parametrize("proposal", CASES["bonnes"])
def test_a_good_proposal_has_nothing_to_look_at(tmp_path, proposal):
    assert found(tmp_path, contents(proposal) | PICTURE) == []


WRONG = CASES["valeurs"]
WEDNESDAY = {"debut": "2022-11-09 14:00", "fin": "2022-11-09 15:30", "adresse": {"commune": "Lens"},
             "format": "atelier", "publie_le": "2022-09-20"}  # fmt: skip


@pytest.fixture(scope="module")
def valued(tmp_path_factory):
    """What is told of each event of « valeurs » and of « voisines », by its title."""
    rows = {name: fields for name, (fields, _) in WRONG.items()}
    rows |= {f"voisine {rank}": fields for rank, fields in enumerate(CASES["voisines"])}
    paths = {name: f"events/sujet-{rank}" for rank, name in enumerate(rows)}
    files = contents(
        {paths[name]: {"titre": name, **WEDNESDAY, **fields} for name, fields in rows.items()}
    )
    tree = Tree(tmp_path_factory.mktemp("valeurs"))
    read = Contents(tree.site(files, day=demonstration.TODAY, preview=True))
    items = {str(path)[8:-3]: item for path, item in read.by_path.items()}
    return {
        name: [plain(one.raison) for one in read.remarks(items[path], files[path].encode())]
        for name, path in paths.items()
    }


@pytest.mark.parametrize("name", WRONG)
def test_a_value_that_is_wrong_is_told(valued, name):
    assert any(WRONG[name][1].rstrip(".") in told for told in valued[name]), valued[name]


def test_values_that_come_near_are_not(valued):
    assert not [told for name, told in valued.items() if name.startswith("voisine") and told]


PROPOSALS = Path(__file__).parent / "propositions"
PLACES = {
    "lieux/musee": entry(
        "lieux", titre="Musée de la dentelle", commune="Calais",
        horaires_ouverture="mardi à dimanche 10 h-18 h",
    )
}  # fmt: skip


@pytest.fixture(scope="module")
def proposed(tmp_path_factory):
    """What is told of each file of « propositions »."""
    paths = sorted(PROPOSALS.rglob("*.md"))
    names = {str(path.relative_to(PROPOSALS)).partition("/")[2]: path for path in paths}
    files = {name: path.read_bytes() for name, path in names.items()}
    tree = Tree(tmp_path_factory.mktemp("propositions"))
    read = Contents(tree.site(PLACES | files, day=demonstration.TODAY, preview=True))
    return {
        path: [*read.remarks(item, path.read_bytes())]
        for name, path in names.items()
        for item in read.by_path.values()
        if str(item.entry.source) == f"content/{name}"
    }


@pytest.mark.parametrize("name", [path.stem for path in PROPOSALS.glob("fausses/*/*.md")])
def test_what_is_said_twice_and_differs_is_told(proposed, name):
    (path,) = PROPOSALS.glob(f"fausses/*/{name}.md")
    told = plain(" ".join(remark.raison for remark in proposed[path]))
    for words in re.search("^# dit: (.*)$", path.read_text(), re.MULTILINE)[1].split(" · "):
        assert words in told


@pytest.mark.parametrize("name", [path.stem for path in PROPOSALS.glob("justes/*/*.md")])
def test_what_comes_near_is_not_told(proposed, name):
    (path,) = PROPOSALS.glob(f"justes/*/{name}.md")
    assert proposed[path] == []


def test_a_new_site_of_a_published_event_is_named(tmp_path):
    before = BASE | event(texte="[Le club](https://club.example.org/).")
    files = event(
        texte="[Le club](https://club.example.org/a), [payer](https://caisse.example.net/7)."
    )
    assert found(tmp_path, files, before) == [
        "Cet événement déjà publié mène maintenant à caisse.example.net."
    ]


def test_a_twin_that_the_check_tells_on_the_other_file_is_told_on_the_proposal(tmp_path):
    before = BASE | {"events/robots": entry("events", titre="Robots", publie_le="2021-09-20",
                                            debut="2021-12-12 14:00")}  # fmt: skip
    files = event(titre="Les robots", debut="2021-12-12 14:30")
    told = found(tmp_path, files, before)
    assert any(one.startswith("« Robots » lui ressemble") for one in told)


@pytest.mark.long
def test_the_demonstration_has_nearly_nothing_to_look_at(tmp_path):
    """One content in fifty, each as if it were proposed alone on the day of its publication."""
    (tmp_path / "content").symlink_to(demonstration.ROOT / "content")
    tree = Tree(tmp_path)
    read = Contents(tree.site(day=demonstration.TODAY, preview=True))
    told = [
        (item.ref, remark.raison)
        for item in read.by_path.values()
        if item.entry.source.suffix == ".md"
        for remark in read.remarks(
            item, (demonstration.ROOT / item.entry.source).read_bytes(), item.entry.publie_le
        )
    ]
    assert len(told) <= len(read.by_path) / 50, told
