"""Portals that are not the demonstration: without a kind, with an identity of their own.

Each is built whole and judged: no link leads nowhere.
"""

import json
import re
import zlib
from functools import partial

import pytest
from bs4 import BeautifulSoup
from PIL import Image, ImageColor

from checkout import ROOT
from plans import entry
from portail.model.kinds import KINDS, Kind
from portail.resources import TOKENS
from portail.text.normalise import slugify
from projects import Project

ADDRESS = "https://sciences.example.org"
SETTINGS = (
    'PORTAIL_REGION = "Hauts-de-France"\nPORTAIL_SEUIL_LISTES = 1\n'
    'PORTAIL_COURRIEL = "redaction@sciences.example.org"\n'
)
THEMED = {
    Kind.ARTICLE: {}, Kind.EVENT: {"format": "exposition"}, Kind.ANNONCE: {},
    Kind.RESSOURCE: {"type": "exposition"}, Kind.LIEU: {}, Kind.PROJET: {},
    Kind.DOSSIER: {"regle": {"theme": "numerique"}},
}  # fmt: skip


def portal(root, *sans, settings="", built=True):
    """A portal with two contents of each kind but those of ``sans``, built."""
    project = Project(root, SETTINGS + f"PORTAIL_SANS = {sans!r}\n" + settings)
    for kind in Kind:
        if kind.value not in sans:
            themes = {"themes": ["numerique"]} if kind in THEMED else {}
            for name in ("un", "deux") if kind is not Kind.NEWSLETTER else ("2021-s39",):
                said = {**themes, **THEMED.get(kind, {})}
                if kind is Kind.TERRITOIRE:
                    said["code"] = "80" if name == "un" else "59"
                text = entry(kind.value, titre=f"{kind.value} {name}", **said)
                project.write({f"content/{kind.value}/{name}.md": text})
    if built:
        project.build(SITEURL=ADDRESS)
        project.judge(SITEURL=ADDRESS)
    return project


@pytest.fixture
def made(tmp_path):
    """``portal`` in a folder of its own."""
    return partial(portal, tmp_path / "portail")


def pages(output):
    """Every page but guides, which tell of all that the generator can do, by its address."""
    found = {
        f"/{path.relative_to(output).as_posix().removesuffix('index.html')}": path.read_text(
            "utf-8"
        )
        for path in output.rglob("*.html")
    }
    return {url: text for url, text in found.items() if not url.startswith("/contribuer/guides/")}


@pytest.mark.parametrize(
    "sans",
    [
        (Kind.LIEU, Kind.TERRITOIRE),  # what most pages tell of, and most pages
        *(pytest.param((kind,), marks=pytest.mark.long) for kind in Kind),
    ],
    ids=lambda sans: "-".join(kind.value for kind in sans),
)
def test_a_portal_does_without_any_kind(sans, made):
    output = made(*(kind.value for kind in sans)).output
    found = pages(output)
    for kind in sans:
        _judge_without(kind, output, found)


def _judge_without(kind, output, found):
    info = KINDS[kind]
    below = f"/{info.segment}/" if info.segment else ""
    places = [one for one in (info.listing, below) if one]
    if kind in THEMED and kind is not Kind.PROJET:
        places.append(f"/contribuer/{slugify(kind.info.nom)}/")
    for place in places:
        assert not (output / place.strip("/")).exists(), place
        leading = [url for url, text in found.items() if f'="{ADDRESS}{place}' in text
                   or f'="{place}' in text]  # fmt: skip
        assert leading == []
    word = re.compile(rf"Propose[rz] {info.un}\b")
    assert [url for url, text in found.items() if word.search(text)] == []


@pytest.mark.parametrize(
    "kept",
    [
        {Kind.PAGE},
        *(
            pytest.param(kept, marks=pytest.mark.long)
            for kept in ({Kind.ARTICLE, Kind.EVENT}, {Kind.LIEU}, {Kind.ARTICLE, Kind.RESSOURCE})
        ),
    ],
    ids=lambda kept: "-".join(sorted(kind.value for kind in kept)),
)
def test_a_portal_of_few_kinds_leads_nowhere_else(kept, made):
    sans = [kind.value for kind in Kind if kind not in kept]
    output = made(*sans).output
    (home,) = (text for url, text in pages(output).items() if url == "/")
    for kind in (one for one in Kind if one.info.listing):
        assert (f'{kind.info.listing}"' in home) == (kind in kept)
    forms = {one.name for one in output.glob("contribuer/*") if one.name != "guides"}
    assert not {slugify(kind.info.nom) for kind in THEMED if kind not in kept} & forms


def test_a_file_of_a_kind_that_is_off_is_told_with_what_to_do(made):
    project = made(settings='PORTAIL_SANS = ["annonces"]\n', built=False)
    done = project.portail("check")
    assert done.code == 1
    assert done.out.count("E157") == 2
    assert "content/annonces/un.md" in done.out
    assert "PORTAIL_SANS" in done.out


def test_what_is_no_kind_is_told_with_the_nearest(made):
    done = made(settings='PORTAIL_SANS = ["annonce"]\n', built=False).portail("check")
    assert done.code == 2
    assert "« annonces »" in done.err


DRESSED = """
PORTAIL_IMAGE_DU_SOIR = True
PORTAIL_NOM = "Sciences en Exemple"
PORTAIL_COULEUR = "#1F7A3A"
PORTAIL_LOGO = {"fichier": "logo.svg", "sombre": "nuit.svg", "icone": "icone.png", "nom": False}
PORTAIL_PORTEUR = {"nom": "Le réseau", "lien": "https://reseau.example.org", "logo": "reseau.svg"}
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60"><path d="M0 0h9v9z"/></svg>'


@pytest.fixture(scope="module")
def dressed(tmp_path_factory):
    """A portal with colours and a logo, built, which no test may change."""
    root = tmp_path_factory.mktemp("habille") / "portail"
    shown = {"articles", "events", "newsletters"}
    sans = [kind.value for kind in Kind if kind.value not in shown]
    project = portal(root, *sans, settings=DRESSED, built=False)
    (project.root / "logo.svg").write_text(LOGO, encoding="utf-8")
    (project.root / "reseau.svg").write_text(LOGO, encoding="utf-8")
    (project.root / "nuit.svg").write_text(LOGO.replace("path", "path fill='#fff'"), "utf-8")
    square = Image.new("RGB", (512, 512), (200, 30, 40))
    square.save(project.root / "icone.png")
    for path in sorted((ROOT / "theme/static/partage").glob("*.png")):
        if path.stem != "numerique":  # the one that is looked at; each is made with the mark
            (project.root / "theme/static/partage").mkdir(parents=True, exist_ok=True)
            square.resize((120, 63)).convert("P").save(project.root / path.relative_to(ROOT))
    project.build(SITEURL=ADDRESS)
    return project


def test_the_colour_and_the_logo_reach_all_that_is_published(dressed):
    from portail_identite.palette import turned
    from portail_identite.sheet import schemes

    output = dressed.output
    tokens, _ = schemes((ROOT / "theme/static" / TOKENS).read_text(encoding="utf-8"))
    ours = turned(tokens, "#1F7A3A")
    night, accent = ours["nuit"], ours["accent"]
    sheet = (output / "theme/css/portail.css").read_text(encoding="utf-8")
    assert sheet.rindex(f"--accent:{accent}") > sheet.index("--accent:#A63A24")
    manifest = json.loads((output / "manifest.webmanifest").read_text(encoding="utf-8"))
    assert manifest["theme_color"] == night
    (mail,) = output.glob("newsletter/*/courriel.html")
    text = mail.read_text(encoding="utf-8")
    assert night in text and "#12335A" not in text
    assert f"{ADDRESS}/theme/icons/icone-192.png" in text
    assert "#A63A24" not in text
    evening = (output / "ciel/soir.svg").read_text("utf-8")
    assert night in evening and "#12335A" not in evening
    with Image.open(output / "ciel/soir.jpg") as picture:
        assert (
            max(
                abs(a - b)
                for a, b in zip(picture.getpixel((2, 2)), ImageColor.getrgb(night), strict=True)
            )
            < 8
        )
    given = (dressed.root / "icone.png").read_bytes()
    for one in manifest["icons"]:
        assert one["sizes"] == "512x512"
        assert (output / one["src"].partition("?")[0].lstrip("/")).read_bytes() == given
    home = (output / "index.html").read_text(encoding="utf-8")
    assert "favicon" not in home and "icone-192" in home
    with Image.open(output / "theme/partage/numerique.png") as shared:
        assert shared.size == (1200, 630)
        assert ImageColor.getrgb(night) in {
            colour for _, colour in shared.convert("RGB").getcolors(1 << 20)
        }
    assert sum(one.stat().st_size for one in output.glob("theme/icons/*.png")) < 60_000


def test_a_logo_that_says_the_name_is_read_as_the_name(dressed):
    home = BeautifulSoup((dressed.output / "index.html").read_text("utf-8"), "html.parser")
    for place in ("header", "footer"):
        link = home.select_one(f"{place} .logo")
        assert link is not None
        assert link.get_text(strip=True) == ""
        said = {one["alt"] for one in link.select("img")}
        assert said == {"Sciences en Exemple en Hauts-de-France"}
        for one in link.select("img"):
            name = str(one["src"]).partition("?")[0]
            assert (dressed.output / name.removeprefix("/")).is_file()
            assert (one["width"], one["height"]) == ("88", "44")


def test_who_is_behind_is_shown_by_their_mark(dressed):
    home = BeautifulSoup((dressed.output / "index.html").read_text("utf-8"), "html.parser")
    for place in ("main .seuil", "footer"):
        mark = home.select_one(f"{place} .porteur a img")
        assert mark is not None, place
        assert (mark["alt"], mark["width"], mark["height"]) == ("Le réseau", "64", "32")
        name = str(mark["src"]).partition("?")[0]
        assert (dressed.output / name.removeprefix("/")).is_file()


TERMS = {
    "themes": """valeurs:
  - {code: mer-littoral, label: Mer et littoral, pluriel: Mer et littoral, alias: [océan],
     teinte: opale}
  - {code: montagne, label: Montagne, pluriel: Montagne}
  - {code: dunes, label: Dunes, pluriel: Dunes}
retire: [numerique]
""",
    "formats": """valeurs:
  - {code: balade-en-bateau, label: Balade en bateau, pluriel: Balades en bateau, alias: [bateau]}
""",
    "types-lieux": """valeurs:
  - {code: phare, label: Phare, pluriel: Phares, alias: []}
""",
    "publics": """valeurs:
  - {code: marins, label: Marins, pluriel: marins, alias: []}
""",
}


OWN_DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M1 1h9"/></svg>'


def test_words_of_a_team_are_words_of_its_portal(tmp_path):
    project = Project(tmp_path / "portail", SETTINGS + 'PORTAIL_SANS = ["territoires"]\n')
    project.write(
        {
            f"data/{name}.yml": f"source: nous\nlicence: CC0-1.0\n{text}"
            for name, text in TERMS.items()
        }
    )
    project.write({
        "content/articles/mer.md": entry("articles", themes=["océan"]),
        "content/articles/mont.md": entry("articles", themes=["montagne"]),
        "content/articles/oyat.md": entry("articles", themes=["dunes"]),
        "content/events/balade.md": entry(
            "events", format="bateau", publics=["marins"], themes=["mer-littoral"]
        ),
        "content/lieux/musee.md": entry("lieux"),
        "content/lieux/phare.md": entry("lieux", type="phare", themes=["mer-littoral"]),
        "theme/static/css/tokens.css": ".t-dunes { --t: var(--lie); --t-fond: var(--lie-fond); }",
        "theme/templates/dessins/dunes-2.svg": OWN_DRAWING,
    })  # fmt: skip
    project.build(SITEURL=ADDRESS)
    output = project.output
    for page in (
        "themes/mer-littoral", "themes/montagne", "agenda/format/balade-en-bateau",
        "agenda/public/marins",
    ):  # fmt: skip
        assert (output / page / "index.html").is_file(), page
    assert (output / "themes/mer-littoral/flux.xml").is_file()
    assert "Phare" in (output / "lieux/phare/index.html").read_text(encoding="utf-8")
    form = (output / "contribuer/evenement/index.html").read_text(encoding="utf-8")
    for word in ("Mer et littoral", "Balade en bateau", "Marins"):
        assert word in form
    assert "Numérique" not in form
    sheet = (output / "theme/css/portail.css").read_text(encoding="utf-8")
    assert ".t-mer-littoral{--t:var(--opale);--t-fond:var(--opale-fond)}" in sheet
    assert ".t-montagne{--t:var(--ardoise)" in sheet
    assert len([*output.glob("empreintes/mer-littoral-*.svg")]) == 4
    drawings = [(output / f"empreintes/dunes-{n}.svg").read_text("utf-8") for n in range(1, 5)]
    assert [OWN_DRAWING in one for one in drawings] == [False, True, False, False]
    for name in ("mer", "mont", "oyat"):
        page = (output / f"articles/{name}/index.html").read_text(encoding="utf-8")
        (shared,) = re.findall(r'property="og:image" content="https://[^/]+([^"]+)"', page)
        assert (output / shared.removeprefix("/")).is_file(), shared
    terms = [zlib.decompress(path.read_bytes()) for path in output.glob("recherche/termes/f/*")]
    assert any(b'"mer-littoral"' in one for one in terms)


@pytest.mark.long
def test_a_form_asks_for_nothing_that_the_portal_has_not(made):
    output = made("temps-forts", "communautes", "lieux").output
    page = (output / "contribuer/evenement/index.html").read_text(encoding="utf-8")
    for name in ("temps_fort", "communautes", "lieu"):
        (field,) = BeautifulSoup(page, "html.parser").select(f'[data-chemin="{name}"]')
        assert field.has_attr("hidden")
