"""Whole sites of other generators move in: what is ready, which addresses are answered."""

import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
import yaml

import anciens_sites
import arrivages
from anciens_sites import TEXTS
from arrivages import printed, singular
from portail.cli import main
from portail.cli.contents import read_contents
from portail.site.redirections import redirections

DAY = "2026-11-25"
CHECK = ["check", "--date", DAY]
OLD = Path("../ancien")
"""The site that moves in, from where commands run."""


@pytest.fixture
def move(site, capsys):
    """Write the files of a site, bring it: what is printed."""

    def one(files, *options):
        for path, text in files.items():
            file = OLD / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode() if isinstance(text, str) else text)
        main(["importer", f"{OLD}", "--date", DAY, *options])
        said = capsys.readouterr()
        return said.out + said.err

    return one


def counts(said):
    """The counts that an import says, nouns in the singular."""
    return singular(printed(said))


def answered():
    """Addresses that lead to a content."""
    site = read_contents(None, DAY, "portail check").result.site
    former = {one.de for one in redirections(site)}
    return former | {item.url for item in site.items.values()}


front = partial(arrivages.front, loader=yaml.BaseLoader)


@pytest.mark.parametrize(
    ("zone", "date", "days"),
    [
        ("Europe/Paris", "'2015-05-28 23:23:39.00000000 -05:00'", ["29"]),
        ("America/New_York", "2015-05-29T01:00:00Z", ["28"]),
        ("", "2015-05-28 23:23:39 -0500", ["29"]),  # the clock of the portal
        ("Nulle/Part", "2015-05-28", ["28"]),
        # With quotes it is an hour of the site, without them one of UTC: nothing says which.
        ("Europe/Paris", "2015-05-28 23:23:39", ["28", "29"]),
        ("Europe/Paris", "2015-05-28 12:00:00", ["28"]),
    ],
)
def test_addresses_of_jekyll_have_the_day_of_its_zone(zone, date, days, site, move):
    move({
        "_config.yml": f"permalink: pretty\ntimezone: {zone}\n",
        "_posts/2015-05-28-le-soir.md": f"---\ntitle: Le soir\ndate: {date}\n---\nUn texte.\n",
    })  # fmt: skip
    said = front(site, "articles/le-soir")["anciennes_urls"]
    assert said == [f"/2015/05/{day}/le-soir/" for day in days]


def pelican_addresses():
    """Where Pelican itself publishes the texts of a site."""
    theme = OLD.parent / "theme-imaginaire" / "templates"
    theme.mkdir(parents=True)
    for name in ("article", "page", "index", "archives", "categories", "tags", "authors"):
        (theme / f"{name}.html").write_text("x")
    run = [sys.executable, *"-m pelican content -o sortie -s pelicanconf.py -q".split()]
    subprocess.run(run, cwd=OLD, check=True, env={**os.environ, "PYTHONPATH": ""})
    out = OLD / "sortie"
    found = {f"/{one.relative_to(out).as_posix()}" for one in out.rglob("*.html")}
    return {re.sub(r"/index\.html$", "/", one) for one in found if "/drafts/" not in one}


@pytest.fixture
def judge(site, move, capsys):
    """A site moves in: counts and files add up, a second import changes nothing."""

    def one(make):
        old = make(OLD)
        before = len([*site.rglob("*.md")])
        told = counts(move({}))
        assert sum(told.values()) == old.texts
        assert told["nouveau"] >= (old.texts - old.none) * 0.95
        assert told.get("non importé", 0) == old.none
        assert main(CHECK) == 0, capsys.readouterr().out
        capsys.readouterr()
        assert counts(move({})) == {"inchangé": told["nouveau"], "non importé": old.none}
        assert len([*site.rglob("*.md")]) == before + told["nouveau"]
        return old

    return one


@pytest.mark.site
def test_a_blog_of_pelican_moves_in(judge):
    judge(anciens_sites.pelican)
    assert not Path("/tmp/jamais-execute").exists()
    (OLD / "pelicanconf.py").write_text(
        anciens_sites.PELICANCONF.replace("open('/tmp/jamais-execute', 'w')\n", "")
    )
    wanted = pelican_addresses()
    assert len(wanted) > TEXTS * 0.9
    assert wanted - answered() == {"/2010/01/vieux/"}  # reStructuredText, which is refused


@pytest.mark.site
@pytest.mark.parametrize("make", [anciens_sites.jekyll, anciens_sites.hugo])
def test_a_site_of_jekyll_or_of_hugo_moves_in(make, judge):
    old = judge(make)
    assert len(old.addresses) > TEXTS
    assert old.addresses - answered() == set()


CONF = "SITEURL = 'https://blog.exemple.org'\nDEFAULT_LANG = 'fr'\n"
PELICAN = {"pelicanconf.py": CONF}
ONE = {"content/un.md": "Title: Un\nDate: 2020-01-01\n\nUn texte.\n"}
PDF = b"%PDF-1.4\n%%EOF\n"
TWO = {"content/deux.md": "Title: Deux\nDate: 2020-01-02\n\nLe deuxième texte.\n"}
HUGO = {"hugo.toml": 'baseURL = "https://exemple.org/"\n'}


def body(site, name):
    text = (site / f"content/articles/{name}.md").read_text("utf-8")
    return text.split("---\n", 2)[2].strip()


def test_a_text_is_read_as_its_site_read_it(site, move):
    """Lists after a line, nested by four spaces, notes, definitions: Python-Markdown's."""
    text = """\
Title: Le seau
Date: 2020-01-01

Une mesure[^a] au bord de l’eau, faite par le groupe imaginaire.

Seau
:   Un récipient.

* un
    * deux

![Le seau bleu](images/seau.png "Vu de haut")

```python
x = "*"
```

[^a]: Douteuse.
"""
    files = {"content/seau.md": text, "content/images/seau.png": anciens_sites.LOGO}
    assert counts(move(PELICAN | files)) == {"nouveau": 1}
    assert (
        body(site, "le-seau")
        == """\
Une mesure[^a] au bord de l’eau, faite par le groupe imaginaire.

Seau
: Un récipient.

- un
  - deux

![Le seau bleu](/medias/images/seau.png "Vu de haut")

```python
x = "*"
```

[^a]: Douteuse."""
    )
    assert (site / "content/medias/images/seau.png").read_bytes() == anciens_sites.LOGO
    assert front(site, "articles/le-seau") == {
        "titre": "Le seau",
        "resume": "Une mesure au bord de l’eau, faite par le groupe imaginaire.",
        "publie_le": "2020-01-01",
        "ids_externes": {"pelican": "blog.exemple.org/content/seau.md"},
        "anciennes_urls": ["/le-seau.html"],
    }
    assert main(CHECK) == 0


def test_what_its_author_hid_does_not_move_in(site, move):
    text = (
        "Title: Le seau\nDate: 2020-01-01\n\nUne mesure imaginaire.\n\n"
        '<div hidden>Code 4512.</div>\n\n<p style="display:none">Code 4513.</p>\n\n'
        '<div class="share">Une part.</div>\n'
    )
    move(PELICAN | {"content/seau.md": text})
    assert body(site, "le-seau") == "Une mesure imaginaire.\n\nUne part."
    assert "451" not in front(site, "articles/le-seau")["resume"]


def test_links_lead_to_where_things_are_now(site, move):
    """By file, by old address, relative or whole; what is not brought leads to the old site."""
    text = "Title: Un\nDate: 2020-01-01\n\n" + " ; ".join(
        f"[lien {rank}]({address})"
        for rank, address in enumerate(
            (
                "{filename}/deux.md",
                "deux.html",
                "/deux.html",
                "http://www.blog.exemple.org/deux.html#fin",
                "https://blog.exemple.org/tag/eau.html",
                "https://exemple.org/?utm_source=a",
                "{static}/doc.pdf",
                "{filename}/jamais.md",
                "javascript:alert(1)",
                "../../../../etc/passwd",
            )
        )
    )
    said = move(PELICAN | TWO | {"content/un.md": text, "content/doc.pdf": PDF})
    rows = body(site, "un").split(" ; ")
    assert rows[:4] == [f"[lien {rank}](articles/deux)" for rank in range(4)]
    assert rows[4] == "[lien 4](https://blog.exemple.org/tag/eau.html)"
    assert rows[5] == "[lien 5](https://exemple.org/)"
    assert rows[6] == "[lien 6](/medias/doc.pdf)"
    assert rows[7:] == ["lien 7", "lien 8", "[lien 9](https://blog.exemple.org/etc/passwd)"]
    assert "non repris : lien interne « {filename}/jamais.md »" in said
    assert "à relire : lien vers l’ancien site" in said
    assert main(CHECK) == 0


def test_only_a_day_told_two_texts_apart(site, move):
    text = "Title: La semaine\nSlug: s\nDate: {0}\nURL: {0}.html\n\nUn."
    days = ("2020-01-01", "2020-01-08")
    move(PELICAN | {f"content/{day}-semaine.md": text.format(day) for day in days})
    there = {one.name for one in (site / "content/articles").iterdir()}
    assert there == {f"s-{day}.md" for day in days}
    assert {f"/{day}.html" for day in days} <= answered()


def test_a_post_that_several_are_called_is_the_last_one(site, move):
    folders = ("", "a/", "b/", "c/", "d/")
    text = "---\ntitle: Dossier {0}\n---\nVoir [la suite]({{% post_url 2020-01-01-x %}}).\n"
    posts = {f"{one}_posts/2020-01-01-x.md": text.format(one or "seul") for one in folders}
    move({"_config.yml": "url: https://exemple.org\n"} | posts)
    there = {one.stem: one.read_text() for one in (site / "content/articles").iterdir()}
    last = next(name for name, text in there.items() if "d/_posts" in text)
    assert len(there) == len(folders)
    assert all(f"[la suite](articles/{last})" in text for text in there.values())


def test_keys_are_mapped_or_left_once(site, move):
    text = "Title: Un\nDate: 2020-01-01\nMission: Ce qu’il fait.\nLink: x\nNumero: 3\n\nUn texte.\n"
    files, keys = PELICAN | {"content/un.md": text}, "--cle mission=resume --sans link".split()
    assert "Rien n’est écrit." in move(files, *keys, "--simuler")
    assert not (site / "content/articles").exists()
    said = move(files, *keys)
    assert front(site, "articles/un")["resume"] == "Ce qu’il fait."
    assert "numero « 3 », aucun champ ne le prend" in said
    assert "link" not in said


def test_a_changed_text_alone_is_an_update(site, move):
    move(PELICAN | ONE | TWO)
    changed = {name: text.replace("Un texte.", "Un autre texte.") for name, text in ONE.items()}
    assert counts(move(changed)) == {"à accepter": 1, "inchangé": 1}
    assert counts(move(changed, "--accepter")) == {"mis à jour": 1, "inchangé": 1}
    assert front(site, "articles/un")["resume"] == "Un autre texte."


HEAD = "---\ntitle: Le vent\ndate: 2020-01-01\n{}---\nUn texte.\n"
VENT = HEAD.format("")
BESIDE = "title: Un\ndate: 2020-01-02\n"
HUGO_TOML = next(iter(HUGO.values()))
READY, DRAFT, DOUBT, LEFT = "nouveau", "brouillon", "à compléter", "non importé"


def _jekyll(settings, path, fate, text=VENT):
    beside = {"_posts/2020-01-02-un.md": f"---\n{BESIDE}---\nUn texte.\n"}
    return beside | {"_config.yml": f"title: x\n{settings}\n", path: text}, fate


def _hugo(settings, path, fate, text=VENT, **above):
    files = {f"content/{name}/_index.md": head for name, head in above.items()}
    beside = {"content/post/un.md": f"---\n{BESIDE}---\nUn texte.\n"}
    return beside | {"hugo.toml": f"{HUGO_TOML}{settings}\n", path: text} | files, fate


def _pelican(settings, path, fate):
    text = "title: Le vent\ndate: 2020-01-01\n\nUn texte.\n"
    beside = {"content/blog/un.md": f"{BESIDE}status: published\n\nUn texte.\n"}
    return beside | {"pelicanconf.py": f"{CONF}{settings}\n", path: text}, fate


POST, PAGE_ = "_posts/2020-01-01-vent.md", "secret/vent.md"
DEFAULTS = "defaults: [{{scope: {{path: '{}'}}, values: {{published: {}}}}}, {}]"
ALL_SHOWN = "{scope: {path: ''}, values: {published: true}}"
DRAFTS = "---\ntitle: Ici\ncascade:\n{}---\n"


@pytest.mark.parametrize(
    ("files", "fate"),
    [
        _jekyll("exclude: [secret]", PAGE_, LEFT),
        _jekyll("exclude: /secret/", PAGE_, LEFT),
        _jekyll("exclude: ['*/vent.md', README.md]", PAGE_, LEFT),
        _jekyll(f"exclude: [{POST}]", POST, LEFT),
        _jekyll("exclude: [autre/]", PAGE_, READY),
        _jekyll("", "secret/_vent.md", LEFT),
        _jekyll("", "_posts/vent.md", LEFT),
        _jekyll("", "_drafts/vent.md", DRAFT),
        _jekyll("collections: {lieux: {}}", "_lieux/vent.md", DRAFT),
        _jekyll("collections: {lieux: {output: true}}", "_lieux/vent.md", READY),
        _jekyll(DEFAULTS.format("secret", "false", ALL_SHOWN), PAGE_, DRAFT),
        _jekyll(DEFAULTS.format("*/vent.md", "false", ALL_SHOWN), PAGE_, DRAFT),
        _jekyll(DEFAULTS.format("", "false", ALL_SHOWN), PAGE_, READY),  # the last of two alike
        _jekyll(DEFAULTS.format("", "false", ""), PAGE_, READY, HEAD.format("published: true\n")),
        _hugo("", "content/a/b/vent.md", DRAFT, a=DRAFTS.format("  draft: true\n")),
        _hugo("", "content/a/vent.md", READY, HEAD.format("draft: false\n"),
              a=DRAFTS.format("  draft: true\n")),
        _hugo("", "content/c/vent.md", READY, a=DRAFTS.format("  draft: true\n")),
        _hugo("", "content/a/vent.md", DRAFT,
              a=DRAFTS.format("  - _target: {path: /a/v*}\n    build: {render: never}\n")),
        _hugo("", "content/a/vent.md", READY,
              a=DRAFTS.format("  - _target: {path: /a/w*}\n    draft: true\n")),
        _hugo("[cascade]\ndraft = true", "content/a/vent.md", DRAFT),
        _hugo("", "content/a/vent.md", DRAFT, HEAD.format("build: {list: never}\n")),
        _hugo("", "content/a/vent.md", DRAFT, HEAD.format("_build: {render: false}\n")),
        _hugo("", "content/a/vent.md", DOUBT, HEAD.format("build: {render: link}\n")),
        _hugo("", "content/a/vent.md", READY, HEAD.format("build: {render: always}\n")),
        _hugo("ignoreFiles = ['a/.*\\.md$']", "content/a/vent.md", LEFT),
        _hugo("ignoreFiles = ['\\.Rmd$']", "content/a/vent.md", READY),
        _hugo("ignoreFiles = ['(x+)+$']", "content/a/vent.md", DOUBT),
        _pelican("DEFAULT_METADATA = {'Status': 'draft'}", "content/vent.md", DRAFT),
        _pelican("DEFAULT_METADATA = dict(status='draft')", "content/vent.md", DOUBT),
        _pelican("DEFAULT_METADATA = {}\nDEFAULT_METADATA['x'] = 1", "content/vent.md", DOUBT),
        _pelican("EXTRA_PATH_METADATA = {'a': {'status': 'hidden'}}", "content/a/vent.md", DRAFT),
        _pelican("PATH_METADATA = '(?P<status>[^/]*)/.*'", "content/a/vent.md", DOUBT),
        _pelican("ARTICLE_EXCLUDES = ['a']", "content/a/vent.md", LEFT),
        _pelican("ARTICLE_EXCLUDES = ['a']", "content/ab/vent.md", READY),
        _pelican("ARTICLE_EXCLUDES = ['pages']", "content/pages/vent.md", READY),
        _pelican("PAGE_EXCLUDES = ['pages/a']", "content/pages/a/vent.md", LEFT),
        _pelican("ARTICLE_PATHS = ['blog']", "content/a/vent.md", LEFT),
        _pelican("ARTICLE_PATHS = [f'{x}']", "content/a/vent.md", DOUBT),
        _pelican("IGNORE_FILES = ['a']", "content/a/vent.md", LEFT),
    ],
)  # fmt: skip
def test_what_its_settings_kept_out_of_a_site_is_not_published(files, fate, site, move):
    said = move(files)
    found = [*site.glob("*/*/le-vent.md"), *site.glob("*/*/vent.md")]
    text = found[0].read_text("utf-8") if found else ""
    aside = DOUBT if "a-completer" in f"{found}" else READY
    assert (DRAFT if "statut: brouillon" in text else aside if found else LEFT) == fate
    assert fate != LEFT or ("ancien site ne le publiait pas (" in said and "Le vent" not in said)


def test_what_stands_beside_a_page_of_hugo_is_no_page(site, move):
    files = {"content/a/index.md": VENT, "content/a/notes/b.md": VENT, "content/c.md": VENT}
    said = move(HUGO | files)
    assert counts(said) == {"nouveau": 2, "non importé": 1}
    assert "« content/a/notes/b.md » n’est pas importé" in said


@pytest.mark.parametrize(
    ("files", "opened", "closed"),
    [
        ({"_config.yml": "title: x\n"}, "{::comment}", "{:/comment}"),
        ({"_config.yml": "title: x\n"}, "{::comment}", "{:/}"),
        ({"_config.yml": "title: x\n"}, "{% comment %}", "{% endcomment %}"),
        (HUGO, "{{% comment %}}", "{{% /comment %}}"),
        (HUGO, "{{< comment >}}", "{{</comment>}}"),
    ],
)
def test_comments_of_a_text_are_not_published(files, opened, closed, site, move):
    text = f"{VENT}\n{opened}\nUn mot entre nous.\n{closed}\n\nLa suite.\n"
    move(files | {"_posts/2020-01-01-vent.md": text, "content/post/vent.md": text})
    (found,) = (site / "content/articles").glob("*vent.md")
    assert "Un mot entre nous" not in found.read_text("utf-8")
    assert body(site, found.stem) == "Un texte.\n\nLa suite."


HOSTILE = {
    "traversée": "![a](../../../../../../etc/hostname) [b]({static}/../../../secret.pdf)",
    "lien symbolique": "[b](images/lien.pdf)",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)> [c](javascript:1)",
    "parenthèses": "[" * 3000 + "](" * 3000,
    "liquide": "{% highlight " * 2000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_brings_nothing_from_outside(text, site, move):
    secret = site.parent / "secret.pdf"
    secret.write_bytes(PDF)
    (OLD / "content/images").mkdir(parents=True)
    (OLD / "content/images/lien.pdf").symlink_to(secret)
    (OLD / "content/dehors").symlink_to(site.parent)
    move(PELICAN | {"content/un.md": f"Title: Un\nDate: 2020-01-01\n\nUn texte.\n\n{text}\n"})
    assert not (site / "content/medias").exists()
    written = (site / "content/articles/un.md").read_text("utf-8")
    assert "<script" not in written and "javascript:" not in written
    assert main(CHECK) == 0


BOMB = "a: &a [x,x]\n" + "".join(
    f"{b}: &{b} [*{a},*{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("header", "why"),
    [
        (f"---\n{BOMB}---\n", "renvoi YAML"),
        ("---\ntitle: [ouvert\n---\n", "YAML valide (ligne"),
        ("---\ntitle: Un\n", "n’est pas fermé"),
        ("+++\ntitle = ouvert\n+++\n", "TOML valide"),
        ('{"title": \n', "n’est pas du JSON"),
        ("---\ntitle: " + "x" * 70_000 + "\n---\n", "dépasse 64 ko"),
        ("---\ndate: 2020-01-01\n---\n", "n’a pas de titre"),
    ],
)
def test_a_header_that_cannot_be_read_says_why(header, why, move):
    said = move(HUGO | {"content/post/un.md": f"{header}Un texte.\n"})
    assert counts(said) == {"non importé": 1}
    assert why in said


def test_what_other_tools_write_beside_words_is_no_text(site, move):
    head = "---\ntitle: Un {0}\ndate: 2020-05-01\n{1}---\n"
    marked = 'summary: "Un **grand** *Bubo bubo*, [ici](https://a.test/)."\n'
    text = "Texte.\n\n## La suite {#suite}\n\n### Autre { #a .b }\n\n```\n# non {#x}\n```\n"
    greeting = "Bonjour à toutes et à tous,\n\nVoici un **vrai** texte.\n"
    move(HUGO | {
        "content/post/un.md": head.format("billet", marked) + text,
        "content/post/deux.md": head.format("mot", "") + greeting,
    })  # fmt: skip
    assert front(site, "articles/un")["resume"] == "Un grand *Bubo bubo*, ici."
    told = body(site, "un")
    assert "## La suite\n\n### Autre\n" in told and "# non {#x}" in told
    assert front(site, "articles/deux")["resume"] == "Voici un vrai texte."


@pytest.mark.parametrize(
    ("settings", "langue"),
    [
        ('languageCode = "fr-fr"', None),
        ('languageCode = "fr"\n[languages.fr]\nweight = 1', None),
        ('languageCode = "de-DE"', "de"),
        # The first is of the template of Hugo; the second was chosen.
        ('languageCode = "en-us"\ndefaultContentLanguage = "fr"', None),
        ('defaultContentLanguage = "x"\n[languages.x]\nlanguageCode = "fr-FR"', None),
        ('defaultContentLanguage = "x"\n[languages.x]\nlocale = "de"', "de"),
        ("", "en"),
    ],
)
def test_the_language_of_a_site_of_hugo(settings, langue, site, move):
    text = "---\ntitle: Un billet\ndate: 2020-05-01\n---\nUn texte.\n"
    move({"hugo.toml": settings, "content/post/billet.md": text})
    (found,) = (site / "content/articles").glob("*billet*")
    assert front(site, f"articles/{found.stem}").get("langue") == langue


@pytest.mark.parametrize("conf", ["PATH = '..'", "PATH = '/etc'", "PATH = ' content", "x" * 99])
def test_settings_lead_nowhere_else(conf, site, move):
    (site.parent / "dehors.md").write_text("Title: Dehors\n\nDehors.\n")
    assert "Dehors" not in move(ONE | {"pelicanconf.py": conf})
    assert not (site / "content/articles/dehors.md").exists()


PAGE = """\
<html><head><title>Le sel</title><meta name="date" content="2020-01-03">
<meta name="keywords" content="mer, sel"><meta name="summary" content="Du sel marin.">
</head><body class="a"><h2>Un marais</h2><p>Le sel <b>sèche</b>, voir <a href="deux.html#fin">la
suite</a>.</p></body></html>
"""


def test_pages_in_html_are_texts_of_a_blog_of_pelican(site, move):
    files = PELICAN | TWO | {
        "content/sel.html": PAGE,
        "content/google123.html": "google-site-verification: google123.html",
        "content/vide.htm": "",
    }  # fmt: skip
    said = move(files)
    assert counts(said) == {"nouveau": 2, "non importé": 2}, said
    assert body(site, "le-sel") == (
        "## Un marais\n\nLe sel **sèche**, voir [la suite](articles/deux)."
    )
    told = front(site, "articles/le-sel")
    assert (told["publie_le"], told["resume"]) == ("2020-01-03", "Du sel marin.")
    assert (told["mots_cles"], told["anciennes_urls"]) == (["mer", "sel"], ["/le-sel.html"])
    assert "à relire : ancre « deux.html#fin »" in said
    assert counts(move({})) == {"inchangé": 2, "non importé": 2}
    unread = move({"pelicanconf.py": f"{CONF}\nREADERS = {{'html': None}}\n"})
    assert counts(unread) == {"inchangé": 1, "non importé": 3}


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("FILENAME_METADATA = r'(?P<date>\\d{4}-\\d{2}-\\d{2})[-_](?P<slug>.*)'", ""),
        ("FILENAME_METADATA = r'(?P<slug>.*)'", ""),
        ("FILENAME_METADATA = r'(?P<slug>[^_]*)_(?P<lang>..)'", "FILENAME_METADATA"),
        ("PATH_METADATA = r'(?P<category>.*)/.*'", "PATH_METADATA"),
        ("SLUG_REGEX_SUBSTITUTIONS = [('a', 'b')]", "SLUG_REGEX_SUBSTITUTIONS"),
        ("SLUGIFY_USE_UNICODE = True", "SLUGIFY_USE_UNICODE"),
    ],
)
def test_a_setting_of_addresses_that_is_not_followed_is_told(setting, told, move):
    said = move(ONE | {"pelicanconf.py": f"{CONF}\n{setting}\n"})
    assert re.findall(r"^(\w+) n’est pas suivi", said, re.M) == ([told] if told else [])


def test_former_addresses_of_files_are_told(move):
    text = "Title: Un\nDate: 2020-01-01\n\nVoir [un guide]({static}/docs/guide.pdf#page=2).\n"
    said = move(PELICAN | {"content/un.md": text, "content/docs/guide.pdf": PDF})
    assert "1 image ou document change d’adresse sans redirection" in said
    assert "« content/docs/guide.pdf » est à /medias/docs/guide.pdf" in said
    assert "à relire : ancre « {static}/docs/guide.pdf#page=2 »" in said


HEADED = "---\ntitle: {}\ndate: 2020-01-01\n---\n<p>Écrivez <b>ici</b>.</p>\n"
APART = "<html><body><p>Une page à part.</p></body></html>"


@pytest.mark.parametrize(
    ("files", "brought"),
    [
        (
            {"_config.yml": "title: x\n", "_posts/2020-01-01-un.html": HEADED.format("Un"),
             "_layouts/post.html": APART, "README.md": "# Notes\n", "apart.html": APART,
             "contact.html": HEADED.format("Contact")},
            {"articles/un", "pages/contact"},
        ),
        (
            {"hugo.toml": "title = 'x'\n", "content/post/deux.html": HEADED.format("Deux"),
             "static/apart.html": APART, "static/b/index.html": APART},
            {"articles/deux"},
        ),
    ],
)  # fmt: skip
def test_pages_that_a_site_copied_are_counted(files, brought, site, move):
    said = move(files)
    assert "n’est pas repris : 2 pages (" in said, said
    assert "apart.html" in said
    assert counts(said) == {"nouveau": len(brought)}, said
    for name in brought:
        assert "Écrivez **ici**." in (site / f"content/{name}.md").read_text("utf-8")


LOST = "Cette page n’existe pas, ou plus : cherchez-la à l’accueil.\n"
FRONT = "---\nlayout: page\ntitle: Introuvable\npermalink: {}\n---\n"


@pytest.mark.parametrize(
    "files",
    [
        {"_config.yml": "", "404.html": FRONT.format("/404.html") + LOST},
        {"_config.yml": "baseurl: /a\n", "404.md": FRONT.format("/404.html") + LOST},
        {"_config.yml": "", "perdu.md": FRONT.format("/404.html") + LOST},
        {"_config.yml": "", "pages/404.md": FRONT.format("/404/") + LOST},
        {"_config.yml": "", "en/404.md": FRONT.format("/en/404.html") + LOST},
        {"_config.yml": "", "404.md": "---\nlayout: page\n---\n" + LOST},
        {"hugo.toml": "", "content/404.md": "---\ntitle: Perdu\ndate: 2024-01-01\n---\n" + LOST},
        {"hugo.toml": "", "content/perdu.md": "---\ntitle: Perdu\nurl: /404.html\n---\n" + LOST},
        {
            "pelicanconf.py": "",
            "content/pages/404.md": "Title: Perdu\nsave_as: 404.html\n\n" + LOST,
        },
        {"pelicanconf.py": "", "content/404.md": "Title: Perdu\nDate: 2024-01-01\n\n" + LOST},
        {"pelicanconf.py": "", "content/p.md": "Title: Perdu\nsave_as: 404.html\n\n" + LOST},
    ],
)
def test_the_page_of_what_is_lost_is_left_and_told(files, site, move):
    before = {*Path("content").rglob("*.md"), *Path("a-completer").rglob("*.md")}
    said = move(files)
    assert "C’est la page d’erreur de l’ancien site" in said and counts(said) == {"non importé": 1}
    assert {*Path("content").rglob("*.md"), *Path("a-completer").rglob("*.md")} == before


def test_a_text_that_is_about_404_is_one(site, move):
    move({
        "_config.yml": "",
        "_posts/2024-01-01-404.md": f"---\ntitle: Une peinture à 404\n---\n{LOST}",
        "peinture/404.md": f"---\ntitle: La 404\n---\n{LOST}",
    })  # fmt: skip
    assert front(site, "articles/404")["anciennes_urls"] == ["/2024/01/01/404.html"]
    assert [*Path("content/pages").glob("*404*.md")]
