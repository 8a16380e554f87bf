"""Which tables a statement writes to, however it is written."""

import pytest

from register.history.guard import written_tables

WRITES = [
    "UPDATE person SET name = 'x'",
    "update PERSON set name = 'x'",
    "UPDATE\n\tperson\nSET name = 'x'",
    'UPDATE "person" SET name = 1',
    'UPDATE"person"SET name = 1',
    "UPDATE `person` SET name = 1",
    "UPDATE [person] SET name = 1",
    "UPDATE[person]SET name = 1",
    "UPDATE main.person SET name = 1",
    'UPDATE "main"."person" SET name = 1',
    "UPDATE [main].[person] SET name = 1",
    "UPDATE `main`.`person` SET name = 1",
    "UPDATE register.public.person SET name = 1",
    "UPDATE public . person SET name = 1",
    "UPDATE ONLY person SET name = 1",
    "UPDATE ONLY (person) SET name = 1",
    "UPDATE OR REPLACE person SET name = 1",
    "UPDATE/**/person/**/SET name = 1",
    "UPDATE /* a comment */ person SET name = 1",
    "UPDATE -- a comment\nperson SET name = 1",
    "UPDATE /* one /* inside */ another */ person SET name = 1",
    "WITH a AS (SELECT 1) UPDATE person SET name = 1",
    "WITH a AS (SELECT '/*') UPDATE person SET name = '*/'",
    "WITH a AS (SELECT '/*') UPDATE /* c */ person SET name = '*/'",
    "WITH a AS (SELECT '--') UPDATE person SET name = 1",
    "WITH a AS (SELECT 'it''s /*') UPDATE person SET name = '*/'",
    "WITH a AS (SELECT 1 AS \"/*\") UPDATE person SET name = '*/'",
    "WITH a AS (SELECT E'\\'/*') UPDATE person SET name = '*/'",
    "WITH a AS (SELECT '\\') UPDATE person SET name = 'x'",
    "WITH a AS (DELETE FROM person RETURNING id) SELECT * FROM a",
    "INSERT INTO person (name) VALUES ('x')",
    "INSERT INTO person AS p (name) VALUES ('x') ON CONFLICT DO UPDATE SET name = 'y'",
    "INSERT OR REPLACE INTO person (name) VALUES ('x')",
    "insert or ignore into person (name) values ('x')",
    "REPLACE INTO person (name) VALUES ('x')",
    "MERGE INTO person USING other ON true WHEN MATCHED THEN DELETE",
    "MERGE INTO ONLY person USING other ON true WHEN MATCHED THEN DELETE",
    "DELETE FROM person",
    "DELETE FROM ONLY person",
    "TRUNCATE person",
    "TRUNCATE TABLE ONLY person CASCADE",
    "TRUNCATE submission, person",
    "DROP TABLE person",
    "DROP TABLE IF EXISTS submission, person",
    "ALTER TABLE person ADD COLUMN x INTEGER",
    "ALTER TABLE IF EXISTS ONLY person DISABLE TRIGGER ALL",
    "CREATE TRIGGER t AFTER INSERT ON person BEGIN SELECT 1; END",
    "CREATE RULE r AS ON UPDATE TO person DO INSTEAD NOTHING",
    "COPY person FROM STDIN",
    "COPY person (name) FROM '/file'",
    "SELECT 1; UPDATE person SET name = 1",
    "SELECT '/*'; DELETE FROM person; --*/",
    "PREPARE p AS UPDATE person SET name = 1",
    "EXPLAIN ANALYZE UPDATE person SET name = 1",
    "DO $$ BEGIN UPDATE person SET name = 1; END $$",
    "DO $body$ BEGIN EXECUTE 'UPDATE person SET name = 1'; END $body$",
    "WITH a AS (SELECT (ARRAY[']'])[1]) UPDATE person SET name = 'x'",
    "WITH a AS (SELECT 1 AS [']) UPDATE person SET name = 'x'",
    "WITH a AS (SELECT $$/*$$) UPDATE person SET name = '*/'",
    "WITH a AS (SELECT 1 AS `'`) UPDATE person SET name = 'x'",
    'UPDATE U&"p\\0065rson" SET name = 1',
]


@pytest.mark.parametrize("statement", WRITES)
def test_a_write_is_seen(statement: str) -> None:
    assert "person" in written_tables(statement)


READS = [
    "SELECT * FROM person",
    "SELECT * FROM person FOR UPDATE",
    "SELECT * FROM person FOR UPDATE OF person",
    "SELECT * FROM person FOR NO KEY UPDATE OF person SKIP LOCKED",
    "SELECT replace(name, 'a', 'b') FROM person",
    "SELECT 'delete from person'",
    "SELECT 1 -- delete from person",
    "SELECT 1 /* delete from person */",
    'SELECT "update person" FROM other',
    "DELETE FROM sign_in WHERE person_id IN (SELECT id FROM person)",
    "INSERT INTO sign_in (person_id) SELECT id FROM person",
    "UPDATE sign_in SET person_id = (SELECT min(id) FROM person)",
    "INSERT INTO sign_in (person_id) VALUES (1) ON CONFLICT (person_id) DO UPDATE SET person_id = person.id",
    "SELECT updated_at FROM person",
    "COPY (SELECT * FROM person) TO STDOUT",
    "SAVEPOINT person",
]


@pytest.mark.parametrize("statement", READS)
def test_a_question_is_no_write(statement: str) -> None:
    assert "person" not in written_tables(statement)


def test_every_written_table_is_named() -> None:
    statement = "WITH a AS (INSERT INTO Contact DEFAULT VALUES RETURNING id) DELETE FROM person; TRUNCATE one, two"
    assert written_tables(statement) == {"contact", "person", "one", "two"}


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER history_entry_no_update",
        "DROP TRIGGER history_entry_append_only ON history_entry",
        "DROP FUNCTION history_is_append_only() CASCADE",
        "CREATE OR REPLACE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE sql AS $$ SELECT 1 $$",
    ],
)
def test_taking_the_historys_protection_away_is_a_write_to_it(statement: str) -> None:
    assert "history_entry" in written_tables(statement)


NO_SQL = ["", ";", "'", '"', "/*", "$$", "UPDATE", "UPDATE (", "INSERT INTO", "DELETE FROM '", "TRUNCATE ,", "DROP"]


@pytest.mark.parametrize("statement", NO_SQL)
def test_what_is_no_sql_names_nothing_and_fails_nowhere(statement: str) -> None:
    assert written_tables(statement) == frozenset()


def test_an_escape_beyond_the_last_character_fails_nowhere() -> None:
    assert written_tables('UPDATE U&"\\+ffffffperson" SET name = 1') == {"person", "u"}


def test_a_long_question_is_read_quickly_enough_not_to_matter() -> None:
    statement = "SELECT * FROM person WHERE id IN (" + ", ".join(["?"] * 30_000) + ")"
    assert written_tables(statement) == frozenset()
