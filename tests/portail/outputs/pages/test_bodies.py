"""Pictures of bodies: every size, their credit, still until asked."""

from pictures import drawing, picture
from plans import entry

SIZES = 'sizes="(max-width: 40em) 94vw, 38rem"'
IMAGE = {"fichier": "photo.jpg", "alt": "Une photo.", "credit": "A. Fictif"}


def body(tree, text, name="photo.jpg", data=b"", **options):
    """The body of an article beside which a picture is joined."""
    data = data or picture("JPEG", drawing(2000, 1000))
    article = entry("articles", text, **({"image": IMAGE} if "titree" in options else {}))
    options.pop("titree", None)
    files = {f"articles/a/{name}": data, "articles/a/index": article}
    return str(tree.view("/articles/a/", files, **options).corps)


def test_a_picture_comes_in_every_width_but_its_own_when_it_is_large(tree):
    html = body(tree, '![Une photo](photo.jpg "Ici")', siteurl="https://exemple.org/portail")
    base = "/portail/medias/articles/a/photo.jpg"
    several = ", ".join(f"{base}.{width}.avif {width}w" for width in (480, 800, 1280))
    assert f'<source type="image/avif" srcset="{several}" {SIZES}>' in html
    assert f'<img src="{base}.800.jpg" srcset="{base}.800.jpg 800w" {SIZES} alt="Une photo"' in html
    assert 'width="800" height="400"></picture></a><figcaption>Ici</figcaption>' in html
    assert "2000" not in html


def test_the_credit_of_the_head_picture_is_said_again(tree):
    text = "![Une photo](photo.jpg)"
    assert '<span class="credit">A. Fictif</span>' in body(tree, text, titree="oui")
    assert "credit" not in body(tree, text)


def test_an_animation_starts_only_if_asked(tree):
    moving = picture("GIF", drawing(60, 30), frames=3, duration=50)
    html = body(tree, "Ici ![une onde](onde.gif).", "onde.gif", moving)
    assert 'Ici <a class="animation" href="/medias/articles/a/onde.gif"><picture>' in html
    assert '<img src="/medias/articles/a/onde.gif.60.png"' in html
    assert "Voir l’animation</span></a>." in html
    html = body(tree, "[Ici ![une onde](onde.gif)](onde.gif) la", "onde.gif", moving)
    assert html.count("<a ") == 1
    assert "animation" not in html


def test_a_link_to_a_document_says_its_format_and_weight(tree):
    text = "Voir [la *fiche*](fiche.pdf), puis [encore](fiche.pdf)."
    data = b"%PDF-1.4\n" + b" " * 340_000
    html = body(tree, text, "fiche.pdf", data, siteurl="https://exemple.org/portail")
    link = '<a href="/portail/medias/articles/a/fiche.pdf">'
    assert f"{link}la <em>fiche</em> (PDF, 340\u00a0ko)</a>, puis {link}encore (PDF" in html
    assert html.count("(PDF, 340\u00a0ko)") == 2
