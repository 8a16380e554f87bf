"""ZIP files whose bytes depend on what is in them and on nothing else, such as the hour."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import IO, Self

ALWAYS = (1980, 1, 1, 0, 0, 0)
"""The day that members are dated: the first that the format can say."""
READABLE = 0o644 << 16


class Zip:
    """A ZIP file that is being written."""

    def __init__(self, target: IO[bytes]) -> None:
        self._file = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    @contextmanager
    def member(self, name: str) -> Iterator[IO[bytes]]:
        """Write one file into it."""
        about = zipfile.ZipInfo(name, ALWAYS)
        about.compress_type = zipfile.ZIP_DEFLATED
        about.external_attr = READABLE
        with self._file.open(about, "w", force_zip64=True) as handle:
            yield handle
