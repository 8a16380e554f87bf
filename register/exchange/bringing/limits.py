"""The limits of what is read from a file, in words, from the figures that the reading keeps to."""

from register.exchange.bringing import staging
from register.exchange.reading import uploads, workbooks

HOUR = 3600


def sizes() -> tuple[tuple[str, str], ...]:
    """Return each limit with its figure."""
    return (
        *((f"Size of a {kind} file", f"{size // uploads.MEGABYTE} MB") for kind, size in uploads.LIMITS.items()),
        ("Rows of a sheet or of a CSV file", f"{workbooks.ROWS:,}"),
        ("Columns", f"{workbooks.COLUMNS:,}"),
        ("What a spreadsheet may unpack to", f"{workbooks.UNPACKED // uploads.MEGABYTE} MB"),
        ("How long a file waits between two steps", f"{staging.LASTS // HOUR} hours"),
        ("Files of one person that may wait at once", f"{staging.WAITING}"),
    )
