"""Why a figure is what it is: the evidence, its sum and its loan, so that a person can redo it by hand."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from register.clock import now, pretending, today
from register.interactions.changes import Happening, NewReading, Present, correct_interaction
from register.interactions.commitment_changes import NewCommitment
from register.trust.figure import standing
from tests.factories import a_partnership, a_person, an_interaction, an_organisation, partners_of, signed_in
from tests.fixtures.stories import (
    HOSTILE,
    a_story,
    days_ago,
    read_page,
    settled,
    why_address,
    words_of,
)


def formula(html: str, name: str) -> tuple[list[float], float]:
    """Return the numbers of a formula on the page, and what it says they give."""
    written = re.search(rf"{name}: (.*?)</p>", html)
    assert written
    left, _, right = words_of(written[1]).partition("=")
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", left)], float(right)


def test_the_sum_on_the_page_is_that_of_hand_arithmetic(client: FlaskClient) -> None:
    officer, partnership = a_story()
    html = read_page(client, officer, why_address(partnership))
    # Good: .75 of an eighth (540 days), 0 of a half (180 days), 0 and .5 of today. Bad: the rest.
    good, bad = 0.75 / 8 + 0.5, 0.25 / 8 + 0.5 + 1 + 0.5
    seen = words_of(html)
    assert f"Sum of what is left: {good:.3f} good, {bad:.3f} bad" in seen
    assert f"{good + bad:.3f}" in seen
    (r, s_a, a, r_again, s, strength), result = formula(html, "Figure")
    assert (r, r_again, s, s_a, strength) == (round(good, 3), round(good, 3), round(bad, 3), 2, 2)
    assert (r + 2 * a) / (r + s + 2) == pytest.approx(result, abs=0.001)
    known = standing(good, bad, a)
    assert f"Alder’s trust in Birch is {known.word} : {known.figure * 100:.0f} out of 100" in seen
    (missing, *_), result = formula(html, "Not known")
    assert missing / (good + bad + 2) == pytest.approx(result, abs=0.001)


def test_what_is_lent_can_be_redone_by_hand(client: FlaskClient) -> None:
    officer, partnership = a_story()
    _, other = partners_of(partnership)
    elsewhere = a_partnership([an_organisation("Cedar"), other], {officer: "lead"})
    for days in (0, 365):
        an_interaction(officer, elsewhere, {"ilm:ability": 5}, held_on=days_ago(days))
    html = read_page(client, officer, why_address(partnership))
    (good, four, network, good_again, bad, _), result = formula(html, "Lent")
    assert (good, good_again, bad, four) == (1.5, 1.5, 0.0, 4.0)
    assert (1.5 + 4 * network) / (1.5 + 4) == pytest.approx(result, abs=0.001)
    seen = words_of(html)
    assert "Birch as others see it 100 out of 100, from 1.500 interactions’ worth by 1 other relationship" in seen
    left = 0.5 ** (180 / 365)
    first = 0.5 ** (540 / 365)
    everything = 1.5 + 0.75 * first + 0.5
    assert network == pytest.approx((everything + 1) / (1.5 + first + left + 2 + 2), abs=0.001)


def test_the_evidence_is_listed_oldest_first_with_its_weight_and_whose_it_is(client: FlaskClient) -> None:
    officer, partnership = a_story()
    html = read_page(client, officer, why_address(partnership))
    seen = words_of(html[html.index('id="evidence"'):html.index('id="starts-from"')])
    assert "18 months Board: First board. openness 5, ability 3 Ada Officer’s own view, for Alder 0.75 0.125" in seen
    assert "180 days Dispute: No notice. openness 1 Ada Officer’s own view, for Alder 0.00 0.500" in seen
    assert "0 days Broken: Pay within thirty days a promise, counts 0 0.00 1.000" in seen
    assert "0 days Kept late: Send the report a promise, counts a half 0.50 1.000" in seen
    assert seen.index("First board.") < seen.index("No notice.") < seen.index("Pay within thirty days")
    assert re.search(r'href="/interactions/\d+"', html)
    assert re.search(r'href="/commitments/\d+"', html)


def test_what_they_told_is_marked_as_such(client: FlaskClient) -> None:
    officer, partnership = a_story()
    an_interaction(officer, partnership, {"ilm:ability": 4}, back=True)
    seen = words_of(read_page(client, officer, why_address(partnership, back=True)))
    assert "ability 4 as Birch told Ada Officer" in seen


def test_readings_that_share_a_day_share_a_unit_and_say_so(client: FlaskClient) -> None:
    officer = a_person("officer")
    partnership = a_partnership(2, {officer: "lead"})
    for score in (5, 1):
        an_interaction(officer, partnership, {"ilm:ability": score})
    seen = words_of(read_page(client, officer, why_address(partnership)))
    assert seen.count("shares one unit of weight with 1 more of that day") == 2
    assert "Sum of what is left: 0.500 good, 0.500 bad 1.000" in seen


def test_a_silence_is_a_row_that_says_what_it_did(client: FlaskClient) -> None:
    officer, partnership = a_story()
    seen = words_of(read_page(client, officer, why_address(partnership)))
    # 360 days are two half-lives.
    assert "360 days in which nothing was added, good or bad. The evidence above lost 75 % of its weight" in seen
    assert "180 days in which nothing was added, good or bad. The evidence above lost 50 % of its weight" in seen
    past = words_of(read_page(client, officer, why_address(partnership, query=f"&on={days_ago(40).isoformat()}")))
    assert "140 days in which nothing was added" in past


def test_what_would_settle_it_is_found_by_trying(client: FlaskClient) -> None:
    officer = a_person("officer")
    partnership = a_partnership(2, {officer: "lead"})
    seen = words_of(read_page(client, officer, why_address(partnership)))
    # Nothing is known and the network lends a half: two fair meetings still leave half not known.
    assert "3 more meetings rated fair make it mixed" in seen
    assert "More than two fresh interactions’ worth is needed before it is known; it has 0.0." in seen


def test_when_it_fades_is_the_closed_form(client: FlaskClient) -> None:
    partnership = a_partnership(2, {a_person("officer"): "lead"})
    for _ in range(4):
        an_interaction(a_person("officer"), partnership, {"ilm:ability": 5})
    seen = words_of(read_page(client, a_person("auditor"), why_address(partnership)))
    # Four fresh ones are worth two after one half-life.
    fades = today() + timedelta(days=180)
    assert f"If nothing is logged it becomes “not known” on {fades:%-d %B %Y}." in seen
    assert "Log an interaction" not in seen


def test_open_promises_to_the_rater_are_listed_as_what_would_count(client: FlaskClient) -> None:
    officer, partnership = a_story()
    one, other = partners_of(partnership)
    promises = [
        NewCommitment(other.id, one.id, "Name a contact", days_ago(5)),
        NewCommitment(one.id, other.id, "Send the papers", days_ago(5)),
    ]
    an_interaction(officer, partnership, held_on=days_ago(30), commitments=promises)
    html = read_page(client, officer, why_address(partnership))
    aside = words_of(html[html.index('aria-label="What would settle it"'):html.index('id="evidence"')])
    assert "Name a contact (Birch promised it, 5 days late): done now, it counts a half" in aside
    assert "Send the papers" not in aside


def test_each_determinant_stands_for_itself(client: FlaskClient) -> None:
    officer = a_person("officer")
    partnership = a_partnership(2, {officer: "lead"})
    for days in (1, 2, 3, 4, 5):
        an_interaction(officer, partnership, {"ilm:openness": 1, "ilm:ability": 5}, held_on=days_ago(days))
    html = read_page(client, officer, why_address(partnership))
    parts = words_of(html[html.index('id="parts"'):])
    assert re.search(r"Openness Do they tell us what we need, early\? Weak \d+ \d+ to \d+ 5", parts)
    assert re.search(r"Ability Can they do what they take on\? (Strong|Sound) \d+ \d+ to \d+ 5", parts)
    assert "Integrity Do they mean what they say? Not known never rated 0" in parts
    assert parts.index("Openness") < parts.index("Ability") < parts.index("Integrity")


def test_community_co_design_is_asked_in_its_own_words(client: FlaskClient) -> None:
    officer = a_person("officer")
    partnership = a_partnership(2, {officer: "lead"}, kind="community_codesign", scheme="demos")
    html = read_page(client, officer, why_address(partnership))
    assert "Fairness of decisions" in html
    assert "Do they tell us what we need, early?" not in html


def test_without_evidence_the_page_says_so_and_what_to_do(client: FlaskClient) -> None:
    officer = a_person("officer")
    partnership = a_partnership([an_organisation("Alder"), an_organisation("Birch")], {officer: "lead"})
    seen = words_of(read_page(client, officer, why_address(partnership)))
    assert "How Alder sees Birch is not known : nothing was logged yet that says it. That is no bad news." in seen
    assert "No evidence yet: nobody rated Birch for Alder" in seen
    assert "Log an interaction, and rate what came up" in seen
    assert "nothing is on record in other relationships" in seen


def test_the_past_is_shown_as_it_was_and_as_it_was_known(client: FlaskClient) -> None:
    officer = a_person("officer")
    with pretending(now() - timedelta(days=50)):
        partnership = a_partnership(2, {officer: "lead"})
        mistaken = an_interaction(officer, partnership, {"ilm:ability": 1}, account="Thought it was bad.")
    one, other = partners_of(partnership)
    present = [Present(one.id), Present(other.id)]
    reading = NewReading(one.id, other.id, "ilm:ability", 5, None, "own")
    happening = Happening("meeting", mistaken.held_on, "It was good.", present, [reading])
    correct_interaction(officer, partnership, mistaken, happening, "The minutes say otherwise.")
    now_seen = words_of(read_page(client, officer, why_address(partnership)))
    assert "It was good. ability 5" in now_seen
    assert "Thought it was bad." not in now_seen
    known = f"&on={days_ago(30).isoformat()}&known={days_ago(30).isoformat()}"
    html = read_page(client, officer, why_address(partnership, query=known))
    assert "Thought it was bad. ability 1" in words_of(html)
    assert "It was good." not in html
    assert f"known={days_ago(30).isoformat()}" in html[html.index("The other direction"):]
    before = words_of(read_page(client, officer, why_address(partnership, query=f"&on={days_ago(60).isoformat()}")))
    assert "nothing was logged yet that says it" in before


def test_one_shared_partnership_is_shown_at_once_and_several_are_offered(client: FlaskClient) -> None:
    officer = a_person("officer")
    one, other = an_organisation("Alder"), an_organisation("Birch")
    first = a_partnership([one, other], {officer: "lead"}, name="First works")
    url = f"/relationships/{one.id}/to/{other.id}"
    assert "In First works" in read_page(client, officer, url)
    second = a_partnership([other, one], {officer: "lead"}, name="Second works")
    html = read_page(client, officer, url)
    assert "They work together in 2 partnerships" in html
    assert f"{url}?partnership={first.id}" in html
    assert f"{url}?partnership={second.id}" in html


def test_a_restricted_partnership_is_neither_offered_nor_shown(client: FlaskClient) -> None:
    lead, outsider = a_person("officer"), a_person("officer")
    one, other = an_organisation("Alder"), an_organisation("Birch")
    hidden = a_partnership([one, other], {lead: "lead"}, name="Quiet talks", is_restricted=True)
    url = f"/relationships/{one.id}/to/{other.id}"
    for query in ("", f"?partnership={hidden.id}"):
        answer = signed_in(client, outsider).get(url + query)
        assert answer.status_code == 404
        assert "Quiet talks" not in answer.text
    a_partnership([one, other], {lead: "lead"}, name="Open works")
    assert "In Open works" in read_page(client, outsider, url)
    assert "Quiet talks" in read_page(client, lead, url)
    seen = read_page(client, lead, f"{url}?partnership={hidden.id}")
    assert "a restricted partnership lends nothing to others" in seen


def test_what_is_restricted_changes_no_figure_of_others(client: FlaskClient) -> None:
    officer, partnership = a_story()
    before = read_page(client, officer, why_address(partnership))
    one, other = partners_of(partnership)
    hidden = a_partnership([one, other], {a_person("officer"): "lead"}, is_restricted=True)
    an_interaction(officer, hidden, {"ilm:ability": 1})
    after = read_page(client, officer, why_address(partnership))
    # The frame names the last link, and its token tells the second in which it was made.
    frame = r"History [\d,]+ · [0-9a-f ]+|name=\"csrf_token\" value=\"[^\"]+\""
    without_frame = [re.sub(frame, "", html) for html in (before, after)]
    assert without_frame[0] == without_frame[1]


@pytest.mark.parametrize("number", [0, 999_999, 2**31, 10**25])
def test_what_does_not_exist_is_not_found(client: FlaskClient, number: int) -> None:
    officer, partnership = a_story()
    one, other = partners_of(partnership)
    browser = signed_in(client, officer)
    for url in (
        f"/relationships/{one.id}/to/{number}", f"/relationships/{number}/to/{one.id}?partnership={partnership.id}",
        f"/relationships/{one.id}/to/{other.id}?partnership={number}",
        f"/relationships/{one.id}/to/{one.id}?partnership={partnership.id}", f"/relationships/{one.id}/to/{one.id}",
        f"/relationships/{one.id}/to/{other.id}?partnership=none",
    ):
        assert browser.get(url).status_code == 404, url


def test_hostile_names_and_words_stay_text(client: FlaskClient) -> None:
    officer = a_person("officer", HOSTILE)
    bodies = [an_organisation(f"{HOSTILE} {number}") for number in (1, 2)]
    partnership = a_partnership(bodies, {officer: "lead"}, name=HOSTILE)
    an_interaction(officer, partnership, {"ilm:openness": 1}, account=HOSTILE)
    settled(officer, partnership, HOSTILE, "broken", 0, 3)
    a_partnership(bodies, {officer: "lead"}, name=HOSTILE)
    for url in (why_address(partnership), why_address(partnership).partition("?")[0]):
        html = read_page(client, officer, url)
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
