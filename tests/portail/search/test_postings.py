"""Lists of terms: what they say of contents, read back by the contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from portail.body.words import packed
from portail.search.fields import FIELDS, TITLE, Record
from portail.search.merging import merged, piece
from portail.search.postings import postings
from portail.search.weights import HALF, HEAVIEST, factor, weight
from portail.text.analysis import tokens
from terms import Posting, read_list

WORDS = "chat chats chien niche la de os mer vague Amiens étoile".split()
some_text = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
some_texts = st.lists(some_text, max_size=3).map(tuple)
records = st.builds(Record, some_text, some_text, some_texts, some_texts, some_text.map(packed))


def record(title: str = "", summary: str = "", body: str = "", **more: tuple[str, ...]) -> Record:
    return Record(title, summary, more.get("names", ()), more.get("headings", ()), packed(body))


def read(contents: Sequence[Record], **options: object) -> dict[str, dict[int, Posting]]:
    lists = postings(contents, **options)  # type: ignore[arg-type]
    return {term: read_list(found) for term, found in merged([(0, piece(lists))]).items()}


def places(text: str, start: int) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for one in tokens(text):
        found.setdefault(one.stem, []).append(start + one.position)
    return found


def test_positions_tell_fields() -> None:
    found = read(
        [record("Le chat", "Un chat.", "chat et chat", names=("Amiens", "Chat")), record()]
    )
    assert found["chat"][0].positions == (1, 65, 194, 512, 514)
    assert found["amien"][0].positions == (192,)
    assert all(set(one) == {0} for one in found.values())


@given(st.lists(records, max_size=4))
def test_every_word_is_listed_where_it_is(contents: list[Record]) -> None:
    found = read(contents)
    for rank, one in enumerate(contents):
        for text, start in ((one.title, 0), (one.summary, 64)):
            for stem, expected in places(text, start).items():
                kept = [at for at in found[stem][rank].positions if start <= at < start + 64]
                assert kept == [at for at in expected if at < start + 64][: len(kept)]
                assert kept


def test_a_field_stops_at_its_room() -> None:
    found = read([record(" ".join(f"mot{one}" for one in range(80)), "suite")])
    assert found["mot63"][0].positions == (63,)
    assert "mot64" not in found
    assert found["suit"][0].positions == (64,)


def test_thirty_two_positions_at_most() -> None:
    found = read([record("chat", body="chat " * 50)])["chat"][0]
    assert found.positions == (0, *range(512, 543))


def test_a_title_says_more_than_a_text() -> None:
    long = "vague " * 200
    found = read([record("chat", body=long), record("vague", body="chat " + long)])["chat"]
    assert found[0].weight > found[1].weight


def test_more_of_it_says_more_and_never_too_much() -> None:
    said = [weight(one / 4) for one in range(1, 400)]
    assert said == sorted(said)
    assert (said[0], said[-1] <= HEAVIEST) == (2, True)
    assert weight(HALF) == HEAVIEST // 2
    assert weight(1e9) == HEAVIEST


def test_a_longer_field_says_less_of_each_word() -> None:
    for field in FIELDS:
        factors = [factor(field, length) for length in (0, 1, 10, 100, 1000)]
        assert factors == sorted(factors, reverse=True)
    assert factor(TITLE, int(TITLE.usual)) == TITLE.boost


def test_a_sentence_more_leaves_most_weights_as_they_are() -> None:
    lengths = [factor(FIELDS[-1], length) for length in range(100, 1000)]
    assert len(set(lengths)) < 15


class Cats:
    """« chat » and « félin » mean the same; so do « os » and « la mer vague »."""

    def joined(self, positions: Mapping[str, Sequence[int]]) -> Mapping[str, Sequence[int]]:
        assert list(positions) and len(positions) == len(list(positions))
        found: dict[str, Sequence[int]] = {}
        if "chat" in positions:
            found["felin"] = positions["chat"]
        if "os" in positions:
            taken = {at for some in positions.values() for at in some}
            found |= {"mer": positions["os"], "vagu": [at + 1 for at in positions["os"]]}
            assert taken.issuperset(positions["os"])
        return found


def test_what_means_the_same_is_listed_at_the_same_place() -> None:
    contents = [record("chat", body="un os, la mer"), record(body="chat chien")]
    found = read(contents, joining=Cats())
    assert found["felin"] == found["chat"]
    assert found["felin"][0].positions == (0,)
    assert found["os"][0].positions == (513,)
    assert found["mer"][0].positions == (513, 515)
    assert found["vagu"][0].positions == (514,)
    assert found["mer"][0].weight > found["os"][0].weight


def test_segments_are_joined_in_order() -> None:
    first, second = postings([record("chat")]), postings([record(), record("chat mer")])
    lists = merged([(0, piece(first)), (3, piece(second)), (4, piece({})), (5, piece(first))])
    assert {term: [*read_list(found)] for term, found in lists.items()} == {
        "chat": [0, 769, 1280],
        "mer": [769],
    }
