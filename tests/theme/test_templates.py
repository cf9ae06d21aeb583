"""Every page of the showcase: structure, accessibility, nothing inline, nothing empty."""

import gzip
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

from lxml import html

from doses import all_hold
from drawn_pages import ADDRESS, theme_files
from portail.outputs.pages.views.shared import Lien
from portail.resources import brought
from portail_pelican.assets import sheets, stylesheet
from portail_pelican.headers import inline_scripts


def each(rule):
    """The test that a rule holds on every page."""

    def test(trees):
        all_hold(lambda name: rule(trees[name]), trees)

    return test


def text_of(element):
    """What a screen reader says of an element: its text and the alt of its images."""
    alts = " ".join(element.xpath(".//img/@alt"))
    return " ".join((element.text_content() + " " + alts).split())


def levels(tree):
    """Levels of the headings, in order; those of a page that a dialog will show are its own."""
    for heading in tree.xpath("//h1|//h2|//h3|//h4|//h5|//h6"):
        if not heading.xpath("ancestor::template[@id='Modele-page']"):
            yield int(heading.tag[1])


def test_every_template_is_tried(planned):
    names = {path.name for path in theme_files("templates/*.html").values()}
    tried = {page.template for page in planned.values()}
    # Kinds of an instance, which the showcase has none of, are tried where they are made.
    above = {"base.html", "entry.html", "ensemble.html", "papier.html", "genre.html"}
    assert names - tried == above


def test_no_template_sorts_trusts_or_styles():
    forbidden = re.compile(r"\|\s*(?:safe|sort)\b|\sstyle=|\son[a-z]+=|<script|<style|now\(")
    module = re.compile(
        r"""<script type="(?:module"(?: blocking="render")?"""
        r"""(?:(?:\{% if [\w.]+ %\})? (?:src|data-\w+)="\{\{ asset\('(?:js|css)/[\w.-]+'\) \}\}"""
        r"""(?:"\{% endif %\}|"))+|"""
        r"application/ld\+json\")>"
    )
    sources = {
        name.removeprefix("templates/"): path.read_text(encoding="utf-8")
        for name, path in theme_files("templates/**/*.html").items()
    }
    (script,) = inline_scripts(source.encode() for source in sources.values())
    assert len(script) < 260, "it delays the first paint of every page"
    for name, source in sources.items():
        if name == "courriel/courriel.html":
            source = source.replace("""<style>{% include "courriel/sombre.css" %}</style>""", "", 1)
        if name in {"apercu/apercu.html", "feuilles/bilan-seul.html"}:  # with their sheet: alone
            source = source.replace("<style>", "", 1)
        if name == "formulaire.html":  # scripts that import others, whose addresses are asked for
            source = source.replace(
                """<script type="module" src="{{ adresse }}"></script>""", "", 1
            )
        if name == "components/cadre.html":  # that of the editor: no file of the theme
            source = re.sub(
                r"""<script type="module" src="\{\{ vue.cadre.editeur[^>]*>""", "", source
            )
        if name == "base.html":
            offline = """<script defer src="{{ vue.cadre.hors_ligne|url }}"></script>"""
            source = source.replace(offline, "", 1)  # the worker of the site: no file of the theme
            source = source.replace(f"<script>{script.decode()}</script>", "", 1)
        assert not forbidden.search(module.sub("", source)), name


class Nested(HTMLParser):
    """What is open at each place of a page: each closing tag closes the last, but for those that
    may be left out."""

    void = frozenset("area br circle col hr img input link meta path rect source wbr".split())
    left_out = frozenset("dd dt li option p".split())

    def __init__(self, text):
        super().__init__()
        self.open = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        if tag not in self.void:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        """It opens nothing."""

    def handle_endtag(self, tag):
        while self.open[-1] != tag and self.open[-1] in self.left_out:
            self.open.pop()
        assert self.open.pop() == tag, (tag, self.getpos())


def test_what_opens_is_closed(planned, showcase):
    one_each = {planned[url].template: url for url in showcase}
    all_hold(lambda url: Nested(showcase[url]), one_each.values())


@each
def test_one_title_and_no_gap_between_headings(page):
    found = list(levels(page.body.xpath("//main")[0]))
    assert found[0] == 1
    assert found.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(found)), found
    assert all(text_of(heading) for heading in page.xpath("//h1|//h2|//h3|//h4"))


@each
def test_landmarks_are_there_once_and_named(page):
    sheet = page.find_class("a4")  # to print: it has no foot but its own
    for tag in ("header", "main", "footer")[: 2 if sheet else 3]:
        assert len(page.xpath(f"/html/body/{tag}")) == 1, tag
    # A place named by its heading is heard twice: a section is none, and lone ones need no name.
    places = page.xpath("//nav|//aside[not(@role)]|//section[@aria-label or @aria-labelledby]")
    assert page.xpath("//nav[@aria-labelledby]|//aside[@aria-labelledby][not(@role)]") == []
    names = Counter((one.tag, one.get("aria-label")) for one in places if not one.get("role"))
    assert ("nav", None) not in names
    assert max(names.values(), default=1) == 1, names.most_common(1)


@each
def test_the_first_links_skip_to_what_exists(page):
    if page.find_class("embarque"):  # a frame: its site is all that comes before its text
        assert len(page.xpath("//main/preceding::a")) == 1
        return
    first = page.body[0]
    named = {"fr": "Accès rapide", "en": "Skip to content"}
    assert first.get("aria-label") == named[page.get("lang")]
    links = [link.get("href") for link in first.iter("a")]
    targets = [one[1:] for one in links if one.startswith("#")]
    assert {one for one in links if not one.startswith("#")} <= {"/recherche/#Recherche"}
    assert targets[0] == page.xpath("//main")[0].get("id")
    assert all(page.xpath(f"//*[@id='{target}']") for target in targets)


@each
def test_ids_are_unique_and_references_lead_somewhere(page):
    ids = Counter(page.xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []
    named = page.xpath("//@aria-labelledby|//@aria-describedby")
    assert {one for value in named for one in value.split()} <= set(ids)
    anchors = {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")}
    assert anchors - set(ids) == set()


@each
def test_links_say_where_they_go(page):
    for link in page.iter("a"):
        assert text_of(link), html.tostring(link)
        assert link.get("href"), html.tostring(link)
        assert not link.xpath(".//a")
    assert "lire la suite" not in page.text_content().lower()
    for link in page.xpath("//a[starts-with(normalize-space(.), 'Tout voir')]"):
        assert " : " in text_of(link) or "\xa0: " in text_of(link)


@each
def test_no_element_is_empty(page):
    void = page.xpath(
        "//body//*[self::p or self::ul or self::ol or self::dl or self::li or self::dt or self::dd "
        "or self::aside or self::section or self::nav or self::header or self::footer "
        "or self::article or self::time or self::figcaption]"
        # What a script fills is not there without it.
        "[not(ancestor::template or ancestor-or-self::*[@hidden] or ancestor::*[@id='Bilan'])]"
    )
    assert [html.tostring(one) for one in void if not text_of(one)] == []


@each
def test_nothing_inline(page):
    assert page.xpath("//style|//iframe|//object|//base|//@style") == []
    forms = {form.get("id") for form in page.iter("form")}
    assert forms <= {
        "Aide",
        "Chercher",
        "Pres-formulaire",
        "Composer",
        "Creneau",
        "Filtrage",
        "Formulaire",
        "Inscription",
    }
    scripts = page.xpath("//script[not(@src)][not(@type='application/ld+json')]")
    assert [one.getparent().tag for one in scripts] == ["head"] * (not page.find_class("embarque"))
    plain = {script.get("src") for script in page.xpath("//script[@src][not(@type='module')]")}
    assert plain <= {"/hors-ligne.js"}  # it asks which script it is, which a module cannot
    sources = {url for url in page.xpath("//script/@src") if not url.startswith("/theme/js/")}
    assert sources <= {"/hors-ligne.js"}  # a worker answers for what is below its own address
    assert [url for url in page.xpath("//@href|//@src") if "script:" in url] == []
    assert not [key for element in page.iter() if isinstance(element.tag, str)
                for key in element.attrib if key.startswith("on")]  # fmt: skip


@each
def test_images_have_text_and_size(page):
    for image in page.iter("img"):
        assert image.get("alt") is not None
        assert int(image.get("width")) > 0
        assert int(image.get("height")) > 0


@each
def test_fields_have_a_name(page):
    for field in page.xpath("//input[not(@type='hidden')]|//select|//textarea"):
        named = page.xpath("//label[@for=$own]", own=field.get("id", ""))
        named += field.xpath("ancestor::label|self::*[@aria-label or @aria-labelledby]")
        assert named, html.tostring(field)


@each
def test_a_card_has_one_link_in_its_heading(page):
    """And no other, but where classes say whom to call."""
    for card in page.find_class("carte") + page.find_class("ligne"):
        assert card.tag == "article"
        link, *others = card.iter("a")
        assert not others or page.xpath("//link[contains(@href, '/classes.css')]")
        heading = link.getparent()
        assert re.fullmatch("h[2-4]", heading.tag)
        for picture in card.iter("img"):
            order = list(card.iter())
            assert order.index(picture) > order.index(heading)


@each
def test_dates_can_be_read_by_machines(page):
    day = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?[+-]\d\d:\d\d)?")
    assert all(day.fullmatch(time.get("datetime")) for time in page.iter("time"))


@each
def test_the_head_describes_the_page(page):
    assert page.get("lang") == ("en" if page.find_class("langues-pages") else "fr")
    english = page.get("lang") == "en"
    assert page.xpath("string(//title)").endswith(
        "Portail des sciences" + " en Hauts-de-France" * (not english)
    )
    assert page.xpath("//meta[@name='viewport']/@content") == [
        "width=device-width, initial-scale=1"
    ]
    assert all(page.xpath("//meta[@name='description']/@content"))
    fonts = page.xpath("//link[@rel='preload'][@as='font'][@crossorigin]")
    frame = page.find_class("embarque")
    titles_alone = page.find_class("a4") or page.xpath("//form[@id='Formulaire']")
    read = page.find_class("prose") or page.find_class("chapo")
    if read or frame or titles_alone:
        assert len(fonts) == (0 if frame else 1 if titles_alone else 2)
    linked = page.xpath("//link[@rel='stylesheet']/@href")
    first, *others = [sheet.partition("?")[0] for sheet in linked]
    assert first == f"/theme/css/{'embarque' if frame else 'portail'}.css"
    assert not frame or others == ["/ruban.css"], "all that a frame loads"
    assert ("/ruban.css" in others) is bool(
        page.find_class("ruban") or page.xpath("//*[@data-a-jour]")
    )
    own = {sheet for sheet in others if sheet.startswith("/theme/css/")}
    # Of previews, of charts, of what is near, of places that are drawn.
    apart = {"apercu", "barres", "facade", "pres"}
    assert len(own - {f"/theme/css/{one}.css" for one in apart}) <= 1


@each
def test_a_menu_says_where_one_is(page):
    """The page, if it is there, and the section that it is in."""
    if not (page.find_class("a4") or page.find_class("embarque")):
        (menu, *_) = page.find_class("langues-pages") or [page.get_element_by_id("menu")]
        said = [row.get("aria-current") for row in menu.xpath(".//a[@aria-current]")]
        for address in page.xpath("//link[@rel='canonical']/@href"):
            own = menu.xpath(".//a[@href=$own]", own=address.removeprefix(ADDRESS))
            assert said.count("page") == len(own) or own[0].get("href") == "/plan-du-site/"
        assert said.count("true") <= 1


def test_a_list_cut_short_leads_to_the_rest_with_a_script_or_without(read, changed):
    """The whole agenda, narrowed to the value from that day on; a week of it."""
    rest = Lien("La suite, à partir du 24 octobre 2021", "/agenda/2021-s42/", "2021-10-24")
    page = read(changed("/agenda/gratuit/", tous=None, reste=rest))
    links = page.xpath("//*[@class='suite']//a/@href")
    assert links == ["/agenda/?gratuit=oui&du=2021-10-24", "/agenda/2021-s42/"]


def test_the_sheet_is_light_and_complete():
    theme, files = brought("theme"), theme_files("static/css/*.css")
    # That of the search field is loaded by its script, on whatever page one searches from.
    names = {"css/champ.css"}.union(*sheets(theme).values())
    assert sorted(names) == sorted(name.removeprefix("static/") for name in files)
    css = "".join(path.read_text(encoding="utf-8") for path in files.values())
    assert css.count("{") == css.count("}")
    every, *families = [stylesheet(theme, name) for name in sheets(theme)]
    for family in families:  # what a page loads at most
        assert len(every + family) <= 60_000
        assert len(gzip.compress(every, 9)) + len(gzip.compress(family, 9)) <= 13_300
    for path in re.findall(r"url\(([^)]+)\)", css):
        assert (theme / f"static/css/{path}").is_file(), path


def test_every_class_of_the_templates_has_a_rule(trees):
    sources = theme_files("static/css/*.css").values()
    css = "".join(path.read_text(encoding="utf-8") for path in sources)
    ruled = set(re.findall(r"\.([a-z][\w-]*)", css))
    used = set()
    for tree in trees.values():
        for value in tree.xpath("//@class"):
            used.update(value.split())
    hooks = re.compile(r"(de|e|etat)-")
    assert {name for name in used - ruled if not hooks.match(name)} == PLAIN


def test_a_page_that_prints_a_class_loads_its_rules(trees):
    """A small card was once a large one at the end of articles, whose sheet did not know it."""
    theme = brought("theme")
    ruled = {
        name.rpartition("/")[2]: set(
            re.findall(r"\.([a-z][\w-]*)", stylesheet(theme, name).decode())
        )
        for name in sheets(theme)
    }
    every = set().union(*ruled.values())
    unknown = set()
    for tree in trees.values():
        if tree.xpath("//form[@id='Formulaire']"):  # scripts load what the preview of a form needs
            continue
        loaded = {link.rpartition("/")[2].partition("?")[0] for link in tree.xpath("//link/@href")}
        known = set().union(*(ruled[sheet] for sheet in loaded & ruled.keys()))
        used = {one for value in tree.xpath("//body//@class") for one in value.split()}
        unknown |= {one for one in (used & every) - known if not one.startswith("de-")}
    # The sections of a letter have the names of what they are about.
    sections = {"faire", "savoir"}
    assert unknown - sections == {"meme-jour", "mois", "programme", "tableau-faits"}


PLAIN = {"a-retenir", "attendus", "chassis", "facile", "futur", "geo-fixe", "geo-tournee", "info",
         "mur", "prendre", "tache-case", "voie"}  # fmt: skip
"""Classes whose look is that of what they vary, or that scripts and tests look for."""
