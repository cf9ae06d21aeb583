import pickle

from hypothesis import given
from markupsafe import Markup
from markupsafe import escape as markup_escape

from portail.text.typography import SafeHtml, escape
from strategies import wild_texts


def test_template_engines_take_it_as_it_is():
    assert markup_escape(SafeHtml("<em>a</em>")) == Markup("<em>a</em>")


@given(wild_texts())
def test_escape_leaves_nothing_active(text):
    assert not set(escape(text)) & set("<>\"'")
    assert escape(text).__html__() == str(escape(text))


def test_operations_give_plain_text_that_will_be_escaped_again():
    safe = SafeHtml("<b>")
    assert type(safe + "<i>") is str
    assert type(safe[0:1]) is str
    assert type(safe.__html__()) is str


def test_it_survives_a_pickle():
    again = pickle.loads(pickle.dumps(SafeHtml("<b>")))
    assert isinstance(again, SafeHtml)
    assert repr(again) == "SafeHtml('<b>')"
