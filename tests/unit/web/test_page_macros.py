"""The macros that pages are made of: headings, lists, flags, filters and the frame itself."""

from types import SimpleNamespace

from tests.unit.web.markup import attributes, called, page


def test_a_sorted_heading_says_which_way() -> None:
    up = attributes(page.sortable_header("Name", "name", "name", "?sort=-name"), "th")[0]
    down = attributes(page.sortable_header("Name", "name", "-name", "?sort=name"), "th")[0]
    other = attributes(page.sortable_header("Name", "name", "kind", "?sort=name", numeric=True), "th")[0]
    assert (up["aria-sort"], down["aria-sort"]) == ("ascending", "descending")
    assert "aria-sort" not in other
    assert other["class"] == "numeric"


def test_the_pager_offers_only_the_ways_there_are() -> None:
    here = SimpleNamespace(newer_url=None, previous_url=None, next_url="?after=9", shown=50, total=None)
    html = page.pager(here)
    assert [link["href"] for link in attributes(html, "a")] == ["?after=9"]
    assert "<b>50</b> shown</p>" in html
    assert str(page.pager(None)) == ""


def test_a_flag_shows_its_place_state_and_severity() -> None:
    html = called("{% call page.flag('Weak trust', 'high', 'New since 1 May', rank=2) %}<p>x</p>{% endcall %}")
    assert attributes(html, "article")[0]["class"] == "flag flag--high flag--ranked"
    assert [span["class"] for span in attributes(html, "span")] == ["flag__rank", "badge"]


def test_filters_keep_what_is_chosen() -> None:
    choices = [SimpleNamespace(value="weak", label="Weak trust", count=3, checked=True)]
    html = called(
        "{% call page.filters('/watchlist', '/watchlist', 1) %}"
        "{{ page.filter_group('Why', 'why', choices) }}{% endcall %}",
        choices=choices,
    )
    (box,) = attributes(html, "input")
    assert (box["name"], box["value"], "checked" in box) == ("why", "weak", True)
    assert attributes(html, "label")[0]["for"] == box["id"]
    assert "open" in attributes(html, "details")[0]
    assert "Clear filters" in html


def test_a_heading_carries_its_action_when_called_with_one() -> None:
    assert "page-head__actions" in called("{% call page.heading('T') %}<a href='/log'>Log</a>{% endcall %}")
    assert "page-head__actions" not in page.heading("T")


def test_the_current_tab_is_marked() -> None:
    links = attributes(page.tabs([("Table", "?view=table", True), ("Matrix", "?view=matrix", False)]), "a")
    assert ["aria-current" in link for link in links] == [True, False]
