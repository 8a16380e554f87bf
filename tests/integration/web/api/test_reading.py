"""What programs read: what their owner may read, each answer as described, in portions, and nothing twice."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from register.accounts.changes import open_restricted
from register.clock import today
from register.interactions.changes import Happening, Present, correct_interaction
from tests.factories import a_partnership, a_person, an_interaction, an_organisation, partners_of, signed_in
from tests.fixtures.pages import Furnished
from tests.fixtures.programs import Program

ProgramOf = Callable[..., Program]
TELLING = ("/partnerships", "/interactions", "/watchlist")
"""Lists in which a partnership's name or account stands."""
LISTS = ("/organisations", "/partnerships", "/relationships", "/interactions", "/watchlist", "/network")


def test_the_description_is_openapi(described: dict[str, object], client: FlaskClient) -> None:
    validate(described)
    assert described["openapi"] == "3.1.0"
    assert client.get("/api/v1/openapi.json").get_json() == described


def test_the_description_says_what_becomes_of_a_body_that_is_no_json(client: FlaskClient) -> None:
    operations = client.get("/api/v1/openapi.json").get_json()["paths"]["/api/v1/interactions"]
    assert list(operations["post"]["responses"]["415"]["content"]) == ["application/problem+json"]
    assert "415" not in operations["get"]["responses"]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("role", ["member", "officer", "leader", "auditor", "governance"])
def test_every_list_is_as_described_and_hides_what_is_restricted(
    furnished: Furnished, program_of: ProgramOf, path: str, role: str
) -> None:
    answer = program_of(furnished.people[role], "read").get(path)
    assert answer.status_code == 200
    assert ("Quiet matter" in answer.text) == (role == "member" and path in TELLING)


def test_an_auditor_who_opened_the_restricted_records_reads_them(furnished: Furnished, program_of: ProgramOf) -> None:
    auditor = furnished.people["auditor"]
    open_restricted(auditor, "Audit 7.")
    assert "Quiet matter" in program_of(auditor, "read").get("/partnerships").text


@pytest.mark.parametrize("path", [
    "/partnerships/{partnership_id}", "/interactions/{interaction_id}", "/interactions?partnership={partnership_id}",
    "/relationships?partnership={partnership_id}",
    "/relationships/{rater_id}/to/{ratee_id}?partnership={partnership_id}",
])  # fmt: skip
def test_what_is_hidden_answers_like_what_is_not_there(
    furnished: Furnished, program_of: ProgramOf, path: str
) -> None:
    member, officer = (program_of(furnished.people[role], "read") for role in ("member", "officer"))
    place = furnished.addresses(furnished.restricted)
    hidden = path.format(**place)
    assert member.get(hidden).status_code == 200
    nowhere = path.format(**{**place, "partnership_id": 99999, "interaction_id": 99999})
    answers = [officer.get(hidden), officer.get(nowhere)]
    assert [answer.status_code for answer in answers] == [404, 404]
    first, second = ({**answer.get_json(), "instance": ""} for answer in answers)
    assert first == second


def test_a_relationship_is_told_with_its_figure_and_each_determinant(
    furnished: Furnished, program_of: ProgramOf
) -> None:
    place = furnished.addresses(furnished.open)
    path = "/relationships/{rater_id}/to/{ratee_id}?partnership={partnership_id}".format(**place)
    found = program_of(furnished.people["leader"], "read").get(path).get_json()
    assert found["evidence"] == 1
    assert found["standing"]["word"] == "not known"
    assert found["standing"]["bad"] == pytest.approx(0.75)
    assert [one["determinant"] for one in found["determinants"]] == ["ilm:openness"]


def test_an_earlier_day_is_told_as_it_was(furnished: Furnished, program_of: ProgramOf) -> None:
    program = program_of(furnished.people["leader"], "read")
    on = (today() - timedelta(days=1)).isoformat()
    place = furnished.addresses(furnished.open)
    path = "/relationships/{rater_id}/to/{ratee_id}?partnership={partnership_id}".format(**place)
    assert program.get(f"{path}&on={on}").get_json()["evidence"] == 0
    assert program.get(f"/watchlist?on={on}").get_json()["on"] == on
    assert program.get(f"/partnerships?known={on}").get_json()["items"] == []


def test_portions_tell_every_row_once(client: FlaskClient, program_of: ProgramOf) -> None:
    made = [an_organisation().id for _ in range(7)]
    program = program_of(a_person(), "read")
    found: list[int] = []
    cursor = ""
    while True:
        answer = program.get(f"/organisations?limit=3{cursor}").get_json()
        found += [row["id"] for row in answer["items"]]
        if answer["next"] is None:
            break
        cursor = f"&cursor={answer['next']}"
    assert [number for number in found if number in made] == made
    assert len(found) == len(set(found))


def test_filters_narrow_and_a_corrected_interaction_is_told_in_its_newest_version(
    furnished: Furnished, program_of: ProgramOf
) -> None:
    member, partnership = furnished.people["member"], furnished.open
    program = program_of(member, "read")
    first, second = partners_of(partnership)
    interaction = an_interaction(member, partnership, held_on=today() - timedelta(days=9), account="We spoke of bins.")
    path = f"/interactions?partnership={partnership.id}&until={today() - timedelta(days=5)}"
    assert [row["id"] for row in program.get(path).get_json()["items"]] == [interaction.id]
    happening = Happening("call", interaction.held_on, "We spoke of roads.", [Present(first.id), Present(second.id)])
    correct_interaction(member, partnership, interaction, happening, "It was roads.")
    (row,) = program.get(path).get_json()["items"]
    assert (row["first_id"], row["account"]) == (interaction.id, "We spoke of roads.")
    assert program.get(f"/interactions/{interaction.id}").get_json()["account"] == "We spoke of bins."
    assert program.get("/partnerships?kind=internal").get_json()["items"] == []
    assert len(program.get(f"/partnerships?organisation={first.id}").get_json()["items"]) == 1


@pytest.mark.parametrize(("query", "status"), [
    ("limit=0", 422), ("limit=201", 422), ("limit=x", 422), ("limit=1_0", 422), ("limit=%EF%BC%91", 422),
    ("limit=1.5", 422), ("cursor=nonsense", 400),
    ("sectr=public", 422), ("sector=none", 422), ("cursor=WzEsMl0", 400),
])  # fmt: skip
def test_what_is_no_question_is_said_by_name(
    client: FlaskClient, program_of: ProgramOf, query: str, status: int
) -> None:
    answer = program_of(a_person(), "read").get(f"/organisations?{query}")
    assert answer.status_code == status
    problem = answer.get_json()
    assert problem["status"] == status
    if status == 422:
        assert problem["errors"][0]["field"] == query.split("=", maxsplit=1)[0]


@pytest.mark.parametrize("path", [
    "/watchlist?on=yesterday", "/relationships?on=2026-02-30", "/network?kind=cartel",
    "/interactions?recorded_since=0001-01-01T00:00:00%2B14:00",
    "/interactions?recorded_since=9999-12-31T23:59:59-14:00",
])  # fmt: skip
def test_days_and_words_that_there_are_not_are_refused(client: FlaskClient, program_of: ProgramOf, path: str) -> None:
    assert program_of(a_person(), "read").get(path).status_code == 422


@pytest.mark.parametrize("path", LISTS)
def test_an_unchanged_answer_is_spared_and_the_tag_tells_nothing_of_restricted_matters(
    furnished: Furnished, program_of: ProgramOf, path: str
) -> None:
    officer, member = furnished.people["officer"], furnished.people["member"]
    program = program_of(officer, "read")
    tag = program.get(path).headers["ETag"]
    an_interaction(member, furnished.restricted, {"ilm:openness": 5})
    again = program.get(path, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.data == b""
    if path != "/organisations":
        assert program_of(member, "read").get(path).headers["ETag"] != tag


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer prt_nonsense", "Basic YTpi", "Bearer  "])
def test_without_a_good_token_everything_is_refused_the_same_way(client: FlaskClient, header: str | None) -> None:
    headers = {"Authorization": header} if header is not None else {}
    for path in ("/api/v1/organisations", "/api/v1/interactions/1"):
        answer = client.get(path, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.content_type == "application/problem+json"


def test_a_browser_that_is_signed_in_is_no_program(client: FlaskClient) -> None:
    signed_in(client, a_person())
    assert client.get("/api/v1/organisations").status_code == 401


def test_an_address_that_there_is_not_is_said_to_programs_as_a_problem(client: FlaskClient) -> None:
    answer = client.get("/api/v1/nowhere")
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


def test_a_read_changes_nothing_and_a_token_for_logging_reads_nothing(
    client: FlaskClient, program_of: ProgramOf
) -> None:
    a_partnership()
    person = a_person("leader")
    assert program_of(person, "log").get("/partnerships").status_code == 403
    answer = program_of(person, "read").post("/interactions", {})
    assert answer.status_code == 403


WALKED = ("/organisations", "/partnerships", "/relationships", "/interactions")


@pytest.mark.parametrize("limit", [1, 2])
@pytest.mark.parametrize("path", WALKED)
@pytest.mark.parametrize("role", ["member", "officer"])
def test_portions_of_every_list_are_the_list(
    furnished: Furnished, program_of: ProgramOf, path: str, role: str, limit: int
) -> None:
    member = furnished.people["member"]
    for at in range(3):
        more = a_partnership(partners=3, members={member: "lead"})
        an_interaction(member, more, {"ilm:openness": 1 + at})
    program = program_of(furnished.people[role], "read")
    whole = program.get(f"{path}?limit=200").get_json()
    assert whole["next"] is None
    items, cursor, portions = [], "", 0
    while cursor is not None:
        answer = program.get(f"{path}?limit={limit}" + (f"&cursor={cursor}" if cursor else "")).get_json()
        items += answer["items"]
        cursor, portions = answer["next"], portions + 1
        assert answer["items"]
    assert items == whole["items"]
    assert portions > 1


@pytest.mark.parametrize("path", WALKED)
def test_a_cursor_of_a_hidden_row_says_nothing_of_it(furnished: Furnished, program_of: ProgramOf, path: str) -> None:
    """Whoever makes a cursor up gets what comes after that number among what they may see."""
    officer = program_of(furnished.people["officer"], "read")
    beyond = base64.urlsafe_b64encode(json.dumps([furnished.restricted.id + 10**6]).encode()).decode().rstrip("=")
    answer = officer.get(f"{path}?cursor={beyond}").get_json()
    assert answer == {"items": [], "next": None}
