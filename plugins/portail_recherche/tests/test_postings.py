"""Lists of terms: what they say of contents, read back by the contract."""

from hypothesis import given
from hypothesis import strategies as st

from portail.text.analysis import tokens
from portail_recherche.postings import (
    Content,
    lists_of,
    piece,
    piece_again,
    told,
)
from portail_recherche.words import (
    FIELDS,
    HALF,
    HEAVIEST,
    TITLE,
    factor,
    packed,
    unpacked,
    weight,
)
from terms import read_list

WORDS = "chat chats chien niche la de os mer vague Amiens étoile".split()
some_text = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
some_texts = st.lists(some_text, max_size=3).map(tuple)
texts = st.tuples(some_text, some_text, some_texts, some_texts, some_text)
ROOM = 1000


def content(
    title="",
    summary="",
    names=(),
    headings=(),
    body="",
):
    return Content(unpacked(packed(title, summary, headings, body)), names)


def read(contents, joining=None, room=ROOM):
    lists = lists_of([(0, piece([told(one, joining) for one in contents], room))])
    return {term: read_list(found) for term, found in lists.items()}


def test_positions_tell_fields():
    found = read(
        [content("Le chat", "Un chat.", ("Amiens", "Chat"), body="chat et chat"), content()]
    )
    assert found["chat"][0].positions == (1, 65, 194, 512, 514)
    assert found["amien"][0].positions == (192,)
    assert all(set(one) == {0} for one in found.values())


@given(st.lists(texts, max_size=4))
def test_every_word_is_listed_where_it_is(
    said,
):
    found = read([content(*one) for one in said])
    for rank, (title, summary, names, headings, body) in enumerate(said):
        expected = {}
        for start, end, some in (
            (0, 64, (title,)),
            (64, 192, (summary,)),
            (192, 320, names),
            (320, 512, headings),
            (512, 10**6, (body,)),
        ):
            for text in some:
                *there, last = tokens(f"{text} mer")
                for one in there:
                    if start + one.position < end:
                        expected.setdefault(one.stem, []).append(start + one.position)
                start += last.position + 1
        assert {term for term, there in found.items() if rank in there} == expected.keys()
        for term, positions in expected.items():
            assert list(found[term][rank].positions) == positions[:32]


def test_a_field_stops_at_its_room_and_a_title_says_more_than_a_text():
    found = read([content(" ".join(f"mot{one}" for one in range(80)), "suite")])
    assert found["mot63"][0].positions == (63,)
    assert "mot64" not in found
    assert found["suit"][0].positions == (64,)
    long = "vague " * 200
    titled, told = read([content("chat", body=long), content("vague", body="chat " + long)])[
        "chat"
    ].values()
    assert titled.weight > told.weight


def test_more_of_it_says_more_and_never_too_much():
    said = [weight(one / 4) for one in range(1, 400)]
    assert said == sorted(said)
    assert (said[0], said[-1] <= HEAVIEST) == (2, True)
    assert weight(HALF) == HEAVIEST // 2
    assert weight(1e9) == HEAVIEST


def test_a_longer_field_says_less_of_each_word():
    for field in FIELDS:
        factors = [factor(field, length) for length in (0, 1, 10, 100, 1000)]
        assert factors == sorted(factors, reverse=True)
    assert factor(TITLE, int(TITLE.usual)) == TITLE.boost


def test_a_sentence_more_leaves_most_weights_as_they_are():
    lengths = [factor(FIELDS[-1], length) for length in range(100, 1000)]
    assert len(set(lengths)) < 15


class Cats:
    """« chat » and « félin » mean the same; so do « os » and « la mer vague »."""

    def joined(self, positions):
        found = {}
        if "chat" in positions:
            found["felin"] = positions["chat"]
        if "os" in positions:
            found |= {"mer": positions["os"], "vagu": [at + 1 for at in positions["os"]]}
        return found


def test_what_means_the_same_is_listed_at_the_same_place():
    contents = [content("chat", body="un os, la mer"), content(body="chat chien")]
    found = read(contents, joining=Cats())
    assert found["felin"] == found["chat"]
    assert found["felin"][0].positions == (0,)
    assert found["os"][0].positions == (513,)
    assert found["mer"][0].positions == (513, 515)
    assert found["vagu"][0].positions == (514,)
    assert found["mer"][0].weight > found["os"][0].weight


def test_segments_are_joined_in_order():
    first, second = [content("chat")], [content(), content("chat mer")]
    some = [(0, first), (3, second), (4, []), (5, first)]
    lists = lists_of((number, piece([*map(told, contents)], ROOM)) for number, contents in some)
    assert {term: [*read_list(found)] for term, found in lists.items()} == {
        "chat": [0, 769, 1280],
        "mer": [769],
    }


def test_what_is_everywhere_keeps_its_titles_and_the_beginning_of_bodies():
    contents = [
        content("chat chat", names=("chat",), body="mer chat " * count) for count in (1, 9, 40)
    ]
    full = [one.positions for one in read(contents)["chat"].values()]
    thin = [one.positions for one in read(contents, room=8)["chat"].values()]
    none = [one.positions for one in read(contents, room=0)["chat"].values()]
    assert [len(one) for one in full] == [4, 12, 32]
    assert thin == [one[:6] for one in full]
    assert none == [(0, 1, 192)] * 3
    weights = [
        [one.weight for one in read(contents, room=room)["chat"].values()] for room in (0, 99)
    ]
    assert weights[0] == weights[1]


@given(st.lists(some_text, max_size=5), st.integers(0, 40))
def test_thinning_keeps_as_much_as_fits(bodies, room):
    contents = [content("mer", body=body) for body in bodies]
    full, thin = read(contents), read(contents, room=room)
    assert full.keys() == thin.keys()
    for term, found in thin.items():
        inside = [sum(at >= 512 for at in one.positions) for one in found.values()]
        assert sum(inside) <= room or full[term] == found
        for number, one in found.items():
            assert one.positions == full[term][number].positions[: len(one.positions)]


@given(st.lists(st.tuples(some_text, some_text), min_size=1, max_size=5), st.integers(0, 40))
def test_a_piece_made_again_is_as_if_made_anew(bodies, room):
    before = [told(content("mer", body=body)) for body, _ in bodies]
    after = [told(content("mer", body=body)) for _, body in bodies]
    assert piece_again(piece(before, room), before, after, room) == piece(after, room)
