"""What one reading of the manifests found last, the next one finds again, for it begins before it.

What is not found then is read by name. When it has gone, the server was set back: and whoever wrote it, who would miss
its receipt, may not be there to bring it back, or may not share it any more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from eolc_desktop.sync.ports import Ledger
from eolc_desktop.sync.staging import doubt, moment

NEWEST = "read:newest manifests"
"""The mark that remembers which manifests the last reading found last, and when the server had changed each."""
MOST = 50
"""So many are remembered: the newest are the first that go when a server is set back."""


def look(ledger: Ledger, since: str, found: Mapping[str, str]) -> None:
    """Doubt what the last reading found and this one, which began at `since`, did not; and remember what is newest now.

    `found` says of every manifest that was read, by key, when the server changed it.
    """
    before: dict[str, str] = json.loads(ledger.mark(NEWEST) or "{}")
    for key, updated in before.items():
        known = ledger.resource(key)
        if key not in found and known is not None and (not since or moment(updated) >= moment(since)):
            doubt(ledger, known)
    newest = dict(sorted(found.items(), key=lambda one: (moment(one[1]), one[0]))[-MOST:])
    if newest != before:
        ledger.set_mark(NEWEST, json.dumps(newest))
