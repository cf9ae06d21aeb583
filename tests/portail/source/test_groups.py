"""A group that someone wrote as one text: the remedy gives back what that text says."""

import re
from pathlib import PurePosixPath

from hypothesis import example, given
from hypothesis import strategies as st

from doses import cases, rows_of
from portail.source.document import parse_front_matter
from portail.source.groups import as_group


@cases(("name", "text", "group"), rows_of("portail/source/groups.yml"))
def test_what_the_text_says_is_kept_and_nothing_is_made_up(name, text, group):
    line = as_group(name, text)
    if not group:
        assert line == ""
        return
    root, found = parse_front_matter(f"{name}: {line}", PurePosixPath("a.md"), 1)
    assert not found, "the line is read as it is written"
    assert root.plain() == {name: group}


PIECES = st.sampled_from(
    [
        *("5 €", "3€", "12,50 euros", "€ 7", "4€50", "réduit", "plein", "tarif", "enfants"),
        *("étudiants", "gratuit", "-12 ans", "moins de 6 ans", "sur place", "caution", "1"),
        *(
            "et",
            "à",
            "(",
            ")",
            ",",
            ";",
            ":",
            "/",
            "-",
            "–",
            ".",
            "«",
            "½",
            "İ",
            "e\u0301",
            "#",
            "٣",
        ),
        *("\u00a0", "'"),
    ]
)
SAID_BY_FIELDS = frozenset(
    "tarif tarifs prix plein pleins normal normaux réduit réduits et ou au en".split()
    + "euro euros eur gratuit".split()
)
"""Words that the name of a field says in their place."""


def words_of(text):
    amounts = re.sub(r"(\d+)\s*€(\d{2})(?!\w)", r"\1,\2", text)
    return re.findall(r"\d+(?:[.,]\d+)?|[^\W\d]+", amounts.replace(".", ",").lower())


@example(["1", "€ 7", "1"], "")  # « 1€ 71 »: after a blank, a number is another
@given(st.lists(PIECES, min_size=1, max_size=9), st.sampled_from(("", " ")))
def test_no_word_of_a_price_is_lost_and_no_amount_is_made_up(pieces, between):
    text = between.join(pieces)
    line = as_group("tarif", text)
    if not line:
        return
    root, found = parse_front_matter(f"tarif: {line}", PurePosixPath("a.md"), 1)
    assert not found
    group = root.plain()["tarif"]
    written = words_of(" ".join(group.values()))
    said = set(words_of(text))
    if "gratuit" not in group:
        assert said - SAID_BY_FIELDS <= set(written)
        assert set(written) <= said
    amounts = [float(group[key].replace(",", ".")) for key in ("reduit", "prix") if key in group]
    assert amounts == sorted(amounts)
