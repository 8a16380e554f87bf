"""Who is who inside one file."""

import random

from hypothesis import given
from hypothesis import strategies as st

from register.exchange.readers.parties import Party, bodies
from register.exchange.reading.rows import Identifier

BIRCH: Identifier = ("GB-COH", "01234567")
OTHER: Identifier = ("GB-COH", "07654321")
CHARITY: Identifier = ("GB-CHC", "200001")


def party(
    name: str, local_id: str = "", *identifiers: Identifier, buys: bool = False, voluntary: bool = False, row: int = 1
) -> Party:
    return Party(name, local_id, identifiers, buys, voluntary, row)


def places(*parties: Party) -> list[int]:
    return bodies(list(parties))[1]


def test_a_trusted_identifier_joins_whatever_the_names() -> None:
    assert places(party("Birch Parking", "", BIRCH), party("Birch Group", "", BIRCH)) == [0, 0]


def test_an_id_of_the_file_with_two_names_is_one_body_with_another_name() -> None:
    rows, at = bodies([party("Cedar Care", "P-1"), party("Cedar Care", "P-1"), party("Cedar Trust", "P-1")])
    assert at == [0, 0, 0]
    assert (rows[0].name, rows[0].aliases) == ("Cedar Care", ("Cedar Trust",))


def test_one_body_under_several_ids_is_joined_by_its_name() -> None:
    rows, at = bodies([party("The Alder University", "P-1"), party("ALDER UNIVERSITY", "P-2"), party("Elm", "P-3")])
    assert at == [0, 0, 1]
    assert rows[0].aliases == ()


def test_two_numbers_in_one_register_are_two_bodies_whatever_their_names_and_ids() -> None:
    assert places(party("Birch", "P-1", BIRCH), party("Birch", "P-1", OTHER)) == [0, 1]


def test_numbers_in_two_registers_are_no_contradiction() -> None:
    rows, at = bodies([party("Birch", "", BIRCH), party("Birch", "", CHARITY)])
    assert at == [0, 0]
    assert rows[0].identifiers == (BIRCH, CHARITY)


def test_a_name_without_a_number_joins_the_only_body_it_can_mean() -> None:
    assert places(party("Birch Ltd", "", BIRCH), party("Birch Limited")) == [0, 0]


def test_a_name_that_two_bodies_share_stays_a_body_of_its_own() -> None:
    assert places(party("Birch", "", BIRCH), party("Birch", "", OTHER), party("Birch"), party("BIRCH")) == [0, 1, 2, 2]


def test_the_commonest_spelling_is_the_name() -> None:
    rows, _ = bodies([party("BIRCH", row=4), party("Birch", row=2), party("Birch", row=9)])
    assert (rows[0].name, rows[0].row) == ("Birch", 2)


def test_sector_and_kind_are_guessed_from_what_the_notice_says() -> None:
    rows, _ = bodies(
        [
            party("Merle Borough Council", buys=True),
            party("Dunmarsh Combined Authority", buys=True),
            party("Alder University", buys=True),
            party("Lantern Office", buys=True),
            party("Birch Ltd"),
            party("Cedar Care", voluntary=True),
            party("Council Cleaners Ltd"),
        ]
    )
    assert [(row.sector, row.kind) for row in rows] == [
        ("public", "council"),
        ("public", "combined_authority"),
        ("public", "education"),
        ("public", "other"),
        ("private", "company"),
        ("voluntary", "charity"),
        ("private", "company"),
    ]


def test_who_buys_anywhere_in_the_file_is_public_everywhere() -> None:
    rows, _ = bodies([party("Alder University"), party("Alder University", buys=True)])
    assert [row.sector for row in rows] == ["public"]


def test_no_parties_make_no_bodies() -> None:
    assert bodies([]) == ([], [])


PARTIES = st.lists(
    st.builds(
        Party,
        st.sampled_from(["Birch", "BIRCH", "Cedar", "The Elm", "Elm"]),
        st.sampled_from(["", "P-1", "P-2"]),
        st.lists(st.sampled_from([BIRCH, OTHER, CHARITY]), max_size=1).map(tuple),
        st.booleans(),
        st.booleans(),
        st.integers(1, 9),
    ),
    max_size=12,
)


@given(PARTIES)
def test_no_body_ever_has_two_numbers_in_one_register(parties: list[Party]) -> None:
    for row in bodies(parties)[0]:
        schemes = [scheme for scheme, _ in row.identifiers]
        assert len(schemes) == len(set(schemes))


@given(PARTIES)
def test_every_trusted_identifier_belongs_to_one_body(parties: list[Party]) -> None:
    rows, at = bodies(parties)
    assert sorted(set(at)) == list(range(len(rows)))
    every = [identifier for row in rows for identifier in row.identifiers]
    assert len(every) == len(set(every))


@given(st.integers(0, 1000))
def test_the_number_of_bodies_does_not_hang_on_the_order_of_the_file(seed: int) -> None:
    parties = [
        party("Birch", "P-1", BIRCH),
        party("Birch Ltd", "P-2"),
        party("BIRCH LIMITED", "P-3"),
        party("Birch", "P-4"),
        party("Cedar", "P-5"),
        party("cedar", "P-6", CHARITY),
    ]
    shuffled = random.Random(seed).sample(parties, len(parties))
    assert len(bodies(shuffled)[0]) == len(bodies(parties)[0])
