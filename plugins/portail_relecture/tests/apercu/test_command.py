"""What a proposal changes: the file that opens by a double click, the comment."""

from __future__ import annotations

import locale
import os
import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import html

from doses import cases
from pictures import png
from portail.diagnostics import ConfigError
from portail_relecture.apercu.command import main
from projects import Project

pytestmark = pytest.mark.site

SITE = "https://portail.example.org/sciences"
EVIL = "A & « B » 'c' {{ 7*7 }} @redaction #12 *X* | `y` [z](https://mal.example.net/)"

BASE = {
    "lieux/atelier.md": "titre: L’Atelier\nresume: Un lieu.\ntype: musee\ncommune: Wizernes\n"
    'horaires_ouverture: "We,Sa 10:00-17:00"\n---\n\nOn y fabrique des choses.\n',
    "articles/mesures.md": "titre: Les mesures\nresume: Un article.\npublie_le: 2021-09-01\n---\n\n"
    "Le mètre, la seconde, le gramme, et toutes les unités qui en viennent depuis deux siècles.\n",
    "articles/image.md": "titre: Une image\nresume: Un article.\npublie_le: 2021-09-01\n"
    "image: {fichier: dessin.png, alt: Un dessin, credit: Nous}\n---\n\nRegardez.\n",
    "articles/cite.md": "titre: Une citation\nresume: Un article.\npublie_le: 2021-09-01\n---\n\n"
    "Voir [l’annonce](annonces/fin).\n",
    "annonces/fin.md": "titre: Une annonce\nresume: Une annonce.\npublie_le: 2021-09-20\n"
    "categorie: appel-a-communication\necheance: 2021-10-30\n---\n\nUn appel.\n",
}

CHANGED = {
    "lieux/atelier.md": BASE["lieux/atelier.md"].replace("17:00", "18:00"),
    "events/spectroscope.md": "titre: Fabriquer un spectroscope\nresume: Une boîte et un disque.\n"
    "publie_le: 2021-09-27\nformat: [atelier]\ndebut: 2021-10-03 15:00\nfin: 2021-10-03 17:00\n"
    "lieu: atelier\n---\n\nVoir [L’Atelier](lieux/atelier) et [ailleurs](https://a.example.net/).\n",
    "events/robot.md": "titre: Atelier robotique\nresume: Un robot.\npublie_le: 2021-09-27\n"
    "format: [ateleir]\ndebut: 2021-10-06 15:00\nfin: 2021-10-06 14:00\nlieu: ateleir\n---\n\nU.\n",
    "articles/hostile.md": f"titre: {EVIL!r}\nresume: Un.\npublie_le: 2021-09-27\n---\n\nUn mot.\n",
    "articles/attaque.md": "titre: <img src=x onerror=dit(1)>\nresume: Un.\npublie_le: 2021-09-27\n"
    "```: @redaction\n---\n\n<script>dit(2)</script><svg onload=dit(3)></svg>\n\n"
    "[x](javascript:dit(4)) <iframe srcdoc='<script>dit(5)</script>'></iframe>\n\n"
    '</style></title><img src="https://mal.example.net/x.png" onerror="dit(6)">\n',
}


ASKED = (
    "--numero", "128", "--execution", "https://forge.example.org/actions/128",
    "--depot-proposition", "https://github.com/quelquun/portail",
    "--branche-proposition", "ma branche",
)  # fmt: skip


class Told(NamedTuple):
    """What the command wrote, and its exit code."""

    code: int
    page: str
    comment: str
    path: Path


def write(folder, files):
    """Write texts below a folder of contents."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{text}", encoding="utf-8")


def ran(project, avant, apres, *others):
    """Run the command in the folder of ``project``."""
    out = project.root / f"sortie-{len(list(project.root.iterdir()))}"
    out.mkdir()
    files = [str(out / name) for name in ("apercu.html", "c.md")]
    before = locale.setlocale(locale.LC_ALL)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project.root)
        patch.setenv("PORTAIL_CACHE", str(project.root / ".cache"))
        patch.setenv("SITEURL", SITE)
        code = main([
            "--avant", str(avant), "--content", str(apres), "--sortie", files[0],
            "--commentaire", files[1], *others,
        ])  # fmt: skip
    locale.setlocale(locale.LC_ALL, before)
    return Told(code, *(Path(one).read_text(encoding="utf-8") for one in files), Path(files[0]))


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A portal whose contents are ``BASE``, and a proposal beside it."""
    root = tmp_path_factory.mktemp("apercu")
    made = Project(root / "base", 'PORTAIL_REGION = "Hauts-de-France"\n')
    write(made.content, BASE)
    (made.content / "articles" / "dessin.png").write_bytes(png(40, 30))
    apres = root / "proposition" / "content"
    shutil.copytree(made.content, apres)
    write(apres, CHANGED)
    (apres / "articles" / "dessin.png").write_bytes(png(60, 30))
    (apres / "articles" / "mesures.md").rename(apres / "articles" / "les-mesures.md")
    (apres / "annonces" / "fin.md").unlink()
    return made


@pytest.fixture(scope="module")
def told(project):
    """What is told of that proposal."""
    apres = project.root.parent / "proposition" / "content"
    return ran(project, project.content, apres, *ASKED)


@pytest.fixture(scope="module")
def page(told):
    """The file that opens by a double click."""
    return html.document_fromstring(told.page)


def section(page, words):
    """What is told of a content, by words of its title."""
    return page.xpath(f"//section[h2[contains(., '{words}')]]")[0]


def test_every_change_has_its_row(told, page):
    assert told.code == 1
    found = page.find_class("ap-resume")[0].findall(".//tbody/tr")
    assert {row[0].text_content(): row[1].text_content().split(" ")[0] for row in found} == {
        "Fabriquer un spectroscope": "Nouveau",
        EVIL.replace("*X*", "X").replace("« B »", "«\u00a0B\u00a0»"): "Nouveau",
        "Une image": "Modifié",
        "L’Atelier": "Modifié",
        "Les mesures": "Renommé",
        "Une annonce": "Retiré",
        "<img src=x onerror=dit(1)>": "À",
        "Atelier robotique": "À",
        "Une citation": "À",
    }
    assert (
        page.find(".//h1").text_content()
        == "2\u00a0nouveaux, 2\u00a0modifiés, 1\u00a0renommé, 1\u00a0retiré, 3 à corriger"
    )


def test_a_new_content_is_seen_in_its_page_the_agenda_and_the_letter(page):
    new = section(page, "spectroscope")
    captions = [one.text_content().replace("\u00a0", " ") for one in new.iter("figcaption")]
    assert captions[0] == "La page /evenements/spectroscope/"
    assert {"Dans l’agenda", "Dans la lettre du jeudi 30 septembre 2021"} <= set(captions)
    shown = new.find_class("ap-page")[0]
    assert "Dimanche 3 octobre 2021" in shown.text_content().replace("\xa0", " ")
    assert shown.find_class("h1")[0].text_content() == "Fabriquer un spectroscope"


def test_what_changed_is_told_in_the_words_of_the_page_and_a_picture_twice(page):
    place = section(page, "L’Atelier")
    assert [one.text for one in place.iter("del")] == ["17"] * 3
    assert "18" in [one.text for one in place.iter("ins")]
    assert "horaires_ouverture" not in place.text_content()
    before, after = (
        section(page, "Une image").xpath(f".//img[contains(@alt, '{word}')]/@src")
        for word in ("avant", "après")
    )
    assert len(before) == len(after) == 1
    assert before != after


def test_links_lead_to_what_is_published_and_the_file_holds_all_it_shows(page):
    known = {f"{SITE}/{name}/" for name in ("lieux/atelier", "articles/image", "articles/cite")}
    links = {one for one in page.xpath("//a/@href") if not one.startswith("#")}
    assert f"{SITE}/lieux/atelier/" in links
    assert links <= known
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for name in ("aria-labelledby", "aria-describedby"):
        assert {one for many in page.xpath(f"//@{name}") for one in many.split()} <= set(ids)
    assert not page.xpath("//script | //link | //iframe | //form | //base | //object | //video")
    assert not [one for one in page.xpath("//@*") if "onerror=" in one and "dit(" not in one]
    assert not [name for one in page.iter() for name in one.attrib if name.startswith("on")]
    assert all(one.startswith("data:image/") for one in page.xpath("//img/@src"))
    style = page.find(".//style").text
    assert all(one.startswith("data:") for one in re.findall(r"url\(['\"]?([^)]*)", style))
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_a_name_that_is_no_text_is_said(project, tmp_path):
    shutil.copytree(project.content, tmp_path / "content")
    (tmp_path / "content/articles" / os.fsdecode(b"k\xff.md")).write_text("---\ntitre: K\n---\n")
    done = ran(project, project.content, tmp_path / "content", *ASKED)
    assert done.code == 1 and "E124" in done.comment
    assert "content/articles/k%5Cxff.md" in done.comment and "k\\xff.md" in done.page


def test_faults_are_quoted(page):
    faulty = section(page, "robotique")
    text = faulty.text_content()
    assert "format: [ateleir]" in text
    assert "^^^^^^^" in text


def test_the_desk_comes_with_it_for_who_reads_proposals(told, page):
    """Folded at the end, its links kept; the comment counts what waits."""
    (desk,) = page.xpath("//details[@id='Bureau']")
    assert not desk.get("open") and "Champs manquants" in desk.text_content()
    assert desk.xpath(".//a[starts-with(@href, '#bureau-')]")
    named = {one.get("href")[1:] for one in desk.xpath(".//nav//a | .//ul[1]//a")}
    assert named <= {one.get("id") for one in desk.iter() if one.get("id")}
    assert re.search(r"ce qui attend sur le portail : .*champs manquants \(\d+\)", told.comment)


def test_the_comment_says_what_to_do(told):
    lines = told.comment.splitlines()
    assert lines[0] == "<!-- portail:apercu -->"
    assert lines[1].startswith("### Merci ! Il reste **")
    edit = "https://github.com/quelquun/portail/edit/ma%20branche/content/events/robot.md#L5"
    assert f"[le fichier à cette ligne]({edit})" in told.comment
    assert "[Télécharger l’aperçu](https://forge.example.org/actions/128)" in told.comment
    assert "| **L’Atelier** | lieu modifié : horaires ouverture |" in told.comment
    assert "sous trois jours ouvrés" in told.comment
    assert "Rien n’est perdu" in told.comment


def test_what_a_stranger_wrote_calls_nobody(told):
    outside = re.sub(r"(?ms)^(`{3,})yaml\n.*?^\1$", "", told.comment)
    outside = re.sub(r"(`+).*?\1", "", outside)
    assert "@redaction" not in outside
    assert "://mal.example.net" not in outside
    assert "<script" not in outside
    assert "<img" not in outside


def test_the_same_folders_give_the_same_bytes(project, told, tmp_path):
    """Elsewhere, under another name, read again."""
    apres = project.root.parent / "proposition" / "content"
    shutil.copytree(project.content, tmp_path / "publie")
    again = ran(project, tmp_path / "publie", apres, *ASKED)
    assert again[:3] == told[:3]


def test_a_proposal_that_changes_no_content_says_so(project, tmp_path):
    """Tables beside it are the proposal's: what is read of it is its contents alone."""
    shutil.copytree(project.content, tmp_path / "content")
    (tmp_path / "data").mkdir()
    nothing = ran(project, project.content, tmp_path / "content")
    assert nothing.code == 0
    assert "ne change rien sous `content/`" in nothing.comment
    assert "ne change rien sous content/" in html.document_fromstring(nothing.page).text_content()


@cases(
    ("arguments", "said"),
    [
        (("--avant", "nulle-part"), "nulle-part"),
        (("--avant", ".", "--execution", "javascript:alert(1)"), "--execution"),
        (("--avant", ".", "--depot-proposition", "github.com/a/b"), "--depot-proposition"),
        (("--avant", ".", "--numero", "12<"), "--numero"),
    ],
)
def test_a_wrong_option_is_said(arguments, said):
    with pytest.raises(ConfigError, match=re.escape(said)):
        main(list(arguments))


@pytest.mark.chromium
@pytest.mark.parametrize("guarded", [True, False], ids=["policy", "no-policy"])
def test_nothing_runs_nor_is_asked_for(told, browser, guarded):
    """Opened from the disk, without a network; and if the policy were not there."""
    context = browser.new_context(offline=True, bypass_csp=not guarded)
    page = context.new_page()
    asked = []
    said = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(told.path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.evaluate("document.fonts.ready")
    assert [url for url in asked if not url.startswith("data:")] == [told.path.as_uri()]
    assert not said
    fonts = page.evaluate(
        "[...document.fonts].filter(f => f.status == 'loaded').map(f => f.family)"
    )
    assert {"Bricolage", "Literata"} <= set(fonts)
    for width in (320, 1280):  # and nothing overflows
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()
