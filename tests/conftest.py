"""Where the fixtures of all tests come from: one file a subject, named here."""

pytest_plugins = (
    # Before those that import from them: pytest rewrites the assertions of a file only when it loads it first.
    "tests.fixtures.needs",
    "tests.fixtures.postgresql",
    "tests.fixtures.register",
    "tests.fixtures.kept",
    "tests.fixtures.erasing",
    "tests.fixtures.commands",
    "tests.fixtures.pages",
    "tests.fixtures.example",
    "tests.fixtures.browsing",
    "tests.fixtures.searching",
    "tests.fixtures.collecting",
    "tests.fixtures.sockets",
    "tests.fixtures.surveys",
    "tests.fixtures.programs",
)
