"""Sites of others, openly fictional, as a saved copy of each would be: portals of science culture
(Echosciences), WordPress, SPIP, Drupal.

``Told`` says what each page tells, for tests that look for it.
"""

# ruff: noqa: E501
import json
from dataclasses import dataclass, field
from html import escape

THEMES = ("la craie", "les marais", "la houle", "les comètes", "le lin", "les abeilles", "le sel")
TOWNS = (("59000", "Lille"), ("62500", "Saint-Omer"), ("80000", "Amiens"), ("02000", "Laon"))
MENU = "<nav><ul><li><a href='/'>Accueil</a></li><li><a href='/agenda'>Agenda</a></li></ul></nav>"
REPEATED = "Ce portail imaginaire est animé par le Comptoir fictif des sciences."
FOOTER = f"<footer><p>Mentions légales</p></footer><div class='bandeau'><p>{REPEATED}</p></div>"
SHARE = "<div class='share-buttons'><a href='https://x.example.org/partager'>Partager</a></div>"
LISTS = ("index.html", "articles/index.html", "tag/craie/index.html", "articles/page/2/index.html")


@dataclass(frozen=True)
class Told:
    """What a page says: its path, its kind (a folder of contents), each field by a name."""

    path: str
    kind: str
    fields: dict = field(default_factory=dict)


def _day(rank):
    return f"2021-{1 + rank % 12:02}-{1 + rank % 28:02}"


def _text(rank, sort):
    theme = THEMES[rank % len(THEMES)]
    return (
        f"<h2>Pourquoi {theme} ?</h2><p>Texte inventé numéro {rank} ({sort}), qui raconte {theme} "
        f"à <strong>qui veut bien</strong> l’écouter, loupe en main et bottes aux pieds.</p>"
        f"<ul><li>un premier point {rank}</li><li>un second point</li></ul>"
        f"<p>La suite est <a href='/articles/{rank}?utm_source=site'>sur cette page</a>.</p>"
    )


def _page(head, body, *, lang="fr-FR", classes="single"):
    return (
        f"<!DOCTYPE html><html lang='{lang}'><head><meta charset='utf-8'>{head}"
        "<script>window.suivi = 1</script><style>p { color: red }</style></head>"
        f"<body class='{classes}'>{MENU}{body}{FOOTER}</body></html>"
    )


def _figure(rank):
    return (
        f"<figure><img src='/photos/{rank}.jpg' alt='Une vue de {THEMES[rank % len(THEMES)]}'>"
        f"<figcaption>Une vue. © Atelier fictif {rank}</figcaption></figure>"
    )


def _article(rank):
    """Of a portal of science culture: Open Graph, and a text in ``main``."""
    url = f"https://portail-imaginaire.example.org/articles/sujet-{rank}"
    fields = {
        "titre": f"Ce que disent {THEMES[rank % len(THEMES)]} n° {rank}",
        "resume": f"Un résumé inventé, le {rank}e de sa série.",
        "publie_le": _day(rank),
        "auteur": f"Atelier fictif {rank % 5}",
        "mot": f"mot fictif {rank % 9}",
        "texte": f"Texte inventé numéro {rank} (article)",
        "image": f"photos/{rank}.jpg",
        "credit": f"Atelier fictif {rank}",
        "alt": f"Une vue de {THEMES[rank % len(THEMES)]}",
        "url": url,
    }
    head = (
        f"<title>{fields['titre']} | Portail imaginaire</title>"
        f"<link rel='canonical' href='{url}'><meta property='og:site_name' content='Portail imaginaire'>"
        f"<meta property='og:description' content='{fields['resume']}'>"
        f"<meta property='og:image' content='https://portail-imaginaire.example.org/photos/{rank}.jpg'>"
        f"<meta property='article:published_time' content='{_day(rank)}T09:00:00+02:00'>"
        f"<meta property='article:tag' content='{fields['mot']}'>"
    )
    body = (
        f"<main><header><h1>{fields['titre']}</h1><p class='byline'>par <a rel='author' "
        f"href='/membres/{rank}'>{fields['auteur']}</a></p></header>{_figure(rank)}"
        f"<div class='contenu'>{_text(rank, 'article')}</div>{SHARE}"
        "<section><h3>À lire aussi</h3><ul><li><a href='/articles/autre'>Autre</a></li></ul></section></main>"
    )
    return Told(f"articles/sujet-{rank}/index.html", "articles", fields), _page(head, body)


def _event(rank):
    """Of a calendar of WordPress: JSON-LD in a graph."""
    url = f"https://musee-imaginaire.example.org/evenement/rendez-vous-{rank}/"
    code, town = TOWNS[rank % 4]
    fields = {
        "titre": f"Rendez-vous n° {rank} autour de {THEMES[rank % len(THEMES)]}",
        "debut": f"{_day(rank)} 14:00",
        "fin": f"{_day(rank)} 16:00",
        "commune": town,
        "code_postal": code,
        "rue": f"{rank} rue de l’Exemple",
        "lieu": f"Salle fictive {rank % 6}",
        "organisateur": f"Association imaginaire {rank % 4}",
        "prix": f"{2 + rank % 9},50",
        "jauge": str(20 + rank),
        "mot": f"atelier {rank % 3}",
        "texte": f"Texte inventé numéro {rank} (event)",
        "performer": f"Orchestre fictif {rank}",
        "url": url,
    }
    event = {
        "@type": "Event" if rank % 3 else "ExhibitionEvent", "@id": f"{url}#event", "name": fields["titre"], "url": url,
        "description": f"<p>Texte inventé numéro {rank} (event).</p>",
        "startDate": f"{_day(rank)}T14:00:00", "endDate": f"{_day(rank)}T16:00:00",
        "location": {"@type": "Place", "name": fields["lieu"], "address": {
            "@type": "PostalAddress", "streetAddress": fields["rue"], "postalCode": code,
            "addressLocality": town, "addressCountry": "FR"}},
        "organizer": {"@id": "#qui"}, "keywords": fields["mot"], "maximumAttendeeCapacity": 20 + rank,
        "offers": {"@type": "Offer", "price": f"{2 + rank % 9}.50", "priceCurrency": "EUR"},
        "performer": {"@type": "PerformingGroup", "name": fields["performer"]},
    }  # fmt: skip
    graph = [{"@type": "WebSite", "name": "Musée imaginaire"}, event,
             {"@type": "Organization", "@id": "#qui", "name": fields["organisateur"]}]  # fmt: skip
    told = json.dumps({"@context": "https://schema.org", "@graph": graph})
    head = (
        f"<title>{fields['titre']} – Musée imaginaire</title><link rel='canonical' href='{url}'>"
        f"<script type='application/ld+json'>{told}</script>"
    )
    body = f"<main><article><h1>{fields['titre']}</h1><div class='entry-content'>{_text(rank, 'event')}</div></article></main>"
    return Told(f"evenements/rendez-vous-{rank}.html", "events", fields), _page(head, body)


def _news(rank):
    """Of SPIP: HTML alone, its day in words and in ``time``."""
    fields = {
        "titre": f"Nouvelle n° {rank} : {THEMES[rank % len(THEMES)]}",
        "publie_le": _day(rank),
        "texte": f"Texte inventé numéro {rank} (nouvelle)",
        "intertitre": f"## Pourquoi {THEMES[rank % len(THEMES)]}",
        "point": f"- un premier point {rank}",
    }
    head = f"<title>{fields['titre']} - Observatoire imaginaire</title><meta name='generator' content='SPIP'>"
    body = (
        f"<div id='contenu'><div class='cartouche'><h1>{fields['titre']}</h1><p class='info-publi'>"
        f"<time pubdate datetime='{_day(rank)}T10:00:00Z'>{_day(rank)}</time></p></div>"
        f"<div class='texte-article'>{_text(rank, 'nouvelle')}</div></div>"
    )
    name = f"observatoire-imaginaire.example.org/nouvelle-{rank}.html"
    return Told(name, "articles", fields), _page(head, body, lang="fr", classes="page-article")


def _place(rank):
    """Of Drupal: a place, whose address alone says what it is."""
    url = f"https://annuaire-imaginaire.example.org/annuaire/lieu-{rank}"
    code, town = TOWNS[rank % 4]
    fields = {
        "titre": f"Musée imaginaire n° {rank}",
        "commune": town,
        "code_postal": code,
        "telephone": f"03 20 00 00 {rank % 90 + 10}",
        "texte": f"Texte inventé numéro {rank} (lieu)",
        "url": url,
    }
    head = (
        f"<title>{fields['titre']} | Annuaire imaginaire</title><link rel='canonical' href='{url}'>"
    )
    body = (
        f"<main><h1>{fields['titre']}</h1><div class='field--name-body'>{_text(rank, 'lieu')}"
        f"<p>{rank} rue Fictive, {code} {town}, {fields['telephone']}</p></div></main>"
    )
    return Told(f"annuaire/lieu-{rank}.html", "lieux", fields), _page(head, body, classes="node")


_MAKERS = (_article, _event, _news, _place)


def pages(count=200):
    """``count`` contents, of each sort in turn, and their pages."""
    for rank in range(count):
        yield _MAKERS[rank % len(_MAKERS)](rank + 1)


def write_site(folder, count=200):
    """A saved copy of all of them in ``folder``, with lists, and pictures."""
    told = []
    for one, html in pages(count):
        _write(folder / one.path, html)
        told.append(one)
    links = "".join(
        f"<li><a href='/articles/sujet-{rank}'>Sujet {rank}</a></li>" for rank in range(30)
    )
    for name in LISTS:
        url = f"https://portail-imaginaire.example.org/{name.removesuffix('index.html')}"
        head = f"<title>Liste</title><link rel='canonical' href='{url}'>"
        _write(
            folder / name, _page(head, f"<main><h1>Liste</h1><ul>{links}</ul></main>", classes="")
        )
    (folder / "photos").mkdir(exist_ok=True)
    for rank in range(count):
        (folder / "photos" / f"{rank}.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes([rank % 256]))
    return told


def _write(path, html):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html, encoding="utf-8")


# Feeds.


def feed(count=200, sort="rss"):
    """A feed of ``count`` items (``rss``, ``atom``, ``rdf``), and what each says."""
    items, told = [], []
    for rank in range(1, count + 1):
        url = f"https://portail-imaginaire.example.org/nouvelles/{rank}"
        fields = {
            "titre": f"Nouvelle {rank} & suite : {THEMES[rank % len(THEMES)]}",
            "publie_le": _day(rank),
            "auteur": f"Atelier fictif {rank % 5}",
            "mot": f"mot fictif {rank % 9}",
            "texte": f"Texte inventé numéro {rank} (flux)",
            "url": url,
            "comments": f"{url}#commentaires",
        }
        told.append(Told(url, "articles", fields))
        items.append(_ITEMS[sort](rank, fields, _text(rank, "flux")))
    return _FEEDS[sort].format("".join(items)), told


def _rss(rank, fields, text):
    return (
        f"<item><title>{escape(fields['titre'])}</title><link>{fields['url']}</link>"
        f"<guid isPermaLink='false'>nouvelle-{rank}</guid><pubDate>{_rfc(fields['publie_le'])}</pubDate>"
        f"<dc:creator>{fields['auteur']}</dc:creator><category>{fields['mot']}</category>"
        f"<comments>{fields['comments']}</comments>"
        f"<media:content url='https://portail-imaginaire.example.org/p/{rank}.jpg' medium='image'>"
        f"<media:credit>Atelier fictif {rank}</media:credit><media:description>Une vue</media:description>"
        f"</media:content><content:encoded><![CDATA[{text}]]></content:encoded></item>"
    )


def _atom(rank, fields, text):
    return (
        f"<entry><id>tag:portail-imaginaire.example.org,2021:{rank}</id><title>{escape(fields['titre'])}"
        f"</title><link href='/nouvelles/{rank}'/><link rel='replies' href='{fields['comments']}'/>"
        f"<published>{fields['publie_le']}T10:00:00+02:00</published>"
        f"<author><name>{fields['auteur']}</name></author><category term='{fields['mot']}'/>"
        f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{text}</div></content></entry>"
    )


def _rdf(rank, fields, text):
    return (
        f"<item rdf:about='{fields['url']}'><title>{escape(fields['titre'])}</title><link>{fields['url']}</link>"
        f"<dc:date>{fields['publie_le']}</dc:date><dc:creator>{fields['auteur']}</dc:creator>"
        f"<dc:subject>{fields['mot']}</dc:subject><slash:comments>{fields['comments']}</slash:comments>"
        f"<description>{escape(text)}</description></item>"
    )


def _rfc(day):
    year, month, number = day.split("-")
    names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{number} {names[int(month) - 1]} {year} 10:00:00 +0200"


_ITEMS = {"rss": _rss, "atom": _atom, "rdf": _rdf}
_FEEDS = {
    "rss": "<?xml version='1.0'?><rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' "
    "xmlns:media='http://search.yahoo.com/mrss/' xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
    "<channel><title>Portail imaginaire</title><link>https://portail-imaginaire.example.org/</link>"
    "<language>fr-FR</language>{}</channel></rss>",
    "atom": "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://portail-imaginaire.example.org/'>"
    "<title>Portail imaginaire</title>{}</feed>",
    "rdf": "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:slash='http://purl.org/rss/1.0/modules/slash/'>"
    "<channel rdf:about='https://portail-imaginaire.example.org/'><title>Portail imaginaire</title></channel>{}"
    "</rdf:RDF>",
}
