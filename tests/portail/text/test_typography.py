"""French signs at rendering: what changes, what must not, and never twice."""

from hypothesis import given
from hypothesis import strategies as st

from doses import cases, rows_of
from portail.text.typography import fragment, typeset

N = "\u00a0"


@cases(("source", "shown"), rows_of("portail/text/typography.yml"))
def test_what_changes(source, shown):
    assert typeset(source) == shown


@cases(
    "text",
    [
        "à 14:30 ou 14:30:00",
        "une échelle 1:25000, un écran 16:9, un rapport 3:2",
        "https://exemple.org/l'eau?a=b;c!d",
        "http://[::1]:8000/ et mailto:a@exemple.org",
        "écrire à l'accueil@exemple.org",
        "www.exemple.org/l'eau?x",
        "a != b",
        "std::vector",
        "un sourire :-) et ;) et :(",
        "03 21 00 00 00, en 2021 350 Fleurs, 12 3456",
        "Lille – Amiens, 2020-2021",
        "5' 3'' de latitude",
        "le code 'abc' et rien",
        "....",
        "C:/dossier",
        "déjà typographié : « oui » l’eau…".replace(" :", f"{N}:")
        .replace("« ", f"«{N}")
        .replace(" »", f"{N}»"),
    ],
)
def test_what_does_not_change(text):
    assert typeset(text) == text


@cases(
    ("left", "right", "shown"),
    [
        ("Note", ": la suite", f"{N}: la suite"),
        ("vive", "» dit-il", f"{N}» dit-il"),
        ("vive", " » dit-il", f"{N}» dit-il"),
        ("L", "'eau", "’eau"),
        ("", ": seul", ": seul"),
        (" ", ": après une espace", ": après une espace"),
        ("x", "rien", "rien"),
    ],
)
def test_a_piece_looks_at_its_left(left, right, shown):
    assert fragment(right, left) == shown


@cases("elision", ["l'", "Jusqu'", "qu'", "aujourd'", "avant d'", "(l'"])
def test_an_elision_cut_by_markup_is_curled(elision):
    assert typeset(elision) == elision.replace("'", "’")


def test_a_closing_quote_at_the_end_is_not_an_elision():
    assert typeset("le mot 'exact'") == "le mot 'exact'"


SIGNS = st.text(alphabet="aéL1 '.:;!?«»…’\u00a0\u202f\n()-=/@*w", max_size=40)


@given(SIGNS | st.text(max_size=40))
def test_twice_is_once(text):
    once = typeset(text)
    assert typeset(once) == once


def bare(text):
    """A text without what typography changes."""
    return "".join(text.replace("…", "...").replace("’", "'").split())


@given(SIGNS)
def test_only_signs_and_spaces_change(text):
    assert bare(typeset(text)) == bare(text)


@given(SIGNS, st.sampled_from(["", "a", "»", " ", "\u00a0", "1"]))
def test_a_piece_never_loses_a_character(text, left):
    assert bare(fragment(text, left)) == bare(text)
