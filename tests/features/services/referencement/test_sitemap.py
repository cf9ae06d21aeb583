"""The sitemap: which pages, since when, in which files, and what makes one of them anew."""

import sitemaps
from pictures import picture
from plans import entry, said
from portail.features.services.referencement import sitemap as module
from portail.features.services.referencement.sitemap import plan_sitemap
from portail.outputs.base import Shown, SitemapHint, TemplatePage, TextFile

SITE = "https://exemple.org/portail"
LISTS = "/sitemap-pages.xml"
CHANGED = {"publie_le": "2021-09-10", "modifie": "2021-09-24"}
PHOTO = {"fichier": "une photo.jpg", "alt": "Une photo", "credit": "Camille Exemple"}
FILES = {
    "articles/a": entry("articles", image=PHOTO),
    "articles/une photo.jpg": picture(),
    "articles/b": entry("articles", themes=["vivant-sante"], **CHANGED),
    "articles/c": entry("articles", publie_le="2021-09-25", statut="brouillon"),
    "events/e": entry("events", anciennes_urls=["/vieux/"]),
    "lieux/l": entry("lieux"),
    "pages/charte": entry("pages"),
}


def planned(tree, files=None, **options):
    """The files of the sitemap, by address."""
    result = tree.run(files, **({"siteurl": SITE} | options))
    plan = result.plan
    assert plan is not None, said(result.report)
    found = (one for one in plan if one.path.startswith("sitemap"))
    return {one.url: one for one in found if isinstance(one, TextFile)}


def told(files):
    """What they say of each site path."""
    named = {SITE + url: one for url, one in files.items() if url != "/sitemap.xml"}
    index = "".join(files["/sitemap.xml"].produce())
    assert index.count("<loc>") == len(named) and all(f"<loc>{url}</loc>" in index for url in named)
    found = sitemaps.read(named, lambda url: "".join(named[url].produce()).encode())
    return {url.removeprefix(SITE): said for url, said in found.items()}


def test_pages_that_engines_may_index_and_their_last_change(tree):
    pages = told(planned(tree, FILES))
    photo = f"{SITE}/medias/articles/une%20photo.jpg"
    assert pages["/articles/a/"] == ("2021-09-20", [photo])
    assert pages["/articles/b/"] == ("2021-09-24", [])
    assert pages["/evenements/e/"] == ("2021-09-01", [])
    assert pages["/articles/"] == pages["/themes/vivant-sante/"] == ("2021-09-24", [])
    undated = ["/", "/agenda/", "/agenda/2021-s40/", "/lieux/", "/lieux/l/", "/charte/", "/themes/"]
    assert [pages[url] for url in undated] == [("", [])] * len(undated)
    away = {"/articles/c/", "/articles/a/republier/", "/evenements/", "/vieux/", "/404.html"}
    assert away.isdisjoint(pages)


def test_a_value_that_nothing_to_come_has_waits(tree):
    past = {"debut": "2021-09-01", "format": "jeu"}
    files = {"events/avant": entry("events", **past), "events/apres": entry("events")}
    pages = told(planned(tree, files))
    assert "/agenda/format/atelier/" in pages
    assert "/agenda/format/jeu/" not in pages
    assert "/agenda/format/jeu/" in tree.pages(siteurl=SITE)


def test_a_file_for_each_family(tree):
    files = planned(tree, FILES)
    assert [*files] == [
        "/sitemap-agenda.xml", "/sitemap-articles.xml", "/sitemap-contribuer.xml",
        "/sitemap-evenements.xml", "/sitemap-lieux.xml", "/sitemap-pages.xml",
        "/sitemap-territoires.xml", "/sitemap-themes.xml", "/sitemap.xml",
    ]  # fmt: skip
    lists = "".join(files[LISTS].produce())
    assert "/charte/</loc>" in lists and "/articles/</loc>" in lists and "/a/</loc>" not in lists


def test_neither_a_preview_nor_a_site_without_address_has_one(tree):
    assert planned(tree, FILES, siteurl="") == {}
    assert planned(tree, preview=True) == {}


def pages_of(count):
    """Pages of a family and of the top, out of order, one of them twice."""
    urls = [*(f"/lieux/{number:03}/" for number in reversed(range(count))), "/b/", "/", "/b/"]
    return [
        TemplatePage(
            f"{url[1:]}index.html",
            url,
            "x.html",
            Shown("", "", ()),
            object,
            sitemap=SitemapHint(),
        )
        for url in urls
    ]


def test_large_families_are_cut(tree, monkeypatch):
    site = tree.site(FILES, siteurl=SITE)

    def cut(*parts):
        """Their sizes."""
        files = {one.url: one for one in plan_sitemap(site, pages_of(7))}
        names = [f"/sitemap-lieux{part}.xml" for part in parts]
        assert [*files] == [*names, LISTS, "/sitemap.xml"]
        assert [*told(files)] == [*(f"/lieux/{number:03}/" for number in range(7)), "/", "/b/"]
        return [len("".join(one.produce())) for one in files.values()]

    whole, *_ = cut("")
    with monkeypatch.context() as patch:
        patch.setattr(module, "_MOST", 3)
        cut("", "-2", "-3")
    monkeypatch.setattr(module, "_HEAVIEST", whole - 1)
    assert max(cut("", "-2")) < whole
