from hypothesis import given

from doses import cases
from portail.text.normalise import SLUG_LENGTH, is_slug, slug_of_filename, slugify
from strategies import days, french_texts, slugs, wild_texts


@cases(
    ("text", "slug"),
    [
        ("L’œuvre d’Ælfric à Noël", "l-oeuvre-d-aelfric-a-noel"),
        ("Village des sciences — 30e édition !", "village-des-sciences-30e-edition"),
        ("« 1, 2, 3… Lune »", "1-2-3-lune"),
        ("  --Été__2021--  ", "ete-2021"),
        ("CO₂ & climat", "co2-climat"),
        ("Straße, Łódź", "strasse-lodz"),
        ("東京", ""),
        ("", ""),
    ],
)
def test_slugify(text, slug):
    assert slugify(text) == slug


def test_a_title_beyond_the_limit_is_cut_between_words():
    title = "a" * 40 + " " + "b" * 39
    assert slugify(title) == title.replace(" ", "-")
    assert slugify(title + "b") == "a" * 40
    assert slugify("mot " * 40) == "-".join(["mot"] * 20)
    assert slugify("a" * SLUG_LENGTH + " b") == slugify("a" * 200) == "a" * SLUG_LENGTH


@given(wild_texts(200) | french_texts())
def test_a_slug_is_valid_or_empty(text):
    assert slugify(text) == "" or is_slug(slugify(text))


@given(slugs())
def test_a_slug_is_its_own_slug(slug):
    assert is_slug(slug)
    assert slugify(slug) == slug


@cases("text", ["", "-a", "a-", "a--b", "A", "é", "a_b", "a b", "a/b", "a\n", "a" * 81, "٣"])
def test_what_is_not_a_slug(text):
    assert not is_slug(text)


@given(days(), slugs())
def test_the_leading_day_of_a_file_name_is_dropped(day, slug):
    assert slug_of_filename(f"{day}-{slug}.md") == slug


@cases(
    ("name", "slug"),
    [
        ("2021-s39.md", "2021-s39"),
        ("2021-10-01.md", "2021-10-01"),
        ("2021-10-01-.md", "2021-10-01-"),
        ("2021-02-30-nuit.md", "2021-02-30-nuit"),
        ("2021-10-01-2021-10-02-nuit.md", "2021-10-02-nuit"),
        ("Nuit des étoiles.md", "Nuit des étoiles"),
        ("nuit", "nuit"),
    ],
)
def test_what_is_left_of_other_file_names(name, slug):
    assert slug_of_filename(name) == slug
