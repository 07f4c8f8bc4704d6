"""Loads the heavy libraries in one thread while the passphrase is typed, so that nobody waits for them after Enter."""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import Sequence

log = logging.getLogger(__name__)

MODULES = (
    "sqlcipher3",
    "argon2",
    "cryptography.hazmat.primitives.ciphers.aead",
    "sqlalchemy",
    "eolc_desktop.models.store",
    "eolc_desktop.services.session",
    "eolc_desktop.desktop.worker",
)
"""In the order they are needed: the key first, then the store, then what makes documents."""


class WarmUp:
    """Owns the list of heavy imports. Everyone else calls `wait` before using them.

    Two threads that import SQLAlchemy at once fail with "partially initialized module": so only this one imports, and
    it imports on no other thread than its own.
    """

    def __init__(self, modules: Sequence[str] = MODULES) -> None:
        self.modules = tuple(modules)
        self._done = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._load, name="warm up", daemon=True)
        self._guard = threading.Lock()
        self._started = False

    def start(self) -> None:
        """Begin to load. Call it once the unlock window is painted; calling it again does nothing."""
        with self._guard:
            if self._started:
                return
            self._started = True
        self._thread.start()

    def wait(self) -> None:
        """Return when everything is loaded, loading it if nobody had begun. May be called on any thread, any time.

        Raises ImportError when a library is missing or broken: the installation is damaged.
        """
        self.start()
        self._done.wait()
        if self._failure is not None:
            message = "a library the program needs could not be loaded"
            raise ImportError(message) from self._failure

    @property
    def is_done(self) -> bool:
        """Whether everything is loaded."""
        return self._done.is_set()

    def _load(self) -> None:
        try:
            for module in self.modules:
                importlib.import_module(module)
        except BaseException as error:  # noqa: BLE001  whatever it was, those who wait must be told
            self._failure = error
            log.error("loading the libraries failed: %s", type(error))
        else:
            log.info("%s libraries are loaded", len(self.modules))
        finally:
            self._done.set()
