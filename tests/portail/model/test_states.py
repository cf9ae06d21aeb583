"""States in titles: what says one is read, what only looks like one is a title."""

from doses import cases
from etats import CRIED, FORMS, INSIDE, MOVED, NIGHT, TITLES, WORDS
from portail.model.states import SAFEST, begun, common_states, state_of_title

STATES = common_states()


@cases("form", FORMS)
@cases(("state", "word"), WORDS)
def test_a_state_is_read_and_the_title_is_clean(state, word, form):
    stated = state_of_title(form.format(mot=word, titre=NIGHT), STATES)
    assert stated and (stated.titre, stated.etat) == (NIGHT, state)


@cases("form", CRIED)
def test_a_state_may_be_cried(form):
    stated = state_of_title(form.format(titre=NIGHT), STATES)
    assert stated and (stated.titre, stated.etat) == (NIGHT, "annule")


@cases("form", MOVED)
def test_a_new_day_needs_no_sign_before_it(form):
    stated = state_of_title(form.format(titre="Conférence"), STATES)
    assert stated and (stated.titre, stated.etat) == ("Conférence", "reporte")


@cases("title", INSIDE)
def test_a_state_stands_in_brackets_anywhere(title):
    assert state_of_title(title, STATES)[:2] == ("La marche au phare", "annule")


@cases("title", TITLES)
def test_what_only_looks_like_a_state_is_a_title(title):
    assert state_of_title(title, STATES) is None


@cases(
    ("text", "state"),
    [
        ("ANNULÉ ! La marche n’a pas lieu.", "annule"), ("Séance reportée : à suivre.", "reporte"),
        ("Complet.\nVenez en mars.", "complet"), ("En ligne : le lien suit.", ""),
        ("Complet, le spectre se voit.", ""), ("La marche annulée revient.", ""),
    ],
)  # fmt: skip
def test_the_first_words_of_a_text_may_say_a_state(text, state):
    assert begun(text, STATES) == state

    assert {*SAFEST} == {*STATES} - {"programme"}


def test_what_is_only_online_has_not_moved_there():
    assert state_of_title("La nuit (en ligne)", STATES, placed=False) is None
    assert state_of_title("Annulé : La nuit (en ligne)", STATES, placed=False) == (
        "La nuit (en ligne)", "annule", ("Annulé",)
    )  # fmt: skip


@cases("sign", [" ", "-", "(", "!", ": ", "annulé ", "A "])
def test_long_titles_end(sign):
    state_of_title(sign * (500 // len(sign)), STATES)
