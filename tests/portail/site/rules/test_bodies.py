"""Links and pictures of bodies: where they lead, and what is said of those that lead nowhere."""

import pytest

from pictures import picture
from plans import TODAY, entry, said


@pytest.fixture
def tree(tree):
    tree.run(
        {
            "lieux/la-coupole": entry("lieux", "## Comment venir\n\nEn bus."),
            "articles/chouette": entry("articles", themes=["vivant-sante"]),
            "events/chouette": entry("events"),
            "pages/a-propos": entry("pages"),
            "articles/dossier/index": entry("articles"),
            "articles/dossier/photo.jpg": picture(),
            "medias/affiche d’été.jpg": picture(),
        }
    )
    return tree


def links(tree, target, name="articles/essai"):
    """What the links of a body become."""
    site = tree.site({name: entry(name.partition("/")[0], f"[Le sujet]({target})")})
    return dict(site.items[name].links)


def told(tree, body, folder="articles", **fields):
    """What is said of a body, without the name of its file."""
    report = tree.run({f"{folder}/essai": entry(folder, body, **fields)}).report
    return [one.removeprefix(f"{folder}/essai.md:") for one in said(report)]


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("lieux/la-coupole.md", "/lieux/la-coupole/"),
        ("../lieux/la-coupole.md#comment-venir", "/lieux/la-coupole/#comment-venir"),
        ("/lieux/la-coupole/", "/lieux/la-coupole/"),
        ("/evenements/chouette/", "/evenements/chouette/"),
        ("la-coupole", "/lieux/la-coupole/"),
        ("chouette", "/articles/chouette/"),  # beside it, before those of other kinds
        ("dossier/index.md", "/articles/dossier/"),
        ("/a-propos/", "/a-propos/"),
        ("/", "/"),
        ("agenda", "/agenda/"),
        ("/agenda/archives/", "/agenda/archives/"),
        ("themes/vivant-sante", "/themes/vivant-sante/"),
        ("/plan-du-site/", "/plan-du-site/"),
    ],
)
def test_where_a_link_leads(tree, written, path):
    assert links(tree, written) == {written: path}


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("lieux/chouette", "articles/chouette"),  # not the article, though it is beside
        ("/themes/numerique/", ""),
        ("/projets/", ""),
        ("/article/", "articles"),
        ("/la-coupole/", "lieux/la-coupole"),
    ],
)
def test_an_address_is_what_it_says(tree, written, near):
    (line,) = told(tree, f"[Le sujet]({written})")
    assert line.startswith(f"7:12 E401 « {written} » ne mène à aucun contenu. →")
    if near:
        assert f"« {near} »" in line


def test_what_to_do_when_nothing_is_near(tree):
    assert told(tree, "[Le portail](zzzz/qqqq)") == [
        "7:14 E401 « zzzz/qqqq » ne mène à aucun contenu. → Écrivez dossier/nom, sans .md."
    ]


def test_the_day_it_is_published_the_link_is_right(tree, reported):
    tree.run({"articles/demain": entry("articles", publie_le="2021-09-28")})
    assert not reported(
        {"articles/essai": entry("articles", "[L’article](articles/demain)")},
        day=TODAY.replace(day=28),
    )


def test_a_missing_document(tree):
    tree.run({"medias/programme.pdf": b"%PDF-1.4\n%%EOF\n"})
    assert told(tree, "[Le programme](programe.pdf)") == [
        "7:16 E404 Le fichier « programe.pdf » n’existe pas. → Le plus proche : « programme.pdf »."
    ]


@pytest.mark.parametrize(
    "written",
    ["dossier/photo.jpg", "../articles/dossier/photo.jpg", "/articles/dossier/photo.jpg",
     "../medias/affiche%20d’été.jpg", "affiche%20d’été.jpg"],
)  # fmt: skip
def test_a_picture_is_found_as_people_write_it(tree, written):
    site = tree.site({"articles/essai": entry("articles", f"![Une photo]({written})")})
    (path,) = site.items["articles/essai"].medias.values()
    assert path.name == written.rpartition("/")[2].replace("%20", " ")


@pytest.mark.parametrize("written", ["../../../photo.jpg", "phto.jpg"])
def test_a_missing_picture(tree, written):
    (line,) = told(tree, f"![Une photo]({written})")
    assert line.endswith(
        f"E415 L’image « {written} » n’existe pas. → Le plus proche : « photo.jpg »."
    )


def test_a_missing_picture_of_the_front_matter(tree):
    image = {"fichier": "facade.png", "alt": "La façade", "credit": "Le musée"}
    assert told(tree, "Une phrase.", "lieux", image=image) == [
        (
            "6:18 E415 L’image « facade.png » n’existe pas. → Déposez-la dans content/lieux/, à "
            "côté du texte, ou dans content/medias/."
        )
    ]


@pytest.mark.parametrize(
    ("body", "image", "place"),
    [
        ("Une phrase.", "plan.tiff", "6:18 E112"),
        ("![Le plan](plan.tiff)", "", "8:12 E324"),
        ("[Le plan](plan.tiff)", "", "8:11 E112"),
    ],
)
def test_a_file_that_is_there_and_is_not_published_is_told_once_where_it_is_named(
    body, image, place, reported
):
    fields = {"image": {"fichier": image, "alt": "Le plan", "credit": "Le musée"}} if image else {}
    files = {"articles/plan.tiff": b"II*\0", "lieux/essai": entry("lieux", body, **fields)}
    files |= {"lieux/plan.tiff": b"II*\0"}
    here, there = reported(files)
    assert here.startswith("articles/plan.tiff:1:1 E112 ")
    assert there.startswith(f"lieux/essai.md:{place} ")
    assert "JPEG" in there


def test_every_faulty_link_is_told_in_the_order_of_the_text(tree):
    body = "[Rien](lieux/rien)\n\n![Une photo](rien.jpg)\n\n[Le bus](lieux/la-coupole#rien)"
    assert [one.split()[:2] for one in told(tree, body)] == [
        ["7:8", "E401"], ["9:14", "E415"], ["11:10", "E402"],
    ]  # fmt: skip


# ── Previews ──────────────────────────────────────────────────────────────────────────


def test_in_a_preview_a_link_to_a_faulty_file_leads_to_the_404_page(tree):
    site = tree.site(
        {
            "lieux/atelier": entry("lieux", type="zzz"),
            "articles/essai": entry("articles", "[L’atelier](lieux/atelier#x)"),
        },
        preview=True,
    )
    assert site.items["articles/essai"].links == {"lieux/atelier#x": "/404.html"}
    assert [one.code for one in site.report] == ["E203"]


def test_what_shows_a_refused_picture_is_left_out_with_it(tree):
    image = {"fichier": "abimee.jpg", "alt": "La façade", "credit": "Le musée"}
    result = tree.run(
        {
            "medias/abimee.jpg": picture()[:-40],
            "lieux/atelier": entry("lieux", image=image),
            "articles/essai": entry("articles", "![Une photo](abimee.jpg)"),
            "articles/autre": entry("articles", "[L’atelier](lieux/atelier)"),
        },
        preview=True,
    )
    assert [one.code for one in result.report] == ["E123"]
    assert {"lieux/atelier", "articles/essai"}.isdisjoint(result.site.items)
    assert result.site.items["articles/autre"].links == {"lieux/atelier": "/404.html"}
    for artifact in result.plan:
        if hasattr(artifact, "view"):
            artifact.view()
