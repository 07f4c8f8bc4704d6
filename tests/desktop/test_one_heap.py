"""Threads share one heap: what they free is there for the others."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAPS = """
import ctypes, re, threading
from eolc_desktop.desktop.one_heap import use_one_heap
if {shared}:
    use_one_heap()
libc = ctypes.CDLL(None)
libc.open_memstream.restype = ctypes.c_void_p
text, size = ctypes.c_char_p(), ctypes.c_size_t()
begun, seen = threading.Barrier(4), threading.Event()
def hold():
    libc.malloc.restype = ctypes.c_void_p
    libc.malloc(5_000)
    begun.wait()
    seen.wait()
threads = [threading.Thread(target=hold) for _ in range(3)]
for thread in threads:
    thread.start()
begun.wait()
stream = ctypes.c_void_p(libc.open_memstream(ctypes.byref(text), ctypes.byref(size)))
libc.malloc_info(0, stream)
libc.fclose(stream)
seen.set()
print(len(re.findall(b"<heap ", text.value)))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc has heaps to share")
def test_threads_share_one_heap() -> None:
    heaps = [
        int(subprocess.run([sys.executable, "-c", HEAPS.format(shared=shared)], capture_output=True, check=True).stdout)
        for shared in (False, True)
    ]
    assert heaps[0] > 1, "without it, each thread has its own"
    assert heaps[1] == 1
