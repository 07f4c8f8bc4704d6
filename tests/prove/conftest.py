"""The real server of the long tests of the exchange."""

from __future__ import annotations

from tests.servers.running import hapi

__all__ = ["hapi"]
