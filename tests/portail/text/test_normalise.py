import unicodedata

from hypothesis import given

from doses import cases, rows_of
from portail.text.normalise import fold, name_key, sort_key
from strategies import french_texts, place_names, wild_texts


@cases(
    ("text", "folded"),
    [
        ("Œuvres & Æschnes", "oeuvres & aeschnes"),
        ("À L’ÎLE d'Yeu", "a l'ile d'yeu"),
        ("E\u0301te\u0301", "ete"),
        ("14\u00a0h\u202f30\n", "14 h 30"),
        ("Saint\u2011Omer – Arras", "saint-omer - arras"),
        ("«\u00a0Straße\u00a0»", '" strasse "'),
        ("Łódź, Ørsted", "lodz, orsted"),
        ("co\u00adopérer\u200b", "cooperer"),
        ("œ Œ æ Æ ø Ø đ Đ ð Ð ł Ł ħ Ħ ı þ Þ", "oe oe ae ae o o d d d d l l h h i th th"),
        ("’‘ʼʹ′´`‛", "'" * 8),
        ("“”„«»″", '"' * 6),
        ("‐‑‒–—―−-", "-" * 8),
        ("™ ﬁ K ℃ ½", "tm fi k °c 1⁄2"),
        ("Ελλάδα й", "ελλαδα и"),
        ("हिन्दी", "हिन्दी"),
        ("", ""),
    ],
)
def test_fold_forgets_what_a_reader_overlooks(text, folded):
    assert fold(text) == folded


@given(wild_texts())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_a_word_stays_one_word():
    """Some letters open on blanks: what is kept between blanks would be cut elsewhere."""
    letters = [sign for sign in map(chr, range(0x110000)) if not sign.isspace()]
    assert {one for one in letters if " " in unicodedata.normalize("NFKD", one)} > {*"ﷺͺﱞ¨"}
    assert [one for one in letters if len(fold(f"a{one}b").split()) != 1] == []


@given(french_texts())
def test_fold_ignores_case_and_unicode_form(text):
    assert fold(text.upper()) == fold(text) == fold(unicodedata.normalize("NFD", text))


@given(french_texts())
def test_french_folds_to_ascii(text):
    rest = set(fold(text)) - {"α", "°"}
    assert all(sign.isascii() for sign in rest), rest


@cases("other", ["St-Omer", "SAINT OMER", "saint‑omer", "St. Omer", " Saint–Omer"])
def test_spellings_of_one_commune_share_a_key(other):
    assert name_key(other) == name_key("Saint-Omer") == "saint omer"


@cases(
    ("name", "key"),
    [
        ("Ste-Marie-Cappel", "sainte marie cappel"),
        ("L’Isle-Adam", "l isle adam"),
        ("La Couture", "la couture"),
        ("Vaux-en-Amiénois", "vaux en amienois"),
        ("Le Nœud", "le noeud"),
        ("Estrées", "estrees"),
        ("Sts-Innocents", "saints innocents"),
        ("Stes Puelles", "saintes puelles"),
        ("Stella-Plage", "stella plage"),
    ],
)
def test_names_keep_their_articles(name, key):
    assert name_key(name) == key


@given(place_names())
def test_name_key_ignores_case_hyphens_and_apostrophes(name):
    spelled = name.upper().replace("-", " ").replace("’", "'")
    assert name_key(spelled) == name_key(name)


@cases("ordered", rows_of("portail/text/normalise.yml"))
def test_french_alphabetical_order(ordered):
    backwards = ordered[::-1]
    assert sorted(backwards, key=sort_key) == ordered


@given(wild_texts(), wild_texts())
def test_sort_keys_differ_when_texts_do(first, second):
    assert (sort_key(first) == sort_key(second)) is (first == second)
