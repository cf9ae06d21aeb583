"""Addresses of the site, files that serve them, addresses that are the site's own."""

from hypothesis import given
from hypothesis import strategies as st

from doses import cases
from portail.model.kinds import KINDS
from portail.site.redirections import RESERVED_SLUGS, former_path, is_owned
from portail.site.urls import file_of

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
     "/ressources/a-emprunter/", "/recherche/index.json/", "/recherche/fiches/12.deflate/",
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
