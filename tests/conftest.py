"""Where the fixtures of all tests come from: one file a subject, named here."""

pytest_plugins = (
    "tests.fixtures.browsing",
    "tests.fixtures.needs",
    "tests.fixtures.postgresql",
    "tests.fixtures.register",
    "tests.fixtures.searching",
    "tests.fixtures.sockets",
)
