"""The register of contents taken back: what it may say, and where former addresses lead."""

from datetime import date

import pytest

from plans import entry, said
from portail.site.redirections import Redirection, redirections

NUIT = {"articles/nuit": entry("articles", titre="La nuit")}


def register(*lines):
    """A register of these lines, with an article that is there."""
    rows = "".join(f"  - {{{line}}}\n" for line in lines)
    return {**NUIT, "retraits.yml": f"retraits:\n{rows}"}


@pytest.mark.parametrize(
    ("written", "kept", "url"),
    [
        ("events/fusees", "events/fusees", "/evenements/fusees/"),
        ("evenements/fusees", "events/fusees", "/evenements/fusees/"),
        ("/evenements/fusees/", "events/fusees", "/evenements/fusees/"),
        ("lieux/musee.md", "lieux/musee", "/lieux/musee/"),
        ("pages/mentions", "pages/mentions", "/mentions/"),
        ("/mentions/", "pages/mentions", "/mentions/"),
    ],
)
def test_a_content_is_named_as_one_remembers_it(tree, written, kept, url):
    [one] = tree.site(register(f'ref: "{written}", le: 2021-09-20')).retraits
    assert (one.ref, one.url, one.le) == (kept, url, date(2021, 9, 20))


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (
            "ref: mentions, le: 2021-09-20",
            (
                "2:11 E416 « mentions » n’est pas la référence d’un contenu. → Écrivez le dossier, "
                "une barre et le nom du fichier, par exemple events/mentions."
            ),
        ),
        (
            "ref: lieu/Ma Salle, le: 2021-09-20",
            (
                "2:11 E416 « lieu/Ma Salle » n’est pas la référence d’un contenu. → Écrivez le "
                "dossier, une barre et le nom du fichier, par exemple lieux/atelier-fusees."
            ),
        ),
        (
            "ref: lieux/a, le: 2021-09-20, raison: doublon",
            "2:36 E204 La clé « raison » n’existe pas. → Clés : ref, le, motif, vers.",
        ),
        (
            "ref: articles/nuit, le: 2021-09-20",
            (
                "2:11 E507 « articles/nuit » est au registre des retraits, mais "
                "« content/articles/nuit.md » est encore là. → Supprimez le fichier, ou retirez "
                "cette ligne du registre."
            ),
        ),
        (
            "ref: articles/jour, le: 2021-09-20, vers: articles/nuits",
            (
                "2:48 E401 « articles/nuits » ne mène à aucun contenu. → Le plus proche : "
                "« articles/nuit »."
            ),
        ),
    ],
)
def test_one_clear_error(tree, line, fault):
    result = tree.run(register(line))
    assert said(result.report) == [f"retraits.yml:{fault}"]
    assert result.plan is None
    assert tree.site(preview=True).retraits == ()


def test_a_content_is_taken_back_once(reported):
    line = "ref: lieux/a, le: 2021-09-20"
    assert [one.split(" ")[:2] for one in reported(register(line, line))] == [
        ["retraits.yml:3:11", "E238"]
    ]


def test_an_unreadable_register(tree):
    assert [one.code for one in tree.run({"retraits.yml": "- lieux/a\n"}).report] == ["E117"]
    assert [one.code for one in tree.run({"retraits.yml": "a: &b [*b]\n"}).report] == ["E107"]


def test_a_long_register_is_read(tree):
    lines = [f"ref: articles/jour-{rank}, le: 2021-09-20" for rank in range(2_000)]
    assert len(tree.site(register(*lines)).retraits) == 2_000


def test_what_is_to_be_taken_back_later_is_not_said_yet(tree):
    files = register("ref: articles/jour, le: 2021-09-28, vers: articles/nuit")
    site = tree.site(files)
    assert site.retraits == () and not [*redirections(site)]
    assert len(tree.site(day=date(2021, 9, 28)).retraits) == 1


def test_the_former_address_leads_to_the_content_that_takes_its_place(tree):
    files = register("ref: events/jour, le: 2021-09-20, vers: articles/nuit")
    result = tree.run(files)
    found = set(redirections(result.site))
    assert found == {Redirection("/evenements/jour/", "/articles/nuit/", "La nuit")}
    assert "evenements/jour/index.html" in {str(one.path) for one in result.plan}


def test_two_contents_do_not_claim_one_address(reported):
    files = register("ref: articles/jour, le: 2021-09-20, vers: articles/nuit")
    former = entry("articles", anciennes_urls=["/articles/jour"])
    assert reported({**files, "articles/soir": former}) == [
        (
            "retraits.yml:2:48 E503 L’ancienne adresse /articles/jour/ est celle de "
            "« articles/soir ». → Retirez-la de « anciennes_urls »."
        )
    ]


def test_a_content_may_say_the_same_as_the_register(tree):
    files = register("ref: articles/jour, le: 2021-09-20, vers: articles/nuit")
    files |= {"articles/nuit": entry("articles", anciennes_urls=["/articles/jour"])}
    site = tree.site(files)
    found = [one.de for one in redirections(site)]
    assert found == ["/articles/jour/"]


def test_it_leads_to_what_is_published(tree):
    files = register("ref: articles/jour, le: 2021-09-20, vers: articles/nuit")
    files |= {"articles/nuit": entry("articles", publie_le="2021-09-28")}
    codes = [one.code for one in tree.run(files).report if one.code[0] == "E"]
    assert codes == ["E403"]


@pytest.mark.parametrize("ref", ["pages/agenda", "pages/cname", "articles/page", "events/page"])
def test_no_content_ever_had_the_address_of_the_site_itself(tree, ref):
    result = tree.run(register(f"ref: {ref}, le: 2021-09-20, vers: articles/nuit"))
    if ref == "events/page":  # below no list
        assert result.plan is not None
    else:
        [line] = said(result.report)
        assert line.startswith("retraits.yml:2:11 E502 L’adresse /")
