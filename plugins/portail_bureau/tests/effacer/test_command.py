"""``portail effacer``: no field names the person after it, and what else does is shown."""

import bz2
import errno
import gzip
import lzma
import os
import re
import shutil
import sys
import tarfile
import zlib
from hashlib import blake2b, sha256
from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from commits import git
from doses import rows_of
from pictures import picture
from portail import files
from portail.cli import main
from portail_bureau.effacer.erasure import Person, texts_of
from portail_bureau.effacer.past import past_of, remedy
from projects import Project, tree
from tableurs import archive

pytestmark = pytest.mark.site

NAME = "Zélie d’Aubrac"
ARGUMENTS = ("effacer", NAME)
HEAD = "publie_le: 2021-09-20\nresume: Un essai.\n"


NOTHING = "Rien ne nomme cette personne dans ce dépôt.\n"
PROVED = "Le site construit ici ne la nomme pas"

CASES = rows_of("portail_bureau/tests/effacer/personne.yml")


@pytest.fixture
def portal(tmp_path):
    project = Project(tmp_path / "p", 'SITEURL = "https://portail.example.org"\n')
    project.write({f"content/{name}": text for name, text in CASES["contenus"].items()})
    (project.content / "articles/nuit/zelie-d-aubrac.jpg").write_bytes(picture())
    return project


def test_fields_are_shown_then_written_and_what_still_names_her_is_shown(portal):
    portal.write({"notes/reunion.txt": "Présents :\nD’AUBRAC Zélie\n"})
    before = tree(portal.content)
    done = portal.portail(*ARGUMENTS)
    assert done.code == 1
    assert "-auteurs: [noe-martin, zelie-d-aubrac]\n+auteurs: [noe-martin]" in done.out
    assert "Rien n’est écrit" in done.out
    assert tree(portal.content) == before
    done = portal.portail(*ARGUMENTS, "--appliquer")
    assert (done.code, done.err) == (1, "")
    article = (portal.content / "articles/nuit/index.md").read_text("utf-8")
    assert "Le livre de **Zélie** d’Aubrac\net sa page." in article
    assert "auteurs: [noe-martin]" in article
    assert "Aubrac" not in article.partition("relu_par")[2].partition("image")[0]
    assert "credit: Une personne" in article
    assert "organisme" not in (portal.content / "annonces/appel.md").read_text("utf-8")
    assert not (portal.content / "auteurs/zelie-d-aubrac.md").exists()
    assert portal.portail("check").code == 0
    rows = done.out.partition("À récrire vous-même")[2]
    for place, words in (
        (r"articles/nuit/index\.md:\d+", "Le livre de \\*\\*Zélie"),
        (r"articles/nuit/index\.md:\d+", "image:"),
        (r"articles/nuit/zelie-d-aubrac\.jpg", "son nom la nomme"),
        (r"events/rencontre-avec-zelie-d-aubrac\.md", "son nom la nomme"),
        (r"events/rencontre-avec-zelie-d-aubrac\.md:2", "titre:"),
        (r"retraits\.yml:2", "- ref: auteurs/aubrac-zelie-d"),
        (r"notes/reunion\.txt:2", "D’AUBRAC Zélie"),
    ):
        assert re.search(f"{place}  {words}", rows), place
    assert "son cousin" not in rows, "who has the same family name is somebody else"
    again = portal.portail(*ARGUMENTS, "--appliquer")
    assert "0 fichier à jour" in again.out and "Rien ne nomme" not in again.out


WAYS, LIKELY = CASES["noms"], CASES["probables"]


@pytest.mark.parametrize("text", [*WAYS, *LIKELY, *CASES["autres"]])
def test_what_is_compared_is_what_readers_read(text):
    person = Person(NAME)
    text = f"Un autre mot.\nPar {text}."
    assert person.lines(text) == [2] * (text[18:-1] in WAYS)
    assert person.lines(text, likely=True) == [2] * (text[18:-1] in LIKELY) or text[18:-1] in WAYS


def test_what_is_quoted_can_be_said():
    quotes = Person(NAME).quotes(r'"\ud83d\ude00 Z\u00e9lie d\u2019Aubrac \ud83d"')
    assert quotes and [quote.encode() for quote in quotes]


def paper(text, author):
    """A PDF whose text and author are these."""
    font = "<</Font<</F<</Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>>>>>"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources {font}>>",
    ]
    drawn = zlib.compress(f"BT /F 9 Tf ({text}) Tj ET".encode("cp1252")).decode("latin-1")
    objects.append(f"<</Filter/FlateDecode/Length {len(drawn)}>>stream\n{drawn}\nendstream")
    objects.append(f"<</Author<FEFF{author.encode('utf-16-be').hex()}>>>")
    rows, at = ["%PDF-1.4\n"], []
    for rank, one in enumerate(objects, 1):
        at.append(sum(map(len, rows)))
        rows.append(f"{rank} 0 obj{one}endobj\n")
    start = sum(map(len, rows))
    table = "".join(f"{place:010} 00000 n \n" for place in at)
    end = f"xref\n0 6\n0000000000 65535 f \n{table}trailer<</Size 6/Root 1 0 R/Info 5 0 R>>"
    return "".join([*rows, end, f"\nstartxref\n{start}\n%%EOF"]).encode("latin-1")


def packed(name, data):
    """A tar of one file."""
    out, member = BytesIO(), tarfile.TarInfo(name)
    member.size = len(data)
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        tar.addfile(member, BytesIO(data))
    return out.getvalue()


FRONT = '---\ntitre: A\nresume: "Avec {}"\n'
SAID = f"Avec {NAME}".encode()
FILES = {
    "an escape of eight figures": FRONT.format(r"Z\U000000e9lie d\U00002019Aubrac").encode(),
    "an escape by its letter": FRONT.format(r"Zélie\_d’Aubrac\Net").encode(),
    "a line cut in a word": FRONT.format("Zé\\\n  \\lie d’Aubrac").replace(r"\lie", "lie").encode(),
    "the same, then a fault": FRONT.format(r"Z\U000000e9lie d’Aubrac").encode() + b"a: [b\n---\n",
    "two cues": b"WEBVTT\n\n0:01 --> 0:02\nJe suis Z\xc3\xa9lie\n\nb\n0:02 --> 0:04\nd'Aubrac.\n",
    "two numbered cues": "1\r\n00:01,0 --> 00:02,0\r\nZélie\r\n\r\n2\r\n00:02,0 --> 00:04,0\r\n"
    "d’Aubrac\r\n".encode(),
    "a folded calendar": b'{"etag":""}\nBEGIN:VCALENDAR\r\nSUMMARY:Zelie d\'Au\r\n brac\r\n',
    "UTF-16": "Zelie d'Aubrac".encode("utf-16-be"),
    "gzip": gzip.compress(SAID),
    "bzip2": bz2.compress(SAID),
    "xz": lzma.compress(SAID),
    "a member's name": archive({"zelie-d-aubrac.txt": "a"}),
    "an archive in an archive": archive({"b.zip": archive({"a.zip": archive({"a": SAID})})}),
    "a tar": packed("b.zip", archive({"a": SAID})),
    "a tar's name": packed("zelie-d-aubrac", b"a"),
    "a paper in an archive": archive({"a": paper(NAME, "a")}),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_what_its_bytes_are_and_what_it_holds(name):
    texts, _ = texts_of(FILES[name])
    assert any(map(Person(NAME).quotes, texts))
    assert not any(map(Person("Zoé d’Aubrac").quotes, texts))


def test_what_cannot_be_opened_is_never_passed_over():
    deep = SAID
    for _ in range(6):
        deep = archive({"a": deep})
    noise = blake2b(b"a").digest() * 2
    sealed = b"7z\xbc\xaf\x27\x1c" + b"".join(blake2b(bytes([it])).digest() for it in range(40))
    for data in (deep, sealed, archive({"a": "b" * 41_000_000}), archive({"a": SAID})[:-30]):
        assert texts_of(data)[1] == "ne se lit pas"
    for data in (b"\xff", "Un texte".encode("utf-16"), b"\0" * 999, b"wOF2" + noise):
        assert texts_of(data)[1] == ""


def noted(author):
    """A picture whose compressed and whose Windows metadata name somebody."""
    png, exif, out = PngInfo(), Image.Exif(), BytesIO()
    png.add_itxt("Author", author, zip=True)
    exif[0x9C9D] = author.encode("utf-16-le")
    Image.new("RGB", (9, 9)).save(out, "PNG", pnginfo=png)
    other = BytesIO()
    Image.new("RGB", (9, 9)).save(other, "JPEG", exif=exif)
    return out.getvalue(), other.getvalue()


def test_the_site_that_was_built_proves_it(portal, monkeypatch):
    """What it shows of a text, of a document; what cannot be read is never passed over."""
    shutil.rmtree(portal.content)
    links = "[Un](un.pdf), [deux](deux.pdf), [trois](trois.pdf)"
    body = f"Par [Zélie](https://a.example/x) d’Aub*rac*.\n\n{links}.\n"
    portal.write({"content/articles/nuit/index.md": f"---\ntitre: La nuit\n{HEAD}---\n\n{body}"})
    folder = portal.content / "articles/nuit"
    png, jpeg = noted(NAME)
    assert any(NAME in text for text in texts_of(archive({"content.xml": f"<p>{NAME}"}))[0])
    there = {"un.pdf": paper(NAME, "Le labo"), "deux.pdf": paper("Un texte", NAME),
             "trois.pdf": b"%PDF-1.4\nabime", "a.png": png, "b.jpg": jpeg}  # fmt: skip
    for name, data in there.items():
        (folder / name).write_bytes(data)
    portal.build()
    done = portal.portail(*ARGUMENTS)
    left = done.out.partition("À récrire vous-même")[2]
    assert "articles/nuit/index.md:7  Par [Zélie](" in left
    for name in ("un.pdf", "deux.pdf", "a.png", "b.jpg"):
        assert re.search(rf"articles/nuit/{name}  se lit : .*zelie d'aubrac", left), name
    assert "articles/nuit/trois.pdf  ne se lit pas" in left and done.code == 1
    shutil.rmtree(portal.content)
    portal.write({"content/articles/nuit.md": f"---\ntitre: La nuit\n{HEAD}---\n\nRien.\n"})
    done = portal.portail(*ARGUMENTS)
    shown = done.out.partition("Dans le site construit ici")[2]
    assert done.code == 1 and done.out.startswith("Dans le site construit ici"), done.out
    for name in ("index.html", "texte.md", "un.pdf", "trois.pdf"):
        assert f"articles/nuit/{name}  " in shown, name
    assert re.search(r"contribuer/fichiers/articles/\S+\.deflate  se lit", shown)
    assert portal.portail("build", "--clean").code == 0
    done = portal.portail(*ARGUMENTS)
    assert done.code == 0 and f"{NOTHING}{PROVED}" in done.out
    monkeypatch.setitem(sys.modules, "pypdf", None)
    assert texts_of(there["deux.pdf"])[1].startswith("ne se lit pas sans pypdf")


def named_in(root):
    """Files below a folder that name her, in their bytes or by their names."""
    name = re.compile(
        rb"(?i)z(e|\xc3\xa9)lie.{1,4}d.{1,3}aubrac|d.{1,3}aubrac.{1,2}z(e|\xc3\xa9)lie"
    )
    return {
        one.relative_to(root).as_posix()
        for one in root.rglob("*")
        if one.is_file() and (name.search(one.name.encode()) or name.search(one.read_bytes()))
    }


def test_caches_that_name_her_are_told_then_emptied(portal):
    portal.build()
    shown = portal.portail(*ARGUMENTS)
    portal.write({"content/pages/a.md": f"---\ntitre: A\n{HEAD}---\n\nA.\n"})
    portal.build()  # the former site is beside
    for name in ("articles", "annonces", "events"):
        shutil.rmtree(portal.content / name)
    (portal.content / "retraits.yml").unlink()
    assert "Des caches la nomment encore, que --appliquer vide : .cache/" in shown.out
    assert any(one.startswith(".cache/") for one in named_in(portal.root))
    done = portal.portail(*ARGUMENTS, "--appliquer")
    assert done.code == 1, done.out
    assert "Le site construit ici la nomme encore, ou ne se lit pas, dans" in done.out
    assert "Caches vidés : .cache/" in done.out and ".output.suivant/arbre/" in done.out
    left = {one.partition("/")[0] for one in named_in(portal.root)}
    assert left <= {"output", ".output.suivant"}, "what a build replaces"
    assert "portail build --clean" in done.out
    assert portal.portail("build", "--clean").code == 0
    assert named_in(portal.root) == set()
    again = portal.portail(*ARGUMENTS)
    assert (again.code, again.out.partition(" : ")[0]) == (0, f"{NOTHING}{PROVED}")


def test_a_site_of_another_name_is_no_file_to_rewrite(portal):
    """What builds made of the contents, and keep beside it."""
    portal.build(OUTPUT_PATH=str(portal.root / "public"))
    portal.write({"content/pages/a.md": f"---\ntitre: A\n{HEAD}---\n\nA.\n"})
    portal.build(OUTPUT_PATH=str(portal.root / "public"))
    done = portal.portail(*ARGUMENTS, "--appliquer")
    assert ".public.suivant/arbre/" in done.out.partition("Caches vidés")[2]
    assert "public/" not in done.out.partition("Caches vidés")[0]


def test_once_all_is_rewritten_the_site_names_her_nowhere(portal):
    portal.portail(*ARGUMENTS, "--appliquer")
    for name in ("articles/nuit", "annonces", "events", "articles"):
        for file in sorted((portal.content / name).glob("*zelie*")):
            file.rename(file.with_name(file.name.replace("zelie-d-aubrac", "une-personne")))
    for file in sorted(portal.content.rglob("*.*")):
        if file.suffix in (".md", ".yml"):
            text = file.read_text("utf-8").replace("zelie-d-aubrac", "une-personne")
            text = re.sub(r"(?i)z[eé]lie\W{1,4}d.aubrac|aubrac-zelie-d", "une-personne", text)
            file.write_text(text, "utf-8")
    done = portal.portail(*ARGUMENTS, "--appliquer")
    assert done.code == 1 and "Aucun site n’est construit ici" in done.out
    assert "Rien ne nomme" not in done.out
    portal.build()
    assert portal.portail(*ARGUMENTS).out.startswith(f"{NOTHING}{PROVED}")
    page = portal.content / "pages/autre.md"
    portal.write({"content/pages/autre.md": f"---\ntitre: A\n{HEAD}---\n\nA.\n"})
    os.utime(page, (0, 0))
    assert portal.portail(*ARGUMENTS).code == 1
    portal.write({"content/pages/autre.md": f"---\ntitre: A\n{HEAD}---\n\nZélie Anne d’Aubrac.\n"})
    portal.build()
    done = portal.portail(*ARGUMENTS)
    assert done.code == 1 and "Rien ne nomme" not in done.out
    assert named_in(portal.output) == set()
    assert not [*portal.output.rglob("*zelie*")]


def test_a_letter_that_was_sent_stays_one(portal, racine):
    sent = "content/newsletters/2022-s37.envoi.html"
    text = (racine / sent).read_text("utf-8").replace("Odile Carpentier", NAME)
    portal.write({sent: text})
    done = portal.portail(*ARGUMENTS, "--appliquer")
    assert done.code == 1 and f"{sent}:" in done.out
    assert (portal.root / sent).read_text("utf-8") == text


def test_the_pictures_that_her_page_alone_shows_go_with_it(portal):
    """Wherever they are and whatever they are called; those that another file names are shown."""
    names = ("auteurs/portrait.jpg", "medias/cv.pdf", "medias/equipe.jpg", "auteurs/noe.jpg")
    for name in names:
        (portal.content / name).parent.mkdir(exist_ok=True)
        (portal.content / name).write_bytes(picture() if name.endswith("jpg") else b"%PDF-1.4\n")
    head = "image: {fichier: FILE, alt: Un visage, credit: Le labo}\n---\n"
    page, other = (f"content/auteurs/{name}.md" for name in ("zelie-d-aubrac", "noe-martin"))
    more = "\n![L’équipe](equipe.jpg)\n\n[Son parcours](cv.pdf), [ici](https://a.example/x.jpg).\n"
    text = CASES["contenus"]["auteurs/zelie-d-aubrac.md"].replace("---\n\n", head + "\n")
    portal.write({page: text.replace("FILE", "portrait.jpg") + more})
    text = CASES["contenus"]["auteurs/noe-martin.md"].replace("---\n\n", head + "\n")
    portal.write({other: text.replace("FILE", "noe.jpg") + "\n![Nous](equipe.jpg)\n"})
    assert "content/auteurs/portrait.jpg  retiré" in portal.portail(*ARGUMENTS).out
    done = portal.portail(*ARGUMENTS, "--appliquer")
    assert done.code == 1, done.err
    assert [(portal.content / name).exists() for name in names] == [False, False, True, True]
    assert re.search(r"À récrire(.|\n)*content/medias/equipe\.jpg  est avec sa fiche", done.out)


def kept(folder, name, data):
    """A commit of one file, which the next takes away."""
    (folder / name).parent.mkdir(exist_ok=True, parents=True)
    (folder / name).write_bytes(data)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "a")
    (folder / name).unlink()
    git(folder, "commit", "--quiet", "--all", "--message", "b")


def commit(folder, *how, message="a"):
    git(folder, *how, "commit", "--quiet", "--allow-empty", "--message", message)


def stashed(folder):
    (folder / "a").write_bytes(b"a")
    git(folder, "add", "a")
    commit(folder)
    (folder / "a").write_bytes(SAID)
    git(folder, "stash")


def lost(folder):
    """A commit that no branch has any more, nor any log."""
    commit(folder, message=NAME)
    git(folder, "reset", "--quiet", "--hard", "HEAD~1")
    shutil.rmtree(folder / ".git/logs")


LATIN = ("-c", "i18n.commitEncoding=ISO-8859-1")
HISTORIES = {
    "a former text": lambda it: kept(it, "un.md", SAID),
    "a document": lambda it: kept(it, "un.odt", archive({"content.xml": SAID})),
    "a paper": lambda it: kept(it, "un.pdf", paper(NAME, "Le labo")),
    "a picture": lambda it: kept(it, "un.png", noted(NAME)[0]),
    "a name": lambda it: kept(it, "zelie-d-aubrac/un.md", b"a"),
    "an author": lambda it: commit(
        it, "-c", f"author.name={NAME}", "-c", "author.email=z@a.example"
    ),
    "a mail": lambda it: commit(it, "-c", "committer.email=zelie.daubrac@a.b"),
    "an initial": lambda it: commit(it, "-c", "author.name=Z. d’Aubrac"),
    "a message": lambda it: commit(it, message="a\n\nCo-authored-by: D'AUBRAC zelie <a@b>"),
    "of another time": lambda it: commit(it, *LATIN, message=NAME.replace("’", "'")),
    "a tag": lambda it: git(it, "tag", "--annotate", "v1", "--message", NAME),
    "a branch": lambda it: git(it, "branch", "zelie-d-aubrac"),
    "a remain": stashed,
    "a lost commit": lost,
    "a note": lambda it: git(it, "notes", "add", "--message", NAME),
    "a setting": lambda it: git(it, "config", "user.name", NAME),
}


@pytest.mark.parametrize("name", HISTORIES)
def test_what_git_keeps_is_told(name, tmp_path):
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    commit(tmp_path)
    assert past_of(tmp_path, Person(NAME)).places == []
    HISTORIES[name](tmp_path)
    past = past_of(tmp_path, Person(NAME))
    assert past.places and not past.unread
    assert past_of(tmp_path, Person("Noé d’Aubrac")).places == []


def test_the_lines_that_are_told_take_her_out_of_what_is_cloned(tmp_path):
    """As ``git filter-repo`` would: what is asked of it says all that was found."""
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    for name in ("a name", "an author", "a paper", "a tag", "a branch"):
        HISTORIES[name](tmp_path)
    past = past_of(tmp_path, Person(NAME))
    lines = [*remedy(past)]
    assert past.refs == ["refs/heads/main", "refs/heads/zelie-d-aubrac", "refs/tags/v1"]
    assert f"{NAME}==>une personne" in lines and "zelie-d-aubrac==>une-personne" in lines
    assert f"Une personne <personne@example.org> {NAME} <z@a.example>" in lines
    assert git(tmp_path, "rev-list", "--objects", "main").count(lines[lines.index("FIN", 8) - 1])
    (filtering,) = (line for line in lines if line.startswith("git filter-repo "))
    assert 'filename.replace("zelie-d-aubrac".encode(), ' in filtering
    assert "git branch -m zelie-d-aubrac branche-1" in lines


def test_a_history_that_is_not_whole_says_so(tmp_path):
    origin, there = tmp_path / "origine", tmp_path / "ici"
    origin.mkdir()
    git(origin, "init", "--quiet", "--initial-branch=main")
    for message in "abc":
        commit(origin, message=message)
    git(tmp_path, "clone", "--quiet", "--depth=1", origin.as_uri(), str(there))
    allowed = ("-c", "protocol.file.allow=always")
    git(there, *allowed, "submodule", "--quiet", "add", origin.as_uri(), "medias")
    git(there, "worktree", "add", "--quiet", str(tmp_path / "autre"))
    first, second, *more = past_of(there, Person(NAME)).unread
    assert (
        "la fin : git fetch --unshallow" in first
        and "autre arbre de travail" in second
        and not more
    )
    commit(there / "medias", message=NAME)
    assert past_of(there, Person(NAME)).places, "the history of what is inside"
    shutil.rmtree(there / "medias")
    assert any("medias » n’est pas ici" in one for one in past_of(there, Person(NAME)).unread)


def test_nothing_is_said_of_what_was_not_looked_at(portal):
    """What a list of packages vouches for is left, and told; the memory is opened."""
    for name in ("articles", "annonces", "events", "auteurs", "retraits.yml"):
        path = portal.content / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    wheel = archive({f"{rank}.py": SAID for rank in range(600)})
    portal.write({"content/pages/a.md": f"---\ntitre: A\n{HEAD}---\n\n{NAME}.\n"})
    portal.write({"requirements.txt": f"./p.whl --hash=sha256:{sha256(wheel).hexdigest()}\n"})
    (portal.root / "p.whl").write_bytes(wheel)
    (portal.root / "lien").symlink_to("zelie-d-aubrac.txt")
    portal.build()
    portal.write({"content/pages/a.md": f"---\ntitre: A\n{HEAD}---\n\nA.\n"})
    done = portal.portail(*ARGUMENTS)
    assert "que --appliquer vide : .cache/memoire.sqlite" in done.out
    assert re.search(r"À récrire vous-même\n  lien:1  zelie-d-aubrac", done.out)
    assert re.search(r"Regardés : 4 fichiers du dépôt ; laissés : p\.whl\.", done.out)
    (portal.root / "lien").unlink()
    git(portal.root, "init", "--quiet", "--initial-branch=main")
    git(portal.root, "add", "content", "requirements.txt", "p.whl")
    commit(portal.root)
    portal.portail(*ARGUMENTS, "--appliquer")
    assert portal.portail("build", "--clean").code == 0
    done = portal.portail(*ARGUMENTS)
    assert (done.code, done.out.partition(PROVED)[0]) == (0, NOTHING)
    commit(portal.root, message=NAME)
    done = portal.portail(*ARGUMENTS)
    assert done.code == 1 and "Rien ne nomme" not in done.out
    assert "L’histoire de Git la nomme encore, ou le peut : main." in done.out


def test_all_or_nothing(portal, monkeypatch):
    """A disk that fills up after three files."""
    before, write, left = tree(portal.content), files.atomic_write, [3]

    def full(path, data, mode):
        left[0] -= 1
        if left[0] == 0:
            raise OSError(28, "No space left on device")
        write(path, data, mode=mode)

    monkeypatch.chdir(portal.root)
    monkeypatch.setattr(files, "atomic_write", full)
    assert main([*ARGUMENTS, "--appliquer"]) == 2
    assert left[0] < 0
    assert tree(portal.content) == before


def test_what_cannot_be_looked_into_is_never_passed_over(portal, monkeypatch, capsys):
    """A file that weighs too much, a folder that cannot be listed."""
    before, scan = tree(portal.content), os.scandir
    heavy = portal.root / "affiche.tif"
    heavy.write_bytes(b"")
    os.truncate(heavy, 20_000_001)
    (portal.root / "notes").mkdir(exist_ok=True)
    monkeypatch.chdir(portal.root)

    def refused(place):
        if str(place).endswith("/notes"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))
        return scan(place)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refused)
        assert main([*ARGUMENTS, "--appliquer"]) == 2
    assert tree(portal.content) == before and capsys.readouterr().err.count("\n") == 1
    assert main([*ARGUMENTS, "--appliquer"]) == 1
    assert capsys.readouterr().out.count("trop lourd") == 1
    assert heavy.stat().st_size == 20_000_001


def test_what_cannot_be_looked_for_is_said(portal, monkeypatch, capsys):
    before = tree(portal.content)
    monkeypatch.chdir(portal.root)
    for wrong in ("Zoé", "…"):
        code, said = main(["effacer", wrong, "--appliquer"]), capsys.readouterr()
        assert (code, said.out, said.err.count("\n")) == (2, "", 1)
    assert tree(portal.content) == before
