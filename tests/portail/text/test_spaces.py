"""Where a line may not be cut, and where it must still be."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from doses import cases
from portail.text.dates import moment_phrase
from portail.text.spaces import after_number, bound, seen

N = "\u00a0"


@cases(
    ("written", "shown"),
    [
        ("à 1 h 14, une sonde", f"à 1{N}h{N}14, une sonde"),
        ("de 14 h à 16 h 30", f"de 14{N}h à 16{N}h{N}30"),
        (f"14{N}h 05", f"14{N}h{N}05"),
        ("à 20 km d’Arras, 176 km/h", f"à 20{N}km d’Arras, 176{N}km/h"),
        ("70 centilitres, 2 kilowatts", f"70{N}centilitres, 2{N}kilowatts"),
        ("vendredi 15 octobre 2022", f"vendredi 15{N}octobre 2022"),
        ("du 1er août au 3 sept. 2022", f"du 1er{N}août au 3{N}sept. 2022"),
        ("dès 7 ans, 12 rondes, 1er prix", f"dès 7{N}ans, 12{N}rondes, 1er{N}prix"),
        ("40 %, 5 €, 12 °C, 3 m²", f"40{N}%, 5{N}€, 12{N}°C, 3{N}m²"),
        ("Qui ? « moi » ; oui !", f"Qui{N}? «{N}moi{N}»{N}; oui{N}!"),
    ],
)
def test_what_is_bound(written, shown):
    assert bound(written) == shown


@cases(
    "text",
    [
        "",
        "vendredi",
        "Lille, Amiens",
        "En 2021, octobre",
        "le 12 l’été, la salle 1 s’ouvre",
        "l’an 2022 à Lille",
        "a != b, std ::x, :-) ;)",
        "un h 14",
    ],
)
def test_what_stays_free(text):
    assert bound(text) == text


def test_a_whole_date_can_still_be_cut():
    phrase = moment_phrase(datetime(2022, 10, 14, 20), datetime(2022, 10, 14, 22, 30))
    longest = max(bound(phrase).split(" "), key=len)
    assert longest == f"14{N}octobre"


@cases(
    ("written", "shown"),
    [
        (" événements", f"{N}événements"),
        (" km au plus : voir", f"{N}km au plus{N}: voir"),
        (" de plus", " de plus"),
        ("jours", "jours"),
        (" mai", " mai"),
    ],
)
def test_after_a_value(written, shown):
    """A month is not taken: what stands before it may be the name of a day."""
    assert bound(after_number(written)) == shown


@cases(
    ("written", "shown"),
    [
        ("Lens · Gratuit · de 14 h à 16 h", f"Lens{N}· Gratuit{N}· de 14{N}h à 16{N}h"),
        ("03 21 98 12 34, en 2021 puis 1 par 1", f"03{N}21{N}98{N}12{N}34, en 2021 puis 1 par 1"),
        ("sous CC BY-NC-SA 4.0", f"sous CC{N}BY\u2011NC\u2011SA{N}4.0"),
        ("Où va-t-il, a-t-elle dit", "Où va\u2011t\u2011il, a\u2011t\u2011elle dit"),
        ("/medias/la-lumiere-baisse-t-elle/a.webp", "/medias/la-lumiere-baisse-t-elle/a.webp"),
        ("sous CC BY 4.0, à deux 👩🏽‍🔬", f"sous CC{N}BY{N}4.0, à deux{N}👩🏽‍🔬"),
    ],
)
def test_what_a_page_binds_besides(written, shown):
    assert seen(written) == shown == seen(shown)


@given(st.text(alphabet="1er0h kmais«»:;!?.’ \u00a0", max_size=40))
def test_only_spaces_change_and_once(text):
    once = bound(text)
    assert bound(once) == once
    assert once.replace(N, " ") == text.replace(N, " ")
