"""Files of Pelican: read as they are, written whole by the repair."""

import re
from pathlib import Path, PurePosixPath

import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from doses import cases
from portail.features.intake.corriger.engine import mend
from portail.site.draft import read_document
from portail.source.loader import list_content
from remake import replace
from reparations import mended, reading, source
from strategies import wild_texts

BLOG = Path(__file__).resolve().parents[3] / "sites" / "pelican" / "content"
FILES = list_content(BLOG).documents
FOREIGN = {"A159", "C205", "E115", "E204"}
TEXT = "\n\nUne phrase.\n"


def entry_of(data, file):
    loaded, _ = read_document(data, file, reading())
    return loaded.entry, {one.code for one in loaded.diagnostics}


def told(text, folder="articles"):
    """What is said of a file of this text."""
    return read_document(text.encode(), source(folder), reading())[0].diagnostics


def front(data):
    """The front matter of a mended file, by another reader than ours."""
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    found = yaml.load(text.split("---\n")[1], yaml.BaseLoader)
    assert isinstance(found, dict)
    return found


def test_the_blog_is_read_with_one_advice_for_each_file():
    assert len(FILES) == 18
    for file in FILES:
        loaded, _ = read_document(file.file.read_bytes(), file, reading())
        said = [one.code for one in loaded.diagnostics if one.code != "C208"]
        assert said == ["A159"], file.path


@cases("file", FILES)
def test_a_mended_file_says_the_same_and_is_mended_once(file):
    before = file.file.read_bytes()
    after = mend(before, file, reading())
    was, _ = entry_of(before, file)
    now, codes = entry_of(after.data, file)
    assert was == now
    assert not codes & FOREIGN
    assert after.count >= 1
    assert mend(after.data, file, reading()).data == after.data


def meta(file):
    """What Pelican’s own reader sees in a file."""
    parser = Markdown(extensions=["meta"])
    parser.convert(file.file.read_text(encoding="utf-8-sig"))
    return dict(parser.Meta)


def words(value):
    for one in value if isinstance(value, list) else [value]:
        yield from re.findall(r"\w+", str(one))


@cases("file", FILES)
def test_what_markdown_reads_of_a_file_is_in_its_front_matter(file):
    said, found = meta(file), mend(file.file.read_bytes(), file, reading()).data
    head = front(found)
    title = said.get("title") or said["titre"]
    assert head["titre"] == title[0]
    for key, ours in (("summary", "resume"), ("date", "publie_le"), ("modified", "modifie")):
        if key in said:
            joined = " ".join(said[key])
            assert head[ours] == (joined if key == "summary" else joined[:10])
    text = found.decode()
    for key in ("tags", "author", "authors", "series", "template", "gravatar"):
        kept = {term for one in said.get(key, ()) for term in words(one)}
        assert kept <= {*words(text), "Numérique"}, key


@cases(
    ("folder", "header", "expected"),
    [
        ("articles", "Title: A\nCategory: actualité", {"titre": "A", "genre": "actualite"}),
        ("annonces", "Title: A\nCategory: stage", {"titre": "A", "categorie": "stage"}),
        ("articles", "Title: A\nSlug: essai", {"titre": "A"}),
        ("articles", "Title: A\nSlug: b", {"titre": "A", "anciennes_urls": ["/b.html"]}),
        ("pages", "Title: A\nSlug: b", {"titre": "A", "anciennes_urls": ["/pages/b.html"]}),
        ("articles", "Title: A\nDate: 3 mai 2024 à 10h", {"titre": "A", "publie_le": "2024-05-03"}),
        ("articles", "Title: A\nTags: \nSummary:", {"titre": "A", "resume": ""}),
        ("articles", "Title: A\nTags:\n- b\n- c", {"titre": "A", "mots_cles": ["b", "c"]}),
        ("articles", "Title: A\nTags: robot, numérique\nThemes: [vivant-sante]",
         {"titre": "A", "themes": ["vivant-sante"], "mots_cles": ["robot", "numérique"]}),
        ("articles", "Title: A\nmots_cles: [b]", {"titre": "A", "mots_cles": ["b"]}),
        ("articles", "Title: A\nStatus: draft", {"titre": "A", "statut": "brouillon"}),
        ("articles", "Title: A\nStatus: published", {"titre": "A"}),
        ("articles", "Title: A\nPublished: no", {"titre": "A", "statut": "brouillon"}),
        ("articles", "Title: A\nDraft: true", {"titre": "A", "statut": "brouillon"}),
    ],
)  # fmt: skip
def test_each_field_goes_where_it_belongs(folder, header, expected):
    assert front(mended(header + TEXT, folder).data) == expected


@cases(
    ("folder", "header", "code"),
    [
        ("articles", "Title: A\nTitle: B", "E204"),
        ("articles", "Title: A\nTags: b\nmots_cles: [c]", "E204"),
        ("articles", "Title: A\n\n---\ntitre: B\npublie_le: 2021-09-20\n---", "E115"),
        ("articles", "---\ntitle: A\ncategories: [actualite]\nslug: b\n---", "E204"),
        ("articles", "Title: A\nTitrre: B", "E204"),
        ("events", "Title: A\nPrix: 5 euros", "E204"),
        ("articles", "Title: A\nPassword: sésame", "E204"),
        ("articles", "Title: A\nPrivate: true", "E204"),
        ("articles", "Title: A\nStatus: relu", "E203"),
    ],
)
def test_what_is_said_twice_or_misspelt_is_an_error_at_its_line(folder, header, code):
    text = header + TEXT
    found = [one for one in told(text, folder) if one.code == code]
    assert found
    assert text.split("\n")[found[0].position.line - 1].strip()


def test_a_fault_of_a_value_is_told_where_the_file_has_it():
    text = "Title: A\nSummary: B\nTags: chouette, nuit,\n    chouette\nDate: 2021-13-01" + TEXT
    (found,) = [one for one in told(text) if one.code == "E210"]
    assert (found.position.line, found.position.column, found.position.length) == (5, 7, 10)


def test_the_day_of_an_event_is_not_guessed_from_that_of_its_file():
    text = "Title: A\nDate: 2021-10-09 14:00" + TEXT
    assert "E214" in {one.code for one in told(text, "events")}


@cases("text", ["Note: un mot.\n\nUn texte.\n", "Un texte: un mot.\n"])
def test_a_text_is_no_header(text):
    assert mended(text).data == text.encode()


VALUES = wild_texts(60).map(lambda text: " ".join(text.split()))


@given(st.lists(st.tuples(st.sampled_from(
    "Title Date Tags Category Slug Authors Summary Status Template Foo Url aliases".split()
), VALUES), min_size=1, max_size=6))  # fmt: skip
def test_any_header_is_read_and_mended_once(rows):
    text = "\n".join(f"{key}: {value}" for key, value in rows) + TEXT
    file = replace(source(), path=PurePosixPath("content/articles/essai.md"))
    once = mend(text.encode(), file, reading()).data
    assert mend(once, file, reading()).data == once
    assert once.decode().endswith("Une phrase.\n")
