"""Sites of Pelican, Jekyll and Hugo, openly fictional, in the shape of real ones: all headers, all
ways of naming a page, pictures, notes, code, tags of templates.

Each function writes a site below a folder and says the addresses that its pages had, as the
documentation of its generator makes them (those of Pelican are asked of Pelican itself).
"""

import json
from dataclasses import dataclass, field

from doses import dose
from pictures import png

SUBJECTS = ("la craie", "le sable", "la houle", "les comètes", "le lin", "l’été", "les abeilles")
WORDS = ("géologie", "océan", "ciel", "jardin", "histoire des sciences")
LOGO = png(60, 40)
TEXTS = dose(60, 210)
"""Enough for each way of writing, and for several processes to read them."""


@dataclass
class Ancien:
    """What a site held: how many texts, which of them are none, the addresses of the others."""

    texts: int = 0
    none: int = 0
    addresses: set = field(default_factory=set)


def _write(folder, path, text):
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)


def _day(rank):
    return f"20{10 + rank % 15}-{1 + rank % 12:02}-{1 + rank % 28:02}"


def _titre(rank):
    return f"Observer {SUBJECTS[rank % len(SUBJECTS)]} : l’épisode {rank}"


PARAGRAPH = (
    "Au bord de l’eau, le groupe imaginaire mesure {sujet} pendant deux heures. Il recommence."
)


def _body(rank, image, link):
    """What texts of any generator hold."""
    sujet = SUBJECTS[rank % len(SUBJECTS)]
    pieces = [PARAGRAPH.format(sujet=sujet)]
    if rank % 3 == 0:
        pieces.append(f"![Un carnet de mesures]({image})")
    if rank % 4 == 0:
        pieces.append(f"Voir [l’autre épisode]({link}) et [le site](https://exemple.org/).")
    if rank % 5 == 0:
        pieces.append("## Matériel\n\n* une corde\n* un seau\n\n```python\nprint('*eau*')\n```")
    if rank % 6 == 0:
        pieces.append("Une mesure[^1] douteuse.\n\n[^1]: Le seau fuyait.")
    if rank % 7 == 0:
        pieces.append("<p>Un <b>mot</b> gras<br>et <em>un autre</em>.</p>")
    if rank % 8 == 0:
        pieces.append("| jour | litres |\n| --- | --- |\n| lundi | 3 |\n| mardi | 4 |")
    return "\n\n".join(pieces)


PELICANCONF = """\
from __future__ import unicode_literals
import os
SITENAME = 'Carnets du groupe fictif'
AUTHOR = 'Camille Exemple'
SITEURL = '' if os.environ.get('LOCAL') else 'https://carnets.exemple.org'
TIMEZONE = 'Europe/Paris'
DEFAULT_LANG = 'fr'
PATH = './content'
ARTICLE_URL = '{date:%Y}/{date:%m}/{slug}/'
ARTICLE_SAVE_AS = '{date:%Y}/{date:%m}/{slug}/index.html'
DIRECT_TEMPLATES = ()
CATEGORY_SAVE_AS = TAG_SAVE_AS = AUTHOR_SAVE_AS = ''
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
THEME = '../theme-imaginaire'
MARKDOWN = {
    'extension_configs': {
        'markdown.extensions.codehilite': {'css_class': 'highlight'},
        'markdown.extensions.extra': {},
        'markdown.extensions.meta': {},
    },
    'output_format': 'html5',
}
open('/tmp/jamais-execute', 'w')
"""


def pelican(folder):
    """A blog of Pelican; where they were is for Pelican to say."""
    site = Ancien()
    _write(folder, "pelicanconf.py", PELICANCONF)
    _write(folder, "content/images/Carnet de bord.png", LOGO)
    for rank in range(TEXTS):
        titre = _titre(rank if rank % 50 else 0)  # some titles come again, on another day
        rows = [f"Title: {titre}", f"Date: {_day(rank)} 10:0{rank % 10}", "Category: Mesures"]
        if rank % 2:
            rows.append(f"Slug: episode-{rank}")
        if rank % 3 == 0:
            rows.append(f"Tags: {WORDS[rank % 5]}, lang:fr")
        if rank % 4 == 0:
            rows.append("Summary: Un résumé écrit à la main,\n    sur deux lignes.")
        if rank % 9 == 0:
            rows.append("Authors: Une Personne, Un Autre")
        if rank % 25 == 7:
            rows.append("Status: draft")
        if rank % 40 == 3:
            rows += [f"URL: special/{rank}.html", f"Save_as: special/{rank}.html"]
        opened, closed = (("", "\n"), ("", "---\n"), ("---\n", "---\n"), ("", "...\n"))[rank % 4]
        previous = (
            f"{_day(rank - 1)}-episode{'.markdown' if rank % 11 == 1 else '.md'}" if rank else ""
        )
        link = f"{{filename}}{previous}" if rank else "https://exemple.org/"
        text = (
            opened
            + "\n".join(rows)
            + f"\n{closed}"
            + _body(rank, "{static}/images/Carnet%20de%20bord.png", link)
        )
        if rank % 13 == 0:
            text = text.replace("\n", "\r\n")
        suffix = "markdown" if rank % 11 == 0 else "md"
        _write(folder, f"content/{_day(rank)}-episode.{suffix}", f"{text}\n")
        site.texts += 1
    for rank in range(8):
        text = f"Title: Page {rank} du carnet\n\n{_body(rank, '/images/absente.png', '/')}\n"
        _write(folder, f"content/pages/page-{rank}.md", text)
        site.texts += 1
    _write(folder, "content/vieux.rst", "Vieux\n=====\n:date: 2010-01-01\n")
    _write(folder, "content/sans-titre.md", "Rien qu’un texte.\n")
    site.texts += 2
    site.none = 2
    return site


CONFIG = """\
title: Carnets fictifs
url: https://carnets.exemple.org
baseurl: /blog
permalink: /:categories/:year/:month/:day/:title:output_ext
author:
  name: Camille Exemple
defaults:
  - scope: {path: "", type: posts}
    values: {layout: post}
"""


def jekyll(folder):
    """A blog of Jekyll."""
    site = Ancien()
    _write(folder, "_config.yml", CONFIG)
    _write(folder, "assets/IMG_1.png", LOGO)
    _write(folder, "_includes/pied.html", "---\n---\nPied")
    _write(folder, "README.md", "# Comment publier\n")
    for rank in range(TEXTS):
        day = _day(rank)
        rows = [f'title: "{_titre(rank)}"', "layout: post"]
        name = f"episode-{rank}"
        path = f"/{day.replace('-', '/')}/{name}.html"
        if rank % 3 == 0:
            rows.append(f"date: {day} 08:00:00 +0200")
        if rank % 4 == 0:
            rows.append("categories: [mesures]")
            path = f"/mesures{path}"
        if rank % 5 == 0:
            rows.append(f"tags:\n  - {WORDS[rank % 5]}\n  - {WORDS[(rank + 1) % 5]}")
        if rank % 7 == 0:
            rows.append("excerpt: >-\n  Un résumé plié\n  sur deux lignes.")
        if rank % 9 == 0:
            rows.append(f"permalink: /vieux/{rank}/")
            path = f"/vieux/{rank}/"
        if rank % 10 == 0:
            rows.append(f"redirect_from:\n  - /p/{rank}.html")
            site.addresses |= {f"/p/{rank}.html"} if rank % 33 != 1 else set()
        if rank % 33 == 1:
            rows.append("published: false")
        else:
            site.addresses.add(path)
        before = f"{_day(rank - 1)}-episode-{rank - 1}"
        link = (
            f"{{% post_url {before} %}}" if rank and (rank - 1) % 33 != 1 else "/blog/a-propos.html"
        )
        body = _body(rank, "{{ site.baseurl }}/assets/IMG_1.png", link)
        if rank % 6 == 1:
            body += "\n\n{% highlight ruby %}\nputs 1\n{% endhighlight %}"
            body += "\n\n<!--more-->\n\nLa suite.\n{: .note}"
        if rank % 12 == 5:
            body += '\n\n{% include youtube.html id="abc" %}'
        suffix = ("md", "markdown", "md")[rank % 3]
        _write(
            folder, f"_posts/{day}-{name}.{suffix}", "---\n" + "\n".join(rows) + f"\n---\n{body}\n"
        )
        site.texts += 1
    for rank in range(5):
        _write(folder, f"_drafts/essai-{rank}.md", f"---\ntitle: Essai {rank}\n---\nUn essai.\n")
    _write(folder, "a-propos.md", "---\ntitle: À propos\n---\nLe groupe est imaginaire.\n")
    _write(folder, "contact/index.md", "---\ntitle: Écrire\n---\nÉcrivez au groupe imaginaire.\n")
    site.addresses |= {"/a-propos.html", "/contact/"}
    _write(folder, "index.html", "---\nlayout: home\n---\n")
    _write(folder, "_posts/2020-01-01-casse.md", "---\ntitle: [ouvert\n---\nTexte.\n")
    site.texts += 9
    site.none = 2
    return site


HUGO = """\
baseURL = "https://carnets.exemple.org/"
defaultContentLanguage = "fr"
[permalinks]
  billets = "/:year/:month/:slug/"
[params.author]
  name = "Camille Exemple"
"""


def hugo(folder):
    """A site of Hugo."""
    site = Ancien()
    _write(folder, "hugo.toml", HUGO)
    _write(folder, "static/img/carnet.png", LOGO)
    for rank in range(TEXTS):
        day = _day(rank)
        values = {"title": _titre(rank), "date": f"{day}T22:30:00Z"}
        values["tags"] = [WORDS[rank % 5]]
        section = "billets" if rank % 2 else "post"
        name = f"episode-{rank}"
        if rank % 2:
            values["slug"] = name
            path = f"/{day[:4]}/{day[5:7]}/{name}/"
        else:
            path = f"/post/{name}/"
        if rank % 7 == 0 and rank % 30 != 4:
            values["aliases"] = [f"/ancien/{rank}/"]
            site.addresses.add(f"/ancien/{rank}/")
        if rank % 9 == 0:
            values["url"] = path = f"/propre/{rank}.html"
        if rank % 5 == 0:
            values["description"] = "Un résumé écrit à la main."
        if rank % 30 == 4:
            values["draft"] = True
        else:
            site.addresses.add(path)
        link = (
            '{{< ref "episode-1.md" >}}' if rank % 8 else '{{< relref "/billets/episode-3.md" >}}'
        )
        bundle = rank % 10 == 2
        body = _body(rank, "photo.png" if bundle else "/img/carnet.png", link)
        if rank % 6 == 1:
            body += '\n\n<!--more-->\n\n{{< figure src="/img/carnet.png" title="Le carnet" >}}'
            body += "\n\n{{< youtube w7Ft2ymGmfc >}}\n\n{{< inconnu >}}"
        file = f"content/{section}/{name}/index.md" if bundle else f"content/{section}/{name}.md"
        if bundle:
            _write(folder, f"content/{section}/{name}/photo.png", LOGO)
        _write(folder, file, f"{_header(values, rank)}\n{body}\n")
        site.texts += 1
    for rank in range(5):
        _write(folder, f"content/page-{rank}.md", f"---\ntitle: Page {rank}\n---\nUne page.\n")
        site.addresses.add(f"/page-{rank}/")
    _write(folder, "content/_index.md", "---\ntitle: Accueil\n---\n")
    _write(folder, "content/post/_index.md", "---\ntitle: Billets\n---\n")
    _write(folder, "content/post/casse.md", "+++\ntitle = ouvert\n+++\nTexte.\n")
    site.texts += 8
    site.none = 3
    return site


def _header(values, rank):
    """TOML, YAML or JSON, in turn."""
    if rank % 3 == 0:
        rows = [f"{key} = {json.dumps(one, ensure_ascii=False)}" for key, one in values.items()]
        return "\n".join(["+++", *rows, "+++"])
    if rank % 3 == 1:
        rows = [f"{key}: {json.dumps(one, ensure_ascii=False)}" for key, one in values.items()]
        return "\n".join(["---", *rows, "---"])
    return json.dumps(values, ensure_ascii=False, indent=2)
