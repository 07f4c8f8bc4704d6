"""A bad network on loopback: requests that are lost or arrive late, answers that are lost, cut short or slow."""

from __future__ import annotations

import http.client
import random
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

NOTHING: Mapping[str, float] = {}
FAULTS: Mapping[str, float] = {"lost": 0.04, "late": 0.03, "answer lost": 0.06, "cut": 0.05, "slow": 0.1}
"""How likely each fault is, of a hundred requests: `late` arrives at the server after the laptop has given up."""


class Proxy:
    """Stands before a server. `hears` is called with each request's number before it is passed on, and after."""

    def __init__(
        self,
        target: str,
        chance: random.Random,
        faults: Mapping[str, float] = NOTHING,
        hears: Callable[[int, bool], None] = lambda _number, _passed: None,
    ) -> None:
        self.faults = faults
        self.happened: Counter[str] = Counter()
        self.hears = hears
        self._chance = chance
        self._lock = threading.Lock()
        self._late: list[threading.Thread] = []
        self._over = threading.Event()
        self._target = urlsplit(target)
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def _any(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                number, fate = outer._fate()
                outer.hears(number, False)
                headers = {k: v for k, v in self.headers.items() if k.lower() not in ("host", "connection")}
                if fate == "late":
                    outer._later(self.command, self.path, body, headers)
                if fate in ("lost", "late"):
                    self.close_connection = True
                    return
                status, kept, content = outer._pass(self.command, self.path, body, headers)
                outer.hears(number, True)
                if fate == "answer lost" or not status:
                    self.close_connection = True
                    return
                if fate == "slow":
                    outer._over.wait(outer._between(0.05, 0.5))
                self.send_response_only(status)
                for name, value in kept:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content[: len(content) // 2] if fate == "cut" else content)
                self.wfile.flush()
                self.close_connection = self.close_connection or fate == "cut"

            do_GET = do_POST = do_PUT = do_DELETE = _any

            def log_message(self, *_said: object) -> None:
                pass

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_said: object) -> None:
                pass

        self._server = Quiet(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}{self._target.path}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> Proxy:
        self._thread.start()
        return self

    def __exit__(self, *_about: object) -> None:
        self._over.set()
        self.settle()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def settle(self) -> None:
        """No more faults; what was late has arrived."""
        self.faults = NOTHING
        for thread in self._late:
            thread.join()

    def _fate(self) -> tuple[int, str]:
        with self._lock:
            drawn = self._chance.random()
            self.happened["requests"] += 1
            for fate, likelihood in self.faults.items():
                drawn -= likelihood
                if drawn < 0:
                    self.happened[fate] += 1
                    return self.happened["requests"], fate
            return self.happened["requests"], ""

    def _between(self, least: float, most: float) -> float:
        with self._lock:
            return self._chance.uniform(least, most)

    def _later(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> None:
        seconds = self._between(0.1, 2.0)

        def arrive() -> None:
            self._over.wait(seconds)
            self._pass(method, path, body, headers)

        thread = threading.Thread(target=arrive)
        self._late.append(thread)
        thread.start()

    def _pass(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        """The server's answer; the status is 0 where there was none."""
        connection = http.client.HTTPConnection(str(self._target.hostname), self._target.port or 80, timeout=120)
        try:
            connection.request(method, path, body or None, dict(headers))
            answer = connection.getresponse()
            left_out = ("content-length", "transfer-encoding", "connection")
            kept = [(name, value) for name, value in answer.getheaders() if name.lower() not in left_out]
            return answer.status, kept, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, [], b""
        finally:
            connection.close()
