"""Which addresses lead somewhere, on a site below a folder or not."""

from doses import cases
from portail_publication.links import LinkReader, PageLinks
from portail_publication.output_check import OutputPolicy

FILES = {"index.html", "lieux/x/index.html", "lieux/index.html", "theme/a.css", "été.html", "a.svg"}


def read(site_url, *tags, path="lieux/x/index.html"):
    found = LinkReader(OutputPolicy(site_url=site_url), FILES).read("".join(tags).encode(), path)
    return [*found.dead], [ref[:2] for ref in found.refs]


@cases("site", ["", "https://exemple.org", "https://exemple.org/portail"])
@cases(
    ("address", "alive"),
    [
        ("/", True),
        ("/lieux/x/", True),
        ("/lieux/x", True),
        ("/lieux/x/index.html", True),
        ("/lieux/x/?q=1", True),
        ("/theme/a.css", True),
        ("/%C3%A9t%C3%A9.html", True),
        ("/été.html", True),
        ("/lieux/y/", False),
        ("/theme/b.css", False),
        ("/index.html/", False),
    ],
)
def test_addresses_from_the_root(site, address, alive):
    prefix = "/portail" if site.endswith("portail") else ""
    for start in {prefix, site}:
        tag = f'<a class="x" href="{start}{address}">'
        assert read(site, tag)[0] == ([] if alive else [f"{start}{address}"])


@cases(
    ("address", "alive"),
    [
        ("../x/", True), ("./", True), ("", True), ("?q=1", True), ("index.html", True),
        ("../../theme/a.css", True), ("..", True), ("../y/", False), ("autre.html", False),
        ("../../../x", False),
    ],
)  # fmt: skip
@cases("site", ["", "https://exemple.org/portail"])
def test_relative_addresses(site, address, alive):
    assert read(site, f'<a href="{address}">')[0] == ([] if alive else [address])


@cases(
    "address",
    [
        "https://exemple.net/x",
        "//exemple.net/x",
        "mailto:a@b.fr",
        "tel:+33",
        "data:x",
        "https://e.fr",
    ],
)
def test_addresses_elsewhere(address):
    assert read("https://exemple.org", f'<a href="{address}">') == ([], [])


@cases("site", ["https://exemple.org", "https://exemple.org/portail"])
def test_calendars_are_files_like_others(site):
    host = site.partition("://")[2]
    dead = f"webcal://{host}/lieux/x/agenda.ics"
    assert read(site, f'<a href="{dead}">')[0] == [dead]
    assert read(site, f'<a href="webcal://{host}/theme/a.css">')[0] == []
    assert read(site, '<a href="webcal://exemple.net/a.ics">')[0] == []


def test_the_prefix_may_not_be_forgotten():
    assert read("https://exemple.org/portail", '<a href="/lieux/x/">')[0] == ["/lieux/x/"]
    assert read("https://exemple.org/portail", '<a href="/portail">')[0] == []
    assert read("https://exemple.org/portail", '<a href="/portailler/">')[0] == ["/portailler/"]


@cases(
    "tag",
    [
        '<img src="/z.png">', '<img alt="a > b" src="/z.png">', '<link rel="x" href="/z.png"/>',
        '<script src="/z.png"></script>', '<img srcset="/theme/a.css 1x, /z.png 2x">',
        '<svg><use xlink:href="/z.png"/></svg>', '<form action="/z.png">',
        '<video poster="/z.png">',
        '<a\nhref="/z.png">', '<source srcset="/z.png">',
        "<a href='/z.png'>", "<a href=/z.png>", "<img alt='a > b' src='/z.png'>",
        "<img alt=l'eau src=/z.png>", "<use xlink:href=/z.png />", "<a title='\"' href=\"/z.png\">",
        "<a =a href=/z.png>",
    ],
)  # fmt: skip
def test_every_tag_that_points_somewhere(tag):
    assert read("", tag)[0] == ["/z.png"]


@cases(
    "text",
    [
        '&lt;a href="/z/"&gt;', 'le code href="/z/" seul', '<p title="href=/z/">',
        '<a data-href="/z/" href="/">', "<a data-href='/z/' href=/>", "<a data-href=/z/ href='/'>",
        '<a title=" href=/z/ " href="/">', "<a title=' href=\"/z/\" ' href='/'>", "<a href=''>",
    ],
)  # fmt: skip
def test_what_is_no_link(text):
    assert read("", text)[0] == []


@cases(
    ("address", "place"),
    [
        ("#a", ("lieux/x/index.html", "a")),
        ("/#l%27a", ("index.html", "l'a")),
        ("/?x=1#a", ("index.html", "a")),
        ("/#top", None),
        ("/#", None),
        ("/#q=eau", None),
        ("/#:~:text=eau", None),
        ("/a.svg#icone", None),
        ("https://exemple.net/#a", None),
    ],
)
def test_anchors(address, place):
    assert read("", f'<a href="{address}">') == ([], [place] if place else [])


def test_an_anchor_alone_is_that_of_its_page_whatever_its_name():
    for address in ("#a", "?x=1#a"):
        assert read("", f'<a href="{address}">', path="été.html") == ([], [("été.html", "a")])


def test_an_anchor_that_its_page_has_is_not_looked_for_again():
    tags = '<p id="a">', '<a href="#a">', '<a href="/#a">'
    assert read("", *tags) == ([], [("index.html", "a")])
    assert read("", *tags, path="index.html") == ([], [])


def test_a_page_at_the_root_has_relative_links_too():
    assert read("", '<a href="autre.html">', path="404.html")[0] == ["autre.html"]
    assert read("", '<a href="lieux/">', path="404.html")[0] == []


@cases("text", ["", " ", "\0", "<!-- -->", "<!doctype html>", "<p>\0<a href=/>", "<a href='/"])
def test_a_page_of_nothing_is_read(text):
    assert read("", text) == ([], [])


def test_a_comma_parts_pictures_alone():
    assert read("", '<a href="/z, /y">')[0] == ["/z, /y"]
    assert read("", '<img srcset="/z 1x, /y 2x, ">')[0] == ["/y", "/z"]


def test_the_links_of_a_letter_stay_as_they_were_sent():
    policy = OutputPolicy(site_url="https://exemple.org", letters=r"newsletter/(.*/)?courriel\.\w+")
    reader = LinkReader(policy, FILES)
    page = b'<p id="a"><a href="/lieux/y/">x</a><a href="/#rien">y</a></p>'
    assert reader.read(page, "newsletter/2021-s39/courriel.html") == PageLinks(frozenset({"a"}))
    assert not reader.reads("newsletter/2021-s39/courriel.txt")
    assert reader.reads("newsletter/2021-s39/index.html")
    assert reader.read(page, "newsletter/2021-s39/index.html").dead == ("/lieux/y/",)
    assert reader.read(page, "newsletter/2021-s39/mon-courriel.html").dead == ("/lieux/y/",)


ADDRESS = "https://exemple.org/portail"
HERE = OutputPolicy(site_url=ADDRESS)


@cases(
    ("path", "text"),
    [
        ("a.md", "![x]({}/lieux/{}/) puis <{}/lieux/{}/> et {}/lieux/{}/."),
        ("a.csv", "titre;adresse;suite\nx;{}/lieux/{}/;y\n"),
        ("a.json", '{{"url":"{}/lieux/{}/","texte":"voir {}/lieux/{}/\\nfin"}}'),
        ("a.xml", "<link>{}/lieux/{}/</link>&lt;a href=&quot;{}/lieux/{}/&quot;&gt;x"),
        ("a.ics", "URL:{}/li\r\n eux/{}/\r\nDESCRIPTION:x\\n{}/lieux/{}/\\, y\r\n"),
        ("a.txt", "« {}/lieux/{}/ », {}/lieux/{}/?q=1#t=2."),
    ],
)
def test_addresses_in_other_texts(path, text):
    reader = LinkReader(HERE, FILES)
    assert reader.reads(path) and not reader.reads(f"theme/{path}")
    for slug, dead in (("x", False), ("y", True)):
        found = reader.read(text.format(*(ADDRESS, slug) * 3).encode(), path)
        assert {one.partition("?")[0] for one in found.dead} == (
            {f"{ADDRESS}/lieux/y/"} if dead else set()
        )


@cases(
    "text",
    [
        "https://exemple.org/autre/",
        "https://exemple.org/portailles/y/",
        "https://exemple.org.test/portail/y/",
        f"{ADDRESS}/recherche/{{mots}}",
        f"{ADDRESS}/lieux/{{slug}}/texte.md",
        "/lieux/y/",
    ],
)
def test_what_is_no_address_of_the_site_in_a_text(text):
    assert LinkReader(HERE, FILES).read(text.encode(), "a.json") == PageLinks()


def test_data_may_say_a_folder_and_a_name_apart():
    reader = LinkReader(HERE, FILES)
    text = f'{{"base": "{ADDRESS}/theme/", "filename": "a.css"}}'.encode()
    assert reader.read(text, "a.json").dead == ()
    assert reader.read(text, "a.md").dead == (f"{ADDRESS}/theme/",)
    assert reader.read(text.replace(b"theme", b"medias"), "a.json").dead == (f"{ADDRESS}/medias/",)


def test_texts_of_a_site_without_an_address_have_none_of_its_own():
    assert not LinkReader(OutputPolicy(), FILES).reads("a.json")
    assert LinkReader(OutputPolicy(), FILES).reads("a.html")
