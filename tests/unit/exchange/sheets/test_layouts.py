"""The one table of our own sheets holds together, and its metadata say the same."""

import json

import pytest

from register.exchange.formats.csvw import metadata
from register.exchange.reading.columns import column_key
from register.exchange.sheets.asking import asked_columns
from register.exchange.sheets.cell_values import READ
from register.exchange.sheets.cells import WRITTEN
from register.exchange.sheets.columns import FORMS, ID, KINDS, NAME, NAMES, WORD, WORDS, Sheet
from register.exchange.sheets.layouts import SHEET_BY_KEY, SHEETS
from register.exchange.taking.happening_sheet_lookups import ROWS

each_sheet = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)


def test_each_sort_of_cell_is_written_read_and_explained() -> None:
    assert set(KINDS) == WRITTEN.keys() == READ.keys() == FORMS.keys()


def test_each_sheet_is_filled_from_the_register() -> None:
    assert list(ROWS) == [sheet.key for sheet in SHEETS]


@each_sheet
def test_titles_and_keys_are_there_once(sheet: Sheet) -> None:
    assert len(sheet.by_key) == len(sheet.by_title) == len(sheet.columns)


@each_sheet
def test_columns_of_words_have_words_and_references_say_of_what(sheet: Sheet) -> None:
    for column in sheet.columns:
        assert bool(column.words) == (column.kind in (WORD, WORDS)), column.key
        assert bool(column.of) == (column.kind in (NAME, NAMES) or (column.kind == ID and column.key != "id"))


@each_sheet
def test_a_sheet_refers_only_to_itself_and_to_those_before_it(sheet: Sheet) -> None:
    order = [one.key for one in SHEETS]
    assert all(order.index(column.of) <= order.index(sheet.key) for column in sheet.columns if column.of)


@each_sheet
def test_the_metadata_name_each_column_with_its_title_and_datatype(sheet: Sheet) -> None:
    table = next(one for one in metadata(SHEETS)["tables"] if one["url"] == f"{sheet.key}.csv")
    columns = table["tableSchema"]["columns"]
    assert [one["titles"] for one in columns] == [column.title for column in sheet.columns]
    assert all(one["datatype"] and one["name"].isidentifier() for one in columns)
    for key in table["tableSchema"].get("foreignKeys", ()):
        beside = key["reference"]["resource"].removesuffix(".csv")
        assert key["columnReference"] in sheet.by_key
        assert key["reference"]["columnReference"] in SHEET_BY_KEY[beside].by_key


def test_the_metadata_are_json_of_the_recommendations_shape() -> None:
    told = json.loads(json.dumps(metadata(SHEETS)))
    assert told["@context"] == "http://www.w3.org/ns/csvw"
    assert {"url", "tableSchema", "dialect"} <= told["tables"][0].keys()


def test_a_file_alone_refers_to_no_file_that_is_not_beside_it() -> None:
    alone = metadata([SHEET_BY_KEY["contacts"]])["tables"][0]
    assert "foreignKeys" not in alone["tableSchema"]


@each_sheet
def test_the_words_of_a_column_are_named_where_it_is_asked_for(sheet: Sheet) -> None:
    about = {asked.key: asked.about for asked in asked_columns(sheet)}
    for column in sheet.columns:
        if column.is_told:
            continue
        said = about[column_key(column.title)]
        assert all(word.name in said for word in column.words[:4])
        assert said[0].isupper()
        assert ("A new row needs it." in said) is column.is_needed
