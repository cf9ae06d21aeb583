"""What feeds tell of each kind, and which of them an edit writes again."""

import json
from datetime import date

import pytest
from PIL import Image

from doses import each, rows_of
from flux import read
from pictures import drawing, picture
from plans import Tree, contents, entry
from portail.features.channels.flux.output import plan_feeds

SITEURL = "https://exemple.org/portail"
LABEL = "exemple.org,2021"
MP3 = b"ID3\x04\0\0\0\0\0\0" + b"\xff\xfb\x90\0" * 600


def site_of(tree, files=None, **options):
    return tree.site(files, **({"siteurl": SITEURL, "etiquette": LABEL} | options))


def texts_of(site):
    return {one.url: "".join(one.produce()) for one in plan_feeds(site)}


def first(site, url, format="rss"):
    return read(texts_of(site)[url], format).contenus[0]


def test_an_event_begins_by_what_one_must_know(tree):
    site = site_of(tree, contents(rows_of("features/channels/flux/suivis.yml")["evenement"]))
    one = first(site, "/agenda/flux.xml")
    assert one.titre == "Annulé\u00a0: Titre events"
    facts = (
        "<li><strong>État\u00a0:</strong> Annulé</li>",
        ("<li><strong>Quand\u00a0:</strong> samedi 9\u00a0octobre 2021, de 14\u00a0h à "
         "16\u00a0h</li>"),
        (f'<li><strong>Où\u00a0:</strong> <a href="{SITEURL}/lieux/musee/">Musée, 1 rue X, Amiens'
         "</a></li>"),
        "<li><strong>Tarif\u00a0:</strong> 5,50\u00a0€ (4\u00a0€ à deux)</li>",
        "<li><strong>Public\u00a0:</strong> Familles</li>",
        ("<li><strong>Inscription\u00a0:</strong> Inscription obligatoire, jusqu’au 7\u00a0octobre "
         '2021\u00a0; <a href="https://r.example.org/">réserver</a></li>'),
    )  # fmt: skip
    said = "\n".join(("<ul>", *facts, "</ul>", "{}"))
    whole = "<p><strong>Un résumé.</strong></p>\n<p>Le <em>texte</em>.</p>"
    assert one.contenu == said.format(whole)
    assert first(site, "/territoires/somme/flux.xml").contenu == said.format("<p>Un résumé.</p>")
    told = json.loads(texts_of(site)["/flux.json"])["items"][0]["_portail"]
    assert told == {
        "nature": "evenement", "etat": "annule", "debut": "2021-10-09T14:00:00+02:00",
        "fin": "2021-10-09T16:00:00+02:00", "lieu": f"tag:{LABEL}:lieux/musee",
        "commune": "Amiens", "licence": "https://creativecommons.org/licenses/by-sa/4.0/deed.fr",
    }  # fmt: skip
    (coming,) = read(texts_of(site)["/agenda/a-venir.xml"], "rss").contenus
    assert coming.titre.startswith("Sam. 9\u00a0oct. · Annulé")


@each(rows_of("features/channels/flux/flux.yml"))
def test_what_feeds_tell(tree, contenus, jour, flux, fil, titres, faits, joints, premier):
    site = site_of(tree, contents(contenus), day=date.fromisoformat(jour or "2021-09-27"))
    text = texts_of(site)[flux].replace("\u00a0", " ")
    feed = read(text, "atom" if "atom" in flux else "rss")
    told = feed.contenus
    assert fil is None or f"{feed.adresse}, {feed.modifie.date()}" == fil
    assert titres is None or [one.titre for one in told] == titres
    for label, words in (faits or {}).items():
        assert f"<strong>{label} :</strong> {words}</li>" in told[0].contenu
    assert joints is None or [[*one] for one in told[0].joints] == joints
    assert premier is None or f"{told[0].id}, {told[0].publie.date()}" == premier


GRAIN = picture("PNG", Image.effect_noise((1600, 800), 9))
"""A drawing that is not light: it is not shown itself."""


def test_pictures_and_sounds_come_with_the_content(tree):
    head = {"fichier": "a.png", "alt": "Un & « dessin »", "credit": "A. Fictif",
            "licence": "CC-BY-4.0", "legende": "Ici"}  # fmt: skip
    text = "![Une onde](b.jpg)\n\n[Le chant](c.mp3)\n\n![Encore](a.png)"
    files = {
        "articles/a/index": entry("articles", text, image=head, langue="nl"),
        "articles/a/a.png": GRAIN,
        "articles/a/b.jpg": picture("JPEG", drawing(400, 300)),
        "articles/a/c.mp3": MP3,
    }
    site = site_of(tree, files)
    at = f"{SITEURL}/medias/articles/a"
    one = first(site, "/atom.xml", "atom")
    assert one.contenu == (
        f'<figure><img src="{at}/a.png.800.png" alt="Un &amp; « dessin »" width="800" height="400">'
        "<figcaption>Ici © A. Fictif, CC BY 4.0</figcaption></figure>\n"
        '<div lang="nl">\n<p><strong>Un résumé.</strong></p>\n'
        f'<figure><img src="{at}/b.jpg" alt="Une onde" width="400" height="300"></figure>\n'
        f'<p><a href="{at}/c.mp3">Télécharger le son\u00a0: Le chant '
        "(MP3, 2,4\u00a0ko)</a></p>\n"
        f'<figure><img src="{at}/a.png.800.png" alt="Encore" width="800" height="400">'
        "<figcaption>© A. Fictif</figcaption></figure>\n</div>"
    )
    sound = (f"{at}/c.mp3", "audio/mpeg", str(len(MP3)))
    assert one.joints == (sound, (f"{at}/a.png.800.png", "image/png", "0"))
    assert first(site, "/flux.xml").joints == (sound,)
    told = json.loads(texts_of(site)["/flux.json"])["items"][0]
    assert told["image"] == f"{at}/a.png.800.png" and told["language"] == "nl"


@pytest.mark.parametrize("label", [LABEL, ""])
@pytest.mark.parametrize("later", [[], ["/articles/roche/", "/articles/pierre"]])
def test_a_rename_that_says_so_changes_no_identifier(label, later, tmp_path):
    before = site_of(Tree(tmp_path / "a"), {"articles/craie": entry("articles")}, etiquette=label)
    moved = entry("articles", anciennes_urls=["/articles/craie/", *later])
    files = {"articles/craie-du-nord": moved}
    after = site_of(Tree(tmp_path / "b"), files, etiquette=label)
    for url, form in (("/flux.xml", "rss"), ("/atom.xml", "atom"), ("/flux.json", "json")):
        was = first(before, url, form)
        now = first(after, url, form)
        assert now.id == was.id
        assert now.url == f"{SITEURL}/articles/craie-du-nord/" != was.url
