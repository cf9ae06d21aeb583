"""What whoever reads a proposal has to look at: slips, each told; good proposals, none."""

import re
from pathlib import Path

import pytest

import demonstration
from demonstration import plain
from doses import rows_of
from pictures import png
from plans import Tree, contents, entry
from portail.features.intake.apercu.faults import compare, differing
from portail.features.intake.apercu.remarks import LOOKED, Contents, remarks
from portail.source.loader import list_content

BASE = contents(rows_of("features/intake/apercu/remarks.yml"))
IMAGE = {"fichier": "robot.png", "alt": "Un robot", "licence": "CC-BY-4.0"}
PICTURE = {"events/robot.png": png(64, 48)}


def event(body="Venez voir.", /, **fields):
    """An event that stands alone."""
    given = {"titre": "La Lune de près", "debut": "2021-12-12 18:00"} | fields
    return {"events/proposition": entry("events", body, **given)}


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


FAULTY = {
    "half an hour later": (
        event(titre="Un atelier : robots", debut="2021-12-12 14:30"),
        "« Atelier robots » lui ressemble",
    ),
    "other words": (
        event(titre="Observation du ciel d’hiver à Wizernes", adresse={"commune": "Wizernes"}),
        "« Observer le ciel d’hiver »",
    ),
    "a day in the title": (event(titre="La Lune le 19 décembre"), "le 19 décembre »"),
    "a day in the summary": (event(resume="Samedi 11 décembre, la Lune."), "11 décembre, la"),
    "a day in the text": (event("Rendez-vous le 19 décembre."), "la fiche dit « debut: \"2021-12"),
    "a weekday": (event(resume="Samedi 12 décembre, la Lune."), "« Samedi 12 décembre, la Lune. »"),
    "a day without its month": (event(titre="La Lune samedi 18"), "« La Lune samedi 18 »"),
    "last year": (event(debut="2020-12-12 18:00"), "passé depuis le samedi 12 décembre 2020"),
    "a place of the directory": (
        event(adresse={"nom": "La coupole", "commune": "Wizernes"}), "est dans l’annuaire"
    ),
    "a place twice": (
        {"lieux/b": entry("lieux", titre="Le Musée de la Dentelle de Calais", commune="Calais")},
        "« Musée de la dentelle » est déjà dans le portail",
    ),
    "a site of pictures": (event(image=IMAGE | {"credit": "Google Images"}), "non de qui"),
    "no licence": (
        event(image={k: v for k, v in IMAGE.items() if k != "licence"} | {"credit": "Club"}),
        "pas de licence",
    ),
    "games": (
        {"articles/jeu": entry("articles", "[Ici](https://jeu.example.net/a).",
                               titre="Meilleur casino en ligne")},
        "jeu.example.net ressemble à une publicité",
    ),
    "paid": (event("[Ici](https://b.example.net/?ref=42)."), "ressemble à une publicité"),
    "a person": (
        event(inscription={"regime": "obligatoire", "courriel": "julie.durand@gmail.com",
                           "telephone": "06 39 98 00 00"}),
        "On ne joint que « julie.durand@gmail.com »",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("files", "said"), FAULTY.values(), ids=FAULTY)
def test_a_slip_is_told(tmp_path, files, said):
    (told,) = found(tmp_path, files | PICTURE)
    assert said in told


GOOD = [
    event(),
    event(titre="La Lune le 12 décembre", resume="Dimanche 12 décembre, à 18 h."),
    event(resume="Inscription avant le 5 décembre. Deux heures dehors."),
    event("Jusqu’au 30 novembre, réservez. Le 12 décembre, venez."),
    event(titre="La nuit du 12 au 13 décembre", fin="2021-12-13 02:00"),
    event(titre="Les samedis 4 et 11 décembre", debut=None,
          seances=[{"debut": "2021-12-04 14:00"}, {"debut": "2021-12-11 14:00"}]),
    event(titre="Expo, visite samedi 18", debut="2021-12-12", fin="2021-12-20"),
    event(titre="Avant Noël, la Lune", resume="Un jeudi 13, ailleurs."),
    event(titre="Le ciel du 14 juillet 1789", resume="Dès 12 ans, samedi 14 h ou dimanche 15 h.",
          debut="2021-12-12 14:00"),
    event(titre="Observer le ciel d’hiver", debut="2021-12-12 21:00"),
    event(titre="Atelier microscopes", debut="2021-12-12 14:00"),
    event(adresse={"nom": "Salle des fêtes", "commune": "Wizernes"}),
    event(adresse={"nom": "La Coupole", "commune": "Lille"}),
    event(debut="2021-09-20 18:00", retour={"tout_public": 12}),
    event(image=IMAGE | {"credit": "Karl Blossfeldt, Getty Open Content"}),
    event(inscription={"regime": "obligatoire", "courriel": "contact@club.example.org"}),
    event(inscription={"regime": "obligatoire", "courriel": "club.astro@orange.fr",
                       "url": "https://club.example.org/"}),
    event("[Le club](https://club.example.org/agenda?ref=lettre)."),
    event("[Le jeu](https://jeu.example.net/)."),
    {"lieux/autre": entry("lieux", titre="Musée des beaux-arts", commune="Calais")},
]  # fmt: skip


@pytest.mark.parametrize("files", GOOD)
def test_a_good_proposal_has_nothing_to_look_at(tmp_path, files):
    assert found(tmp_path, files | PICTURE) == []


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
    contents = Contents(tree.site(PLACES | files, day=demonstration.TODAY, preview=True))
    return {
        path: [*contents.remarks(item, path.read_bytes())]
        for name, path in names.items()
        for item in contents.by_path.values()
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
    before = BASE | event("[Le club](https://club.example.org/).")
    files = event("[Le club](https://club.example.org/a), [payer](https://caisse.example.net/7).")
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
    """One content in a hundred, each as if it were proposed alone on the day of its publication."""
    (tmp_path / "content").symlink_to(demonstration.ROOT / "content")
    tree = Tree(tmp_path)
    contents = Contents(tree.site(day=demonstration.TODAY, preview=True))
    told = [
        (item.ref, remark.raison)
        for item in contents.by_path.values()
        if item.entry.source.suffix == ".md"
        for remark in contents.remarks(
            item, (demonstration.ROOT / item.entry.source).read_bytes(), item.entry.publie_le
        )
    ]
    assert len(told) <= len(contents.by_path) / 100, told
