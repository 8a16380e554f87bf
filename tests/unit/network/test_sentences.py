"""What leaders read: counts, weak spots, single points, brokers, isolates."""

from datetime import date, timedelta

import pytest

from register.network.difference import compared
from register.network.difference_sentences import differences
from register.network.graph import Network
from register.network.measures import measure
from register.network.sentences import counts, disagreement, sentences
from register.network.wording import isolated
from tests.fixtures.networks import network

TODAY = date(2026, 11, 23)


def said(net: Network) -> list[str]:
    return [str(sentence) for sentence in sentences(net, measure(net), TODAY)]


def about(net: Network, subject: str) -> list[str]:
    return [str(one) for one in sentences(net, measure(net), TODAY) if one.about == subject]


def test_the_first_sentence_counts_the_ties_by_standing() -> None:
    words = {(1, 2): "strong", (2, 3): "sound", (3, 4): "mixed", (4, 5): "weak"}
    net = network(5, [(1, 2), (2, 3), (3, 4), (4, 5), (5, 1)], words)

    assert said(net)[0] == (
        "5 organisations, 5 live relationships. 2 are strong or sound, 1 mixed, 1 weak; of 1 we cannot say."
    )


def test_standings_that_do_not_occur_are_not_counted() -> None:
    assert str(counts(network(2, [(1, 2)], {(1, 2): "weak"}))) == "2 organisations, 1 live relationship. 1 is weak."


def test_where_nothing_is_known_the_count_says_so() -> None:
    assert str(counts(network(2, [(1, 2)]))).endswith("How any of them stands is not known.")


def test_the_weak_ones_are_said_to_meet_where_they_do() -> None:
    net = network(4, [(1, 2), (1, 3), (1, 4)], {(1, 2): "weak", (3, 1): "weak"})

    assert about(net, "weak") == ["The weak ones meet at Organisation 1: Organisation 2 and Organisation 3."]


def test_when_only_some_weak_ones_meet_it_says_how_many() -> None:
    net = network(5, [(1, 2), (1, 3), (4, 5)], {(1, 2): "weak", (1, 3): "weak", (4, 5): "weak"})

    assert about(net, "weak")[0].startswith("2 of the 3 weak ones meet at Organisation 1:")


def test_weak_ones_that_do_not_meet_are_named_pair_by_pair() -> None:
    net = network(4, [(1, 2), (3, 4)], {(1, 2): "weak", (3, 4): "weak"})

    assert about(net, "weak") == [
        "The weak ones have no organisation in common: Organisation 1 with Organisation 2 and Organisation 3 with "
        "Organisation 4."
    ]


def test_who_would_be_cut_off_is_named_and_how_long_the_tie_has_been_silent() -> None:
    names = {1: "Council", 2: "River Authority", 4: "Saltmarsh Residents"}
    ties = [(1, 2), (1, 3), (2, 3), (2, 4)]
    net = network(4, ties, names=names, last_on={(4, 2): TODAY - timedelta(days=310)})

    assert about(net, "single point") == [
        "Without River Authority, Saltmarsh Residents would be cut off; nothing about that tie has been logged for "
        "310 days."
    ]


@pytest.mark.parametrize(
    ("days", "ending"),
    [(60, "cut off."), (61, "for 61 days."), (None, "nothing about that tie has been logged.")],
)
def test_silence_is_mentioned_beyond_sixty_days(days: int | None, ending: str) -> None:
    last_on = {} if days is None else {(2, 3): TODAY - timedelta(days=days)}
    net = network(4, [(1, 2), (1, 4), (2, 4), (2, 3)], last_on=last_on)

    assert about(net, "single point")[0].endswith(ending)


def test_only_the_three_most_harmful_single_points_are_told_and_the_others_counted() -> None:
    net = network(8, [(at, at + 1) for at in range(1, 8)])

    assert len(about(net, "single point")) == 4
    assert about(net, "single point")[-1] == "3 other organisations would also cut somebody off by leaving."


def test_brokers_are_not_named_in_a_handful() -> None:
    star = [(1, other) for other in range(2, 10)]

    assert about(network(9, star), "brokers") == []
    assert about(network(10, [*star, (1, 10)]), "brokers") == ["Organisation 1 stands between most of the others."]


def test_a_broker_with_weak_ties_is_pointed_out() -> None:
    net = network(10, [(1, other) for other in range(2, 11)], {(1, 2): "weak"})

    assert about(net, "brokers")[1] == (
        "Some of what passes between the others depends on weak relationships of Organisation 1."
    )


def test_a_tie_that_alone_joins_two_groups_is_named() -> None:
    net = network(6, [(1, 2), (2, 3), (3, 1), (3, 4), (4, 5), (5, 6), (6, 4)])

    assert about(net, "bridges") == ["One tie alone joins two groups: Organisation 3 with Organisation 4."]


def test_relationships_known_from_one_side_are_counted() -> None:
    net = network(2, [(1, 2)], {(1, 2): "strong"})

    assert about(net, "one-sided") == ["1 relationship is known from one side only."]


def test_separate_parts_and_isolates_are_told() -> None:
    net = network(6, [(1, 2), (2, 3), (4, 5)])

    assert about(net, "parts") == ["The network is in 2 separate parts; the largest has 3 organisations."]
    assert about(net, "isolates") == ["Organisation 6 has no live relationship."]


def test_long_lists_name_three_and_count_the_others() -> None:
    assert about(network(5, []), "isolates") == [
        "Organisation 1, Organisation 2, Organisation 3 and 2 others have no live relationship."
    ]


def test_an_empty_network_gets_one_plain_sentence() -> None:
    assert said(network(0, [])) == ["There is no organisation to show here."]


def test_one_organisation_alone_is_told_without_nonsense() -> None:
    assert said(network(1, [])) == [
        "1 organisation, 0 live relationships.",
        "Organisation 1 has no live relationship.",
    ]


def test_a_name_of_three_hundred_letters_is_cut_to_fit_a_line() -> None:
    text = about(network(1, [], names={1: "x" * 300}), "isolates")[0]

    assert text == "x" * 79 + "… has no live relationship."


def test_a_name_that_looks_like_markup_stays_the_text_it_is_and_in_a_part_of_its_own() -> None:
    hostile = "<script>alert(1)</script>"
    found = sentences(net := network(1, [], names={1: hostile}), measure(net), TODAY)

    assert (found[-1].parts[0].text, found[-1].parts[0].organisation_id) == (hostile, 1)


def test_right_to_left_names_keep_their_place_in_plain_text() -> None:
    text = about(network(1, [], names={1: "جمعية الأمل"}), "isolates")[0]

    assert text == "\u2068جمعية الأمل\u2069 has no live relationship."
    assert isolated("Hope") == "Hope"


def test_the_two_sides_that_differ_most_are_named_with_what_each_says() -> None:
    words = {(1, 2): "strong", (2, 1): "weak", (1, 3): "strong", (3, 1): "sound"}
    net = network(3, [(1, 2), (1, 3)], words, {1: "Council", 2: "Voice"})

    assert str(disagreement(net)) == (
        "In 2 relationships the two sides differ. Council and Voice differ most: strong of Voice, weak of Council."
    )


def test_where_the_two_sides_agree_nothing_is_said() -> None:
    assert disagreement(network(2, [(1, 2)], {(1, 2): "sound", (2, 1): "sound"})) is None


@pytest.mark.parametrize("name", ["y" * 300, "<script>alert(1)</script>", "جمعية الأمل"])
def test_odd_names_are_cut_and_stay_text_in_every_sentence(name: str) -> None:
    words = {(1, 2): "weak", (2, 1): "strong"}
    net = network(2, [(1, 2)], words, {1: name})
    before = network(2, [])
    told = [*sentences(net, measure(net), TODAY), *differences(compared(before, net, {}), TODAY)]

    assert all(len(part.text) <= 200 for said in told for part in said.parts)
    assert any(name[:20] in str(said) for said in told)
