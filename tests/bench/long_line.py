"""A line of some length on loopback: what is put in comes out later, both ways, and is as it was.

`python -m tests.bench.long_line PORT MILLISECONDS` runs one in a process of its own, says its port and ends with its
input. How much may be on the way is not limited: only the time that it takes is that of a longer line.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from types import TracebackType
from urllib.parse import urlsplit

PIECE = 64 * 1024


class LongLine:
    """A line to a server, `milliseconds` there and back. `address` is the server's at the near end."""

    def __init__(self, address: str, milliseconds: float) -> None:
        self._server = urlsplit(address)
        self._command = [sys.executable, "-m", "tests.bench.long_line", str(self._server.port), str(milliseconds / 2)]

    def __enter__(self) -> LongLine:
        self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.address = f"http://127.0.0.1:{int(self._process.stdout.readline())}{self._server.path}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate(timeout=30)


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float) -> None:
    """Give each piece out so many seconds after it came in, in its order."""
    clock = asyncio.get_running_loop().time
    under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def give_out() -> None:
        piece = b"-"
        while piece:
            due, piece = await under_way.get()
            await asyncio.sleep(due - clock())
            writer.write(piece)
        writer.close()

    giving = asyncio.create_task(give_out())
    piece = b"-"
    while piece:
        piece = await reader.read(PIECE)
        under_way.put_nowait((clock() + seconds, piece))
    await giving


async def _line(port: int, seconds: float) -> None:
    async def both_ways(near_in: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        far_in, far_out = await asyncio.open_connection("127.0.0.1", port)
        ways = (_carry(near_in, far_out, seconds), _carry(far_in, near_out, seconds))
        await asyncio.gather(*ways, return_exceptions=True)

    async with await asyncio.start_server(both_ways, "127.0.0.1", 0) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_line(int(sys.argv[1]), float(sys.argv[2]) / 1000))
