"""The index of subjects: what one looks up, where it leads, page after page."""

from plans import entry, pages_of
from portail.features.pages.sujets import index


def entries(view):
    """Contents and their notes by entry, in order."""
    return {
        one.titre: [(lien.texte, lien.note) for lien in one.liens]
        for letter in view.lettres
        for one in letter.entrees
    }


class TestSubjects:
    def test_one_subject_for_all_spellings_under_the_commonest(self, tree):
        view = tree.view(
            "/sujets/",
            {
                "articles/a": entry("articles", titre="Un", mots_cles=["expositions"]),
                "articles/b": entry("articles", titre="Deux", mots_cles=["exposition"]),
                "lieux/c": entry("lieux", titre="Trois", mots_cles=["exposition", "Expositions"]),
            },
        )
        assert set(entries(view)) == {"Exposition"}
        assert {text for text, _ in entries(view)["Exposition"]} == {"Un", "Deux", "Trois"}
        assert len(entries(view)["Exposition"]) == 3

    def test_a_theme_leads_to_its_page_then_to_what_has_it_as_keyword(self, tree):
        view = tree.view(
            "/sujets/",
            {
                "articles/a": entry("articles", themes=["numerique"]),
                "lieux/a": entry("lieux", themes=["numerique"]),
                "articles/b": entry("articles", titre="Deux", mots_cles=["numérique"]),
            },
        )
        assert entries(view) == {"Numérique": [("Tout ce thème", "thème"), ("Deux", "article")]}

    def test_what_is_over_comes_last_and_is_told(self, tree):
        words = {"mots_cles": ["lune"]}
        view = tree.view(
            "/sujets/",
            {
                "events/hier": entry("events", titre="Hier", debut="2021-09-26", **words),
                "lieux/d": entry("lieux", titre="Dôme", **words),
            },
        )
        assert entries(view) == {"Lune": [("Dôme", "lieu"), ("Hier", "événement passé")]}

    def test_letters_without_a_subject_lead_nowhere(self, tree):
        words = entry("articles", mots_cles=["élan", "3D"])
        files = {"articles/a": words, "articles/b": words}
        view = tree.view("/sujets/", files)
        known = {lien.texte: lien.url for lien in view.index if lien.url}
        assert known == {"#": "/sujets/#Lettre-0", "E": "/sujets/#Lettre-E"}
        assert [letter.lettre for letter in view.lettres] == ["#", "E"]

    def test_a_subject_of_one_content_is_none_and_nothing_to_look_up_gives_no_page(self, tree):
        alone = entry("articles", mots_cles=["lune"], themes=["numerique"])
        plan = tree.run({"articles/a": alone}).plan
        assert not [url for url in pages_of(plan) if url.startswith("/sujets/")]


def test_a_long_index_is_cut_and_letters_lead_to_their_page(tree, monkeypatch):
    monkeypatch.setattr(index, "_LINES", 3)
    files = {
        "articles/a": entry("articles", titre="Un", mots_cles=["arbre", "bulle"]),
        "articles/b": entry("articles", titre="Deux", mots_cles=["arbre", "bulle"]),
        "articles/c": entry("articles", titre="Trois", mots_cles=["bulle"]),
    }
    pages = tree.pages(files)
    urls = ["/sujets/", "/sujets/page/2/"]
    assert sorted(url for url in pages if url.startswith("/sujets/")) == urls
    first, second = (pages[url].view() for url in urls)
    letters = [one.url for one in first.index if one.url]
    assert letters == ["/sujets/#Lettre-A", "/sujets/#Lettre-B"]
    (letter,) = second.lettres
    (rest,) = letter.entrees
    assert (rest.titre, rest.suite, len(rest.liens)) == ("Bulle", True, 2)
