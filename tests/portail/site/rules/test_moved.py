"""A content that was renamed is found by its former name, everywhere, and said to have another."""

from pathlib import PurePosixPath

from doses import rows_of
from plans import contents, entry, said
from portail import cli
from portail.links import RefIndex
from portail.site.redirections import moved_refs

MUSEUM = {"lieux/musee-neuf": entry("lieux", titre="Musée", anciennes_urls=["/lieux/musee/"])}
FESTIVAL = {
    "temps-forts/fete": entry("temps-forts", anciennes_urls=["/temps-forts/la-fete/"]),
    "events/village-2": entry("events", anciennes_urls=["/evenements/village/"]),
}
OTHERS = contents(rows_of("portail/site/rules/moved.yml"))


def test_links_and_fields_find_what_was_renamed(tree, reported):
    museum = {"lieux/musee-neuf": MUSEUM["lieux/musee-neuf"] + "\n## Accès\n\nÀ pied.\n"}
    files = OTHERS | museum | FESTIVAL
    found = reported(files)
    assert len(found) == 8 and {line.split()[1] for line in found} == {"C406"}, found
    assert (
        "articles/a.md:7:17 C406 « lieux/musee#acces » s’appelle désormais "
        "« lieux/musee-neuf#acces » : le lien y mène. → Écrivez « lieux/musee-neuf#acces »."
    ) in found
    assert [line for line in found if "« musee » s’appelle désormais « musee-neuf »" in line]
    site = tree.site()
    assert set(site.items["articles/a"].links.values()) == {
        "/lieux/musee-neuf/#acces", "/lieux/musee-neuf/",
    }  # fmt: skip
    event = site.items["events/b"].entry
    assert (event.lieu, event.temps_fort) == ("musee-neuf", "fete")
    assert site.items["events/b"].commune is not None
    held = site.items["dossiers/c"].entry.elements
    assert [one.ref for one in held] == ["lieux/musee-neuf", "events/village-2"]


def test_what_is_there_now_is_what_is_meant(reported):
    files = OTHERS | FESTIVAL | {"lieux/musee": entry("lieux", "Là.\n\n## Accès\n\nÀ pied.")}
    files |= {"lieux/autre": entry("lieux", titre="Autre", anciennes_urls=["/structures/musee/"])}
    assert not [line for line in reported(files) if "musee" in line]


def test_the_register_of_what_was_taken_back_is_followed_too(tree):
    register = "retraits:\n  - {ref: lieux/musee, le: 2021-09-20, vers: lieux/autre}\n"
    files = {
        "lieux/autre": entry("lieux"),
        "articles/a": entry("articles", "[Le village](lieux/musee)."),
        "retraits.yml": register,
    }
    site = tree.site(files)
    assert [*site.items["articles/a"].links.values()] == ["/lieux/autre/"]


def test_what_is_gone_without_a_trace_is_looked_for(reported):
    files = {
        "events/village-des-sciences-a-amiens": entry("events"),
        "articles/a": entry("articles", "[Le village](events/village-des-sciences-de-l-upjv)."),
        "events/b": entry("events", titre="B", evenement_parent="village-des-sciences-de-l-upjv"),
    }
    first, second = reported(files)
    assert "E401" in first and "« events/village-des-sciences-a-amiens »" in first
    assert "« village-des-sciences-a-amiens »" in second


def test_repairs_write_the_name_of_now(tmp_path, tree, monkeypatch, capsys):
    museum = {"lieux/musee-neuf": MUSEUM["lieux/musee-neuf"] + "\n## Accès\n\nÀ pied.\n"}
    tree.run(OTHERS | museum | FESTIVAL)
    (tmp_path / "pelicanconf.py").write_text('PORTAIL_DATE = "2021-09-27"\n')
    monkeypatch.chdir(tmp_path)
    assert cli.main(["check"]) == 0
    assert "8 corrections" in " ".join(capsys.readouterr().out.split())
    assert cli.main(["check", "--corriger"]) == 0
    told = capsys.readouterr().out
    assert "C406 × 3" in told and "8 corrections dans 3 fichiers." in told
    text = (tmp_path / "content/articles/a.md").read_text("utf-8")
    assert (
        "(lieux/musee-neuf#acces), [lui](lieux/musee-neuf), [son accueil](lieux/musee-neuf)" in text
    )
    text = (tmp_path / "content/events/b.md").read_text("utf-8")
    assert 'lieu: "musee-neuf"' in text and 'evenement_parent: "village-2"' in text
    assert not said(tree.run().report)


def test_addresses_of_other_shapes_are_no_references():
    index = RefIndex(["lieux/neuf"], {"lieux/vieux": "lieux/neuf"})
    here = PurePosixPath("content/articles/a.md")
    assert index.find("lieux/vieux", here) == ("lieux/neuf",)
    assert index.renamed("lieux/vieux", here) == "lieux/neuf"
    assert index.renamed("lieux/neuf", here) == index.renamed("lieux/rien", here) == ""
    assert moved_refs((), (), ()) == {}
