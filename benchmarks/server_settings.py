"""The production server with other settings than its own, on the data under PORTAL_DATA (Linux).

    PORTAL_DATA=/tmp/city python -m benchmarks.server_settings

Prints for each choice, with one worker and eight requests under way: CPU microseconds of a bare
Flask route, of a kept page and of a page drawn anew, and how long a kept page takes at most for
19 of 20 visitors while two other requests draw slow searches. portal/cli/supervisor.py holds what
was chosen.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.public_pages import GZIP, REGISTRY, searches
from benchmarks.serving import AT_ONCE, Server, cost, serving

REQUESTS = 2_000
VISITS = 200
CHOICES = {
    "as chosen": (),
    "one thread": ("--blocking-threads", "1"),
    "two threads": ("--blocking-threads", "2"),
    "eight threads": ("--blocking-threads", "8"),
    "runtime of one thread": ("--runtime-mode", "st"),
    "runtime of many": ("--runtime-mode", "mt"),
    "HTTP/1 only": ("--http", "1"),
}


@contextmanager
def busy(server: Server) -> Iterator[None]:
    """Keep two other visitors searching."""
    ended = threading.Event()

    def search() -> None:
        connections = server.fresh_connections(2)
        while not ended.is_set():
            server.get_all(searches()[:20], None, connections)
        for connection in connections:
            connection.close()

    thread = threading.Thread(target=search)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def slowest(server: Server) -> float:
    """Return the milliseconds within which 19 of 20 kept pages are there, others searching."""
    spent = []
    with busy(server):
        for _visit in range(VISITS):
            begin = time.perf_counter()
            server.get(REGISTRY, GZIP)
            spent.append((time.perf_counter() - begin) * 1000)
            time.sleep(0.01)
    return sorted(spent)[round(0.95 * VISITS)]


def main() -> None:
    """Measure every choice."""
    environ = dict(os.environ)
    print(f"{'':24} {'bare':>8} {'kept':>8} {'drawn':>8} µs   kept, others searching")
    for name, options in CHOICES.items():
        with serving(environ, "benchmarks.bare:app", options) as server:
            bare = cost(server, ["/bare"], None, REQUESTS, AT_ONCE)
        with serving(environ, "wsgi:app", options) as server:
            kept = cost(server, [REGISTRY], GZIP, REQUESTS, AT_ONCE)
            drawn = cost(server, [f"{REGISTRY}?drawn=anew"], None, REQUESTS // 10, AT_ONCE)
            late = slowest(server)
        print(f"{name:24} {bare:8.0f} {kept:8.0f} {drawn:8.0f} {late:12.1f} ms", flush=True)


if __name__ == "__main__":
    main()
