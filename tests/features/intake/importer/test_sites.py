"""Whole sites of other generators move in: what is ready, which addresses are answered."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import yaml

import anciens_sites
import arrivages
from anciens_sites import TEXTS, Ancien
from arrivages import printed, singular
from portail.cli import main
from portail.cli.contents import read_contents
from portail.site.redirections import redirections

DAY = "2026-11-25"


@pytest.fixture
def portal(site):
    return site


def bring(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    main(["importer", str(folder), "--date", DAY, *options])
    return capsys.readouterr().out


def counts(said: str) -> dict[str, int]:
    """The counts that an import says, nouns in the singular."""
    return singular(printed(said))


def answered(portal: Path) -> set[str]:
    """Addresses that lead to a content."""
    site = read_contents(None, DAY, "portail check").result.site
    assert site is not None
    former = {one.de for one in redirections(site)}
    return former | {item.url for item in site.items.values()}


front = partial(arrivages.front, loader=yaml.BaseLoader)


@pytest.mark.parametrize(
    ("zone", "date", "days"),
    [
        ("Europe/Paris", "'2015-05-28 23:23:39.00000000 -05:00'", ["2015/05/29"]),
        ("America/New_York", "2015-05-29T01:00:00Z", ["2015/05/28"]),
        ("", "2015-05-28 23:23:39 -0500", ["2015/05/29"]),  # the clock of the portal
        ("Nulle/Part", "2015-05-28", ["2015/05/28"]),
        # With quotes it is an hour of the site, without them one of UTC: nothing says which.
        ("Europe/Paris", "2015-05-28 23:23:39", ["2015/05/28", "2015/05/29"]),
        ("Europe/Paris", "2015-05-28 12:00:00", ["2015/05/28"]),
    ],
)
def test_addresses_of_jekyll_have_the_day_of_its_zone(zone, date, days, portal):
    folder = portal.parent / "blog"
    (folder / "_posts").mkdir(parents=True)
    (folder / "_config.yml").write_text(f"permalink: pretty\ntimezone: {zone}\n")
    text = f"---\ntitle: Le soir\ndate: {date}\n---\nUn texte.\n"
    (folder / "_posts/2015-05-28-le-soir.md").write_text(text)
    assert main(["importer", str(folder), "--date", DAY]) == 0
    said = front(portal, "articles/le-soir")["anciennes_urls"]
    assert said == [f"/{day}/le-soir/" for day in days]


def pelican_addresses(folder: Path) -> set[str]:
    """Where Pelican itself publishes the texts of a site."""
    theme = folder.parent / "theme-imaginaire" / "templates"
    theme.mkdir(parents=True)
    for name in ("article", "page", "index", "archives", "categories", "tags", "authors"):
        (theme / f"{name}.html").write_text("x")
    settings = folder / "pelicanconf.py"
    run = [sys.executable, "-m", "pelican", "content", "-o", "sortie", "-s", settings.name, "-q"]
    subprocess.run(run, cwd=folder, check=True, env={**os.environ, "PYTHONPATH": ""})
    out = folder / "sortie"
    found = {f"/{one.relative_to(out).as_posix()}" for one in out.rglob("*.html")}
    return {re.sub(r"/index\.html$", "/", one) for one in found if "/drafts/" not in one}


def judge(
    make: Callable[[Path], Ancien],
    folder: Path,
    portal: Path,
    capsys: pytest.CaptureFixture[str],
) -> tuple[Ancien, str]:
    """A site moves in: counts and files add up, a second import changes nothing."""
    site = make(folder)
    before = len([*portal.rglob("*.md")])
    said = bring(folder, capsys)
    told = counts(said)
    assert sum(told.values()) == site.texts
    assert told["nouveau"] >= (site.texts - site.none) * 0.95
    assert told.get("non importé", 0) == site.none
    assert main(["check", "--date", DAY]) == 0, capsys.readouterr().out
    capsys.readouterr()
    again = counts(bring(folder, capsys))
    assert again == {"inchangé": told["nouveau"], "non importé": site.none}
    assert len([*portal.rglob("*.md")]) == before + told["nouveau"]
    return site, said


@pytest.mark.site
def test_a_blog_of_pelican_moves_in(tmp_path, portal, capsys):
    folder = tmp_path / "ancien"
    judge(anciens_sites.pelican, folder, portal, capsys)
    assert not Path("/tmp/jamais-execute").exists()
    (folder / "pelicanconf.py").write_text(
        anciens_sites.PELICANCONF.replace("open('/tmp/jamais-execute', 'w')\n", "")
    )
    wanted = pelican_addresses(folder)
    assert len(wanted) > TEXTS * 0.9
    assert wanted - answered(portal) == {"/2010/01/vieux/"}  # reStructuredText, which is refused


@pytest.mark.site
def test_a_blog_of_jekyll_moves_in(tmp_path, portal, capsys):
    site, _ = judge(anciens_sites.jekyll, tmp_path / "ancien", portal, capsys)
    assert len(site.addresses) > TEXTS
    assert site.addresses - answered(portal) == set()


@pytest.mark.site
def test_a_site_of_hugo_moves_in(tmp_path, portal, capsys):
    site, _ = judge(anciens_sites.hugo, tmp_path / "ancien", portal, capsys)
    assert len(site.addresses) > TEXTS
    assert site.addresses - answered(portal) == set()


CONF = "SITEURL = 'https://blog.exemple.org'\nDEFAULT_LANG = 'fr'\n"


def old(tmp_path: Path, files: dict[str, str | bytes], conf: str = CONF) -> Path:
    """A blog of Pelican with these files below its ``content``."""
    folder = tmp_path / "ancien"
    for path, text in {"../pelicanconf.py": conf, **files}.items():
        file = folder / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def body(portal: Path, name: str) -> str:
    text = (portal / f"content/articles/{name}.md").read_text(encoding="utf-8")
    return text.split("---\n", 2)[2].strip()


def test_a_text_is_read_as_its_site_read_it(tmp_path, portal, capsys):
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
    files = {"seau.md": text, "images/seau.png": anciens_sites.LOGO}
    said = bring(old(tmp_path, files), capsys)
    assert counts(said) == {"nouveau": 1}
    assert (
        body(portal, "le-seau")
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
    assert (portal / "content/medias/images/seau.png").read_bytes() == anciens_sites.LOGO
    assert front(portal, "articles/le-seau") == {
        "titre": "Le seau",
        "resume": "Une mesure au bord de l’eau, faite par le groupe imaginaire.",
        "publie_le": "2020-01-01",
        "ids_externes": {"pelican": "blog.exemple.org/content/seau.md"},
        "anciennes_urls": ["/le-seau.html"],
    }
    assert main(["check", "--date", DAY]) == 0


def test_links_lead_to_where_things_are_now(tmp_path, portal, capsys):
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
    files = {"un.md": text, "deux.md": "Title: Deux\nDate: 2020-01-02\n\nLe deuxième texte.\n",
             "doc.pdf": b"%PDF-1.4\n%%EOF\n"}  # fmt: skip
    said = bring(old(tmp_path, files), capsys)
    rows = body(portal, "un").split(" ; ")
    assert rows[:4] == [f"[lien {rank}](articles/deux)" for rank in range(4)]
    assert rows[4] == "[lien 4](https://blog.exemple.org/tag/eau.html)"
    assert rows[5] == "[lien 5](https://exemple.org/)"
    assert rows[6] == "[lien 6](/medias/doc.pdf)"
    assert rows[7:] == ["lien 7", "lien 8", "[lien 9](https://blog.exemple.org/etc/passwd)"]
    assert "non repris : lien interne « {filename}/jamais.md »" in said
    assert "à relire : lien vers l’ancien site" in said
    assert main(["check", "--date", DAY]) == 0


def test_only_a_day_told_two_texts_apart(tmp_path, portal, capsys):
    files = {
        f"{day}-semaine.md": f"Title: La semaine\nSlug: s\nDate: {day}\nURL: {day}.html\n\nUn."
        for day in ("2020-01-01", "2020-01-08")
    }
    bring(old(tmp_path, files), capsys)
    there = {one.name for one in (portal / "content/articles").iterdir()}
    assert there == {"s-2020-01-01.md", "s-2020-01-08.md"}
    assert {"/2020-01-01.html", "/2020-01-08.html"} <= answered(portal)


def test_keys_are_mapped_or_left_once(tmp_path, portal, capsys):
    text = "Title: Un\nDate: 2020-01-01\nMission: Ce qu’il fait.\nLink: x\nNumero: 3\n\nUn texte.\n"
    folder = old(tmp_path, {"un.md": text})
    said = bring(folder, capsys, "--cle", "mission=resume", "--sans", "link", "--simuler")
    assert "Rien n’est écrit." in said
    assert not (portal / "content/articles").exists()
    said = bring(folder, capsys, "--cle", "mission=resume", "--sans", "link")
    assert front(portal, "articles/un")["resume"] == "Ce qu’il fait."
    assert "numero « 3 », aucun champ ne le prend" in said
    assert "link" not in said


def test_a_changed_text_alone_is_an_update(tmp_path, portal, capsys):
    text = "Title: Un\nDate: 2020-01-01\nSummary: Court.\n\nUn texte.\n"
    folder = old(tmp_path, {"un.md": text, "deux.md": text.replace("Un", "Deux")})
    bring(folder, capsys)
    (folder / "content/un.md").write_text(text.replace("Un texte.", "Un autre texte."))
    assert counts(bring(folder, capsys)) == {"à accepter": 1, "inchangé": 1}
    assert counts(bring(folder, capsys, "--accepter")) == {"mis à jour": 1, "inchangé": 1}
    assert body(portal, "un") == "Un autre texte."


HOSTILE = {
    "traversée": "![a](../../../../../../etc/hostname) [b]({static}/../../../secret.pdf)",
    "lien symbolique": "[b](images/lien.pdf)",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)> [c](javascript:1)",
    "parenthèses": "[" * 3000 + "](" * 3000,
    "liquide": "{% highlight " * 2000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_brings_nothing_from_outside(text, tmp_path, portal, capsys):
    (tmp_path / "secret.pdf").write_bytes(b"%PDF-1.4\nsecret")
    folder = old(tmp_path, {"un.md": f"Title: Un\nDate: 2020-01-01\n\nUn texte.\n\n{text}\n"})
    (folder / "content/images").mkdir()
    (folder / "content/images/lien.pdf").symlink_to(tmp_path / "secret.pdf")
    (folder / "content/dehors").symlink_to(tmp_path)
    bring(folder, capsys)
    assert not (portal / "content/medias").exists()
    assert (portal / "content/articles/un.md").is_file()
    written = (portal / "content/articles/un.md").read_text(encoding="utf-8")
    assert "<script" not in written
    assert "javascript:" not in written
    assert main(["check", "--date", DAY]) == 0


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
def test_a_header_that_cannot_be_read_says_why(header, why, tmp_path, portal, capsys):
    folder = tmp_path / "ancien"
    (folder / "content/post").mkdir(parents=True)
    (folder / "hugo.toml").write_text('baseURL = "https://exemple.org/"\n')
    (folder / "content/post/un.md").write_text(f"{header}Un texte.\n", encoding="utf-8")
    said = bring(folder, capsys)
    assert counts(said) == {"non importé": 1}
    assert why in said


def test_what_other_tools_write_beside_words_is_no_text(portal, tmp_path, capsys):
    folder = tmp_path / "ancien"
    (folder / "content/post").mkdir(parents=True)
    (folder / "hugo.toml").write_text('baseURL = "https://exemple.org/"\n')
    head = "---\ntitle: Un {0}\ndate: 2020-05-01\n{1}---\n"
    marked = 'summary: "Un **grand** *Bubo bubo*, [ici](https://a.test/)."\n'
    text = "Texte.\n\n## La suite {#suite}\n\n### Autre { #a .b }\n\n```\n# non {#x}\n```\n"
    (folder / "content/post/un.md").write_text(head.format("billet", marked) + text)
    greeting = "Bonjour à toutes et à tous,\n\nVoici un **vrai** texte.\n"
    (folder / "content/post/deux.md").write_text(head.format("mot", "") + greeting)
    bring(folder, capsys)
    assert front(portal, "articles/un")["resume"] == "Un grand *Bubo bubo*, ici."
    told = body(portal, "un")
    assert "## La suite\n\n### Autre\n" in told and "# non {#x}" in told
    assert front(portal, "articles/deux")["resume"] == "Voici un vrai texte."


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
def test_the_language_of_a_site_of_hugo(
    settings,
    langue,
    portal,
    tmp_path,
    capsys,
):
    text = "---\ntitle: Un billet\ndate: 2020-05-01\n---\nUn texte.\n"
    folder = tmp_path / "ancien"
    (folder / "content/post").mkdir(parents=True)
    (folder / "content/post/billet.md").write_text(text)
    (folder / "hugo.toml").write_text(f'baseURL = "https://exemple.org/"\n{settings}\n')
    bring(folder, capsys)
    (found,) = (portal / "content/articles").glob("*billet*")
    assert front(portal, f"articles/{found.stem}").get("langue") == langue


@pytest.mark.parametrize("conf", ["PATH = '..'", "PATH = '/etc'", "PATH = ' content", "x" * 99])
def test_settings_lead_nowhere_else(conf, tmp_path, portal, capsys):
    (tmp_path / "dehors.md").write_text("Title: Dehors\n\nDehors.\n")
    folder = old(tmp_path, {"un.md": "Title: Un\nDate: 2020-01-01\n\nUn texte.\n"}, conf)
    main(["importer", str(folder), "--date", DAY])
    said = capsys.readouterr()
    assert "Dehors" not in said.out + said.err
    assert not (portal / "content/articles/dehors.md").exists()


PAGE = """\
<html><head><title>Le sel</title><meta name="date" content="2020-01-03">
<meta name="keywords" content="mer, sel"><meta name="summary" content="Du sel marin.">
</head><body class="a"><h2>Un marais</h2><p>Le sel <b>sèche</b>, voir <a href="deux.html#fin">la
suite</a>.</p></body></html>
"""


def test_pages_in_html_are_texts_of_a_blog_of_pelican(tmp_path, portal, capsys):
    files = {
        "sel.html": PAGE,
        "deux.md": "Title: Deux\nDate: 2020-01-02\n\nLe deuxième texte.\n",
        "google123.html": "google-site-verification: google123.html",
        "vide.htm": "",
    }
    folder = old(tmp_path, files)
    said = bring(folder, capsys)
    assert counts(said) == {"nouveau": 2, "non importé": 2}, said
    assert body(portal, "le-sel") == (
        "## Un marais\n\nLe sel **sèche**, voir [la suite](articles/deux)."
    )
    told = front(portal, "articles/le-sel")
    assert (told["publie_le"], told["resume"]) == ("2020-01-03", "Du sel marin.")
    assert (told["mots_cles"], told["anciennes_urls"]) == (["mer", "sel"], ["/le-sel.html"])
    assert "à relire : ancre « deux.html#fin »" in said
    assert counts(bring(folder, capsys)) == {"inchangé": 2, "non importé": 2}
    unread = old(tmp_path, files, CONF + "\nREADERS = {'html': None}\n")
    assert counts(bring(unread, capsys)) == {"inchangé": 1, "non importé": 3}


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
def test_a_setting_of_addresses_that_is_not_followed_is_told(
    setting, told, tmp_path, portal, capsys
):
    files = {"un.md": "Title: Un\nDate: 2020-01-01\n\nUn texte.\n"}
    said = bring(old(tmp_path, files, f"{CONF}\n{setting}\n"), capsys)
    assert re.findall(r"^(\w+) n’est pas suivi", said, re.M) == ([told] if told else [])


def test_former_addresses_of_files_are_told(tmp_path, portal, capsys):
    text = (
        "Title: Un\nDate: 2020-01-01\n\nUn texte, et [un guide]({static}/docs/guide.pdf#page=2).\n"
    )
    files = {"un.md": text, "docs/guide.pdf": b"%PDF-1.4\n%%EOF\n"}
    said = bring(old(tmp_path, files), capsys)
    assert "1 image ou document change d’adresse sans redirection" in said
    assert "« content/docs/guide.pdf » est à /medias/docs/guide.pdf" in said
    assert "à relire : ancre « {static}/docs/guide.pdf#page=2 »" in said


def test_pages_that_a_site_copied_are_counted(tmp_path, portal, capsys):
    page = "<html><body><p>Une page à part.</p></body></html>"
    headed = "---\ntitle: {}\ndate: 2020-01-01\n---\n<p>Écrivez <b>{}</b>.</p>\n"
    texts = {
        "jekyll": {
            "_config.yml": "title: x\n",
            "_posts/2020-01-01-un.html": headed.format("Un", "un"),
            "_layouts/post.html": page,
            "README.md": "# Notes\n",
            "apart.html": page,
            "contact.html": headed.format("Contact", "ici"),
        },
        "hugo": {
            "hugo.toml": "title = 'x'\n",
            "content/post/deux.html": headed.format("Deux", "deux"),
            "static/apart.html": page,
            "static/b/index.html": page,
        },
    }
    for name, files in texts.items():
        for path, text in files.items():
            file = tmp_path / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        said = bring(tmp_path / name, capsys)
        assert "n’est pas repris : 2 pages (" in said, said
        assert "apart.html" in said
        assert counts(said) == {"nouveau": 2 if name == "jekyll" else 1}, said
    assert "Écrivez **ici**." in (portal / "content/pages/contact.md").read_text(encoding="utf-8")
