"""A shared record for tests over real HTTP: the probe's dictionary server, with the batches of the exchange."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from tests.sync.loopback import Asked, Said
from tests.sync.test_probe import Record


class TeamRecord(Record):
    """Does everything right, or has the one `fault` of `Record`."""

    is_away = False

    def answer(self, asked: Asked) -> Said:
        return Said(503) if self.is_away else super().answer(asked)

    def together(self, bundle: dict[str, Any]) -> Said:
        if bundle["type"] != "batch":
            return super().together(bundle)
        answers = [self.one(entry["request"]["url"]) for entry in bundle["entry"]]
        return self.said({"resourceType": "Bundle", "type": "batch-response", "entry": answers})

    def one(self, url: str) -> dict[str, Any]:
        path, _, query = url.partition("?")
        if path.endswith("_history"):
            return self.listed(url)
        if "/" in path:
            found = self.held.get(path)
            return {"response": {"status": "200"}, "resource": found} if found else {"response": {"status": "404"}}
        form = dict(parse_qsl(query))
        since = form.get("_lastUpdated", "ge")[2:]
        there = [r for key, r in self.held.items() if key.startswith(f"{path}/") and r["meta"]["lastUpdated"] >= since]
        there.sort(key=lambda r: (r["meta"]["lastUpdated"], r["id"]))
        page = [{"resource": r} for r in there[: int(form.get("_count", "200"))]]
        bundle = {"resourceType": "Bundle", "type": "searchset", "entry": page}
        return {"response": {"status": "200"}, "resource": bundle}

    def kinds(self) -> set[str]:
        """The kinds of resource that are held."""
        return {key.partition("/")[0] for key in self.held}
