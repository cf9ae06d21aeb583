"""What a body may cost."""

from hypothesis import given
from hypothesis import strategies as st

from portail.body.limits import RUN, excess


@given(
    before=st.text("a \n*é", max_size=3 * RUN),
    sign=st.sampled_from("*_«…\\~"),
    length=st.integers(RUN - 2, RUN + 3),
    after=st.text("a \n", max_size=3 * RUN),
)
def test_a_run_of_a_sign_is_seen_wherever_it_begins(before, sign, length, after):
    """A text is looked at here and there first: no run is between two looks."""
    text = before.rstrip(sign) + sign * length + after
    found = excess(text, 1)
    assert (found is not None and found[0] == "E303") is (length > RUN)
