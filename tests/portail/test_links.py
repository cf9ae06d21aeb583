"""Internal references as people write them, and the content that each one names."""

from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from doses import cases, rows_of
from portail.links import RefIndex, Target, flatten, is_media, site_path, split_target
from portail.model.kinds import KINDS, Kind
from strategies import wild_texts

REFS = RefIndex(
    [
        "articles/nuit", "articles/jour", "events/nuit", "events/la-nuit", "lieux/la-coupole",
        "pages/charte", "temps-forts/fete-de-la-science", "newsletters/2021-s39", "articles/2021",
        "territoires/pas-de-calais",
    ]
)  # fmt: skip
ARTICLE = PurePosixPath("content/articles/jour.md")
BUNDLE = PurePosixPath("content/articles/2021/jour/index.md")
LIEU = PurePosixPath("content/lieux/la-coupole.md")


# ── Addresses cut in two ─────────────────────────────────────────────────────────────


@cases(("text", "path", "anchor"), rows_of("portail/links.yml"))
def test_split_target(text, path, anchor):
    assert split_target(text) == Target(path, anchor)


@cases(
    ("path", "expected"),
    [
        ("photo.jpg", True), ("a/Plan.PDF", True), ("x.mp3", True), ("nuit.md", False),
        ("la-coupole", False), ("x.svg", False), ("", False),
    ],
)  # fmt: skip
def test_is_media(path, expected):
    assert is_media(path) is expected


@cases(
    ("path", "expected"), [("agenda", "/agenda/"), ("/agenda/", "/agenda/"), ("", "/"), ("/", "/")]
)
def test_site_path(path, expected):
    assert site_path(path) == expected


@cases(
    ("parts", "expected"),
    [
        (("a", "..", "b"), ("b",)), (("a", ".", "", "b"), ("a", "b")), ((), ()),
        (("..",), None), (("a", "..", ".."), None),
    ],
)  # fmt: skip
def test_flatten(parts, expected):
    assert flatten(parts) == expected


# ── What a reference names ───────────────────────────────────────────────────────────


@cases(
    "path",
    [
        "lieux/la-coupole", "lieux/la-coupole.md", "lieux/la-coupole/", "/lieux/la-coupole/",
        "/lieux/la-coupole/index.html", "/lieux/la-coupole.md", "../lieux/la-coupole.md",
        "../lieux/nord/la-coupole.md", "lieux/la-coupole/index.md", "la-coupole",
        "lieux/2021-10-01-la-coupole.md", "la-coupole.md", "2021-10-01-la-coupole.md",
    ],
)  # fmt: skip
@cases("source", [ARTICLE, PurePosixPath("content/events/2021.md")])
def test_every_way_to_write_it(path, source):
    assert REFS.find(path, source) == ("lieux/la-coupole",)


@cases(
    ("path", "source", "expected"),
    [
        # a slug alone: beside the document first
        ("nuit", ARTICLE, ("articles/nuit",)),
        ("nuit", PurePosixPath("content/events/x.md"), ("events/nuit",)),
        ("nuit", LIEU, ("articles/nuit", "events/nuit")),
        ("2021-10-01-nuit.md", LIEU, ("articles/nuit", "events/nuit")),
        # sub-folders mean nothing
        ("nuit.md", BUNDLE, ("articles/nuit",)),
        ("../../nuit.md", BUNDLE, ("articles/nuit",)),
        ("../../../events/2021/nuit.md", BUNDLE, ("events/nuit",)),
        ("../nuit/index.md", BUNDLE, ("articles/nuit",)),
        # addresses of the site
        ("/evenements/nuit/", LIEU, ("events/nuit",)),
        ("/newsletter/2021-s39/", LIEU, ("newsletters/2021-s39",)),
        ("/charte/", LIEU, ("pages/charte",)),
        ("/temps-forts/fete-de-la-science/", LIEU, ("temps-forts/fete-de-la-science",)),
        # nothing
        ("/nuit/", LIEU, ()),
        ("articles/la-coupole", LIEU, ()),
        ("lieux/nuit", ARTICLE, ()),
        ("absent", ARTICLE, ()),
        ("../../../../etc/passwd", ARTICLE, ()),
        ("../../../../../articles/nuit.md", ARTICLE, ()),
        ("", PurePosixPath("content/lieux/x.md"), ()),
        ("/", PurePosixPath("content/articles/2021/x.md"), ()),
        ("articles", ARTICLE, ()),
        ("Lieux/la-coupole", ARTICLE, ()),
    ],
)
def test_find(path, source, expected):
    assert REFS.find(path, source) == expected


@cases("kind", list(Kind))
def test_the_address_of_every_kind_leads_back_to_it(kind):
    index = RefIndex(f"{one.value}/un-nom" for one in Kind)
    assert index.find(KINDS[kind].url("un-nom"), LIEU)[0] == f"{kind.value}/un-nom"
    assert index.find(f"{kind.value}/un-nom", LIEU) == (f"{kind.value}/un-nom",)


def test_the_index_itself():
    assert "lieux/la-coupole" in REFS.sorted
    assert "la-coupole" not in REFS.sorted
    assert REFS.named("nuit") == ("articles/nuit", "events/nuit")
    assert REFS.named("absent") == ()
    assert REFS.sorted == tuple(sorted(REFS.sorted))
    assert RefIndex(reversed(REFS.sorted)).sorted == REFS.sorted


MOVED = RefIndex(
    ["lieux/la-coupole", "lieux/coupole-2", "articles/nuit", "events/nuit"],
    {
        "lieux/coupole": "lieux/la-coupole", "lieux/l-hopital": "lieux/la-coupole",
        "lieux/dome": "lieux/la-coupole", "articles/dome": "articles/nuit",
        "lieux/nuit": "lieux/la-coupole", "articles/vieux": "lieux/la-coupole",
        "lieux/vieux": "lieux/la-coupole",
    },
)  # fmt: skip


@cases(
    ("path", "found", "renamed"),
    [
        ("lieux/coupole", ("lieux/la-coupole",), "lieux/la-coupole"),
        ("l-hopital", ("lieux/la-coupole",), "lieux/la-coupole"),
        ("lieux/la-coupole", ("lieux/la-coupole",), ""),
        ("dome", ("lieux/la-coupole", "articles/nuit"), ""),  # two have had that name
        ("vieux", ("lieux/la-coupole",), "lieux/la-coupole"),  # one has had it twice
        ("nuit", ("articles/nuit", "events/nuit"), ""),  # what has the name comes first
        ("lieux/nuit", ("lieux/la-coupole",), "lieux/la-coupole"),
        ("lieux/absent", (), ""),
    ],
)
def test_what_was_called_otherwise(path, found, renamed):
    assert MOVED.find(path, LIEU) == found
    assert MOVED.renamed(path, LIEU) == renamed


@cases(
    ("written", "others", "expected"),
    [
        ("articles/la-coupole", (), "lieux/la-coupole"),
        ("/articles/la-coupole.md", (), "lieux/la-coupole"),
        ("la-coupole/", (), "lieux/la-coupole"),
        ("lieux/la-coupol", (), "lieux/la-coupole"),
        ("agenda-du-moi", ("agenda-du-mois",), "agenda-du-mois"),
        ("articles/jour", ("articles/jours",), "articles/jour"),
        ("xyzzy", (), ""),
        ("", (), ""),
    ],
)
def test_what_a_wrong_reference_most_likely_stands_for(written, others, expected):
    assert REFS.nearest(written, others) == expected


PIECES = st.sampled_from(["..", ".", "", "/", "articles", "lieux", "nuit", "nuit.md", "index.md"])


@given(wild_texts(40) | st.lists(PIECES, max_size=8).map("/".join))
def test_any_text_names_contents_of_the_site_or_nothing(text):
    target = split_target(text)
    for source in (ARTICLE, BUNDLE, LIEU):
        found = REFS.find(target.path, source)
        assert all(ref in REFS.sorted for ref in found)
        assert len(set(found)) == len(found)
