"""Addresses of the site, files that serve them, addresses that are the site's own."""

from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from doses import cases
from portail.features.channels.lettre.addresses import letters_of
from portail.model.kinds import KINDS, Kind
from portail.site import urls
from portail.site.redirections import RESERVED_SLUGS, former_path, is_owned
from portail.site.urls import archives_of, file_of, listing_of, media_url, page_of, theme_of

SEGMENTS = st.text("abcxyz019._-", min_size=1, max_size=8).filter(lambda one: one.strip("."))


@cases(
    ("url", "file"),
    [
        ("/", "index.html"),
        ("/lieux/la-coupole/", "lieux/la-coupole/index.html"),
        ("/404.html", "404.html"),
        ("/blog/2021/a.html", "blog/2021/a.html"),
    ],
)
def test_file_of(url, file):
    assert file_of(url) == file


def test_lists():
    assert listing_of(Kind.EVENT) == "/agenda/"
    assert archives_of(Kind.EVENT) == "/agenda/archives/"
    assert (page_of("/lieux/", 1), page_of("/lieux/", 2)) == ("/lieux/", "/lieux/page/2/")
    assert theme_of("numerique") == "/themes/numerique/"


def test_addresses():
    assert urls.facet_of("/agenda/", "theme", "numerique") == "/agenda/theme/numerique/"
    assert urls.facet_of("/agenda/", "gratuit") == "/agenda/gratuit/"
    assert urls.feed_of("/", "rss") == "/flux.xml"
    assert urls.feed_of("/themes/numerique/", "json") == "/themes/numerique/flux.json"
    assert letters_of("region", 2021) == "/newsletter/2021/"


@cases(
    ("path", "url"),
    [
        ("content/medias/a.jpg", "/medias/a.jpg"),
        ("content/articles/x/photo.jpg", "/medias/articles/x/photo.jpg"),
        ("textes/lieux/photo.jpg", "/medias/lieux/photo.jpg"),
    ],
)
def test_media_url(path, url):
    assert media_url(PurePosixPath(path)) == url


@cases(
    ("written", "path"),
    [
        ("/a", "/a/"), ("/a/", "/a/"), ("/a//b/", "/a/b/"), ("/./a", "/a/"), ("/a.html", "/a.html"),
        ("/A.HTML", "/A.HTML"), ("/a.html/", "/a.html"), ("/a.php", "/a.php/"), ("/", "/"),
        ("/index.html", "/"), ("/a/index.html", "/a/"), ("/index.html/a", "/index.html/a/"),
    ],
)  # fmt: skip
def test_former_path(written, path):
    assert former_path(written) == path


@given(st.lists(SEGMENTS, min_size=1, max_size=4))
def test_a_former_path_is_its_own_and_has_one_file(parts):
    path = former_path("/" + "/".join(parts))
    assert former_path(path) == path
    assert not file_of(path).startswith("/")
    assert file_of(path).endswith((".html", ".HTML"))


@cases(
    "path",
    ["/", "/plan-du-site/", "/themes/", "/themes/numerique/", "/404.html", "/recherche/",
     "/robots.txt/", "/sitemap.xml/", "/theme/css/a.css/", "/medias/a.jpg/", "/evenements/",
     *(info.listing for info in KINDS.values() if info.listing),
     *(f"/articles/{slug}/" for slug in sorted(RESERVED_SLUGS)),
     "/articles/page/2/", "/Agenda/", "/agenda/2021-s39/", "/agenda/2021-S39/", "/agenda/2021/",
     "/agenda/2021/10/", "/agenda/theme/", "/agenda/epci/ca-amiens/", "/agenda/gratuit/",
     "/agenda/week-end/", "/agenda/en-ce-moment/", "/agenda/agenda.ics/",
     "/agenda/facettes.json/", "/articles/theme/", "/lieux/pour/visiter/", "/lieux/type/",
     "/articles/genre/portrait/",
     "/ressources/a-emprunter/", "/recherche/index.json/", "/recherche/fiches/12.json/",
     "/recherche/termes/f/x/", "/recherche/suggestions.json/", "/recherche/opensearch.xml/",
     "/api/v1/evenements/", "/API/x/", "/admin/x/", "/contribuer/guides/", "/communes/", "/cname/",
     "/CNAME/x/", "/cgi-bin/a/", "/newsletter/2030-s01/", "/newsletter/somme/", "/fonds/x/",
     "/embarquer/lieux/x/", "/boite-a-outils/pres-de-chez-moi/page/2/",
     "/territoires/somme/affiche/"],
)  # fmt: skip
def test_addresses_of_the_site_itself(path):
    assert is_owned(path)


@cases(
    "path",
    ["/lieux/x/", "/evenements/x/", "/blog/", "/blog/a.html", "/a-propos/", "/agenda/nuit/",
     "/articles/pages/", "/articles/themes/", "/structures/x/", "/agenda/2021-s54/",
     "/agenda/themes/", "/agenda/12/",
     "/articles/2021-s39/", "/articles/categorie/",
     "/lieux/genre/", "/recherche/laboratoires/", "/catalogue/une-ancienne-fiche/",
     "/articles/2019/05/titre/", "/territoires/x/"],
)  # fmt: skip
def test_addresses_that_are_free(path):
    assert not is_owned(path)
