"""The shapes of real files, by counts alone: run where REGISTER_REAL_DATA names a folder that has them."""

import os
from pathlib import Path

import pytest

from register.exchange.readers.councils import read_councils
from register.exchange.readers.grant_files import read_grants
from register.exchange.readers.network_files import read_network
from register.exchange.readers.ocds import read_contracts
from register.exchange.reading.uploads import upload_from

FOLDER = os.environ.get("REGISTER_REAL_DATA")
pytestmark = pytest.mark.skipif(not FOLDER, reason="REGISTER_REAL_DATA names no folder of real files")


def real(name: str) -> Path:
    return Path(FOLDER or "") / name


def test_the_register_of_local_authorities_is_read_whole() -> None:
    found = read_councils(upload_from(real("councils/uk_local_authorities.csv")))
    assert found.findings.problems == []
    assert len(found.rows) == 470
    assert sum(row.closed_on is not None for row in found.rows) == 73
    assert sum(len(row.successors) > 1 for row in found.rows) == 2
    known = {identifier for row in found.rows for identifier in row.identifiers}
    assert all(one in known for row in found.rows for one in (*row.successors, *row.memberships))


def test_a_day_of_contract_notices_is_read_whole() -> None:
    found = read_contracts(upload_from(real("contracts/contracts_finder_2025-01-23.json")))
    assert found.findings.problems == []
    assert (found.releases, len(found.arrangements)) == (100, 57)
    assert dict(found.findings.skipped) == {"release without an award": 41}
    assert all(row.commissioners and row.providers for row in found.arrangements)
    assert len({row.identifier for row in found.arrangements}) == 57


def test_the_grants_of_one_funder_and_of_many_are_read_whole() -> None:
    one = read_grants(upload_from(real("grants/one_funder_783_grants.xlsx")))
    assert one.findings.problems == []
    assert (len(one.arrangements), len(one.organisations)) == (783, 322 + 1)
    many = read_grants(upload_from(real("grants/many_funders_154_grants.json")))
    assert many.findings.problems == []
    assert len(many.arrangements) + many.findings.skipped["grant to a person"] == 154
    assert len({place for row in many.arrangements for place in row.providers}) == 40


@pytest.mark.parametrize(("name", "organisations", "ties"), [
    ("kumu_elements_connections.xlsx", 34, 47), ("kumu_native_export.json", 10, 10), ("consortia_nodes.csv", 34, 0),
    ("consortia_edges.csv", 34, 99), ("tobacco_control_leaders.gml", 54, 447),
    ("tobacco_control_leaders_nodes.csv", 54, 0), ("tobacco_control_leaders_edges.csv", 54, 447),
])  # fmt: skip
def test_networks_of_every_form_are_read_whole(name: str, organisations: int, ties: int) -> None:
    found = read_network(upload_from(real(f"networks/{name}")))
    assert found.findings.problems == []
    assert (len(found.organisations), len(found.arrangements)) == (organisations, ties)
