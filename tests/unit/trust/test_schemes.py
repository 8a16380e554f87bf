"""The schemes as rows: every reading finds its question again."""

import pytest

from register.partnerships.kinds import PARTNERSHIP_KINDS
from register.refusals import Refusal
from register.trust.schemes import SCHEME_OF_KIND, SCHEMES, SCORES, Scheme, determinant_of, scheme_for_kind, scheme_of


def test_the_schemes_have_six_three_and_two_determinants() -> None:
    assert [(scheme.key, len(scheme.determinants)) for scheme in SCHEMES] == [("ilm", 6), ("demos", 3), ("covey", 2)]


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.key)
def test_every_determinant_carries_its_scheme_and_asks_a_question(scheme: Scheme) -> None:
    assert scheme_of(scheme.key) is scheme
    assert scheme.name
    assert scheme.source
    for determinant in scheme.determinants:
        assert determinant.key.startswith(f"{scheme.key}:")
        assert determinant.question.endswith("?")
        assert determinant_of(determinant.key) is determinant
        assert scheme_of(determinant.key) is scheme


def test_no_key_names_two_determinants() -> None:
    keys = [determinant.key for scheme in SCHEMES for determinant in scheme.determinants]
    assert len(keys) == len(set(keys))


def test_the_six_are_those_of_the_institute_in_their_order() -> None:
    names = [determinant.name for determinant in scheme_of("ilm").determinants]
    assert names == ["Ability", "Understanding", "Fairness", "Openness", "Integrity", "Consistency"]


def test_a_score_is_said_in_words_from_very_poor_to_very_good() -> None:
    assert list(SCORES) == [1, 2, 3, 4, 5]
    assert (SCORES[1], SCORES[5]) == ("Very poor", "Very good")


@pytest.mark.parametrize("key", ["", "ilm", "ilm:", "ilm:luck", "openness", "nobody:openness", "ILM:openness"])
def test_an_unknown_determinant_is_refused_by_name(key: str) -> None:
    with pytest.raises(Refusal, match=f"no determinant called “{key}”"):
        determinant_of(key)


@pytest.mark.parametrize("key", ["", "luck", ":openness"])
def test_an_unknown_scheme_is_refused_by_name(key: str) -> None:
    with pytest.raises(Refusal, match="no scheme"):
        scheme_of(key)


def test_communities_are_asked_in_the_three_and_everybody_else_in_the_six() -> None:
    chosen = {kind.key: scheme_for_kind(kind.key).key for kind in PARTNERSHIP_KINDS}
    assert chosen.pop("community_codesign") == "demos"
    assert set(chosen.values()) == {"ilm"}


def test_only_kinds_of_partnership_that_exist_choose_a_scheme() -> None:
    assert set(SCHEME_OF_KIND) <= {kind.key for kind in PARTNERSHIP_KINDS}
