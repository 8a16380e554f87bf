"""The server: gunicorn, which loads the pages by name in its own processes."""

import gc

from gunicorn.app.base import BaseApplication
from gunicorn.util import import_app

PAGES = "register.web.app:create_app()"
"""Loaded by name: the command line and the pages do not know one another."""


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn brings no types
    """gunicorn with its settings given in code."""

    def __init__(self, settings: dict[str, object]) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Set what was given."""
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        """Load the pages, in each worker."""
        pages = import_app(PAGES)
        # What was loaded stays: to look through it for rubbish held up a request in a hundred for a tenth of a second.
        gc.collect()
        gc.freeze()
        return pages


def serve(host: str, port: int, workers: int) -> None:
    """Serve until stopped; settings are read from the environment by each worker."""
    Server(
        {
            "bind": f"{host}:{port}",
            "workers": workers,
            "accesslog": None,
            "loglevel": "warning",
            "timeout": 60,
            "control_socket_disable": True,
        }
    ).run()
