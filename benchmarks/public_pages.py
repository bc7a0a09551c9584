"""What the public's pages cost the server, beside a bare Flask route (F) in the same run.

    python -m benchmarks.public_pages [ENTERPRISES ...]     100000 unless told otherwise

For each size fills a city of its own (SQLite, or an empty DATABASE_URL; benchmarks/city.py) and
starts the production server with one worker. Prints CPU microseconds of its processes per request
(user and system, the mean after warming up) and the ratio to F asked the same way: pages from the
page cache and 304, eight under way together as on a busy day; the same pages drawn each time and
200 searches, one after the other; then how long a changed enterprise takes to
be found, the time from start to first page, and the memory (PSS) of two workers. Linux only.
"""

from __future__ import annotations

import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from urllib.parse import quote

from benchmarks.city import FORMS, NEEDS, SYLLABLES
from benchmarks.running import flask, kill, run_python, start
from benchmarks.serving import AT_ONCE, Server, cost, serving
from benchmarks.sheets import PRODUCTS, SEED, TRADES
from portal.cli.supervisor import FLASK

BUSY = 40  # seconds
REQUESTS, MANY, SEARCHES = 100, 2_000, 200
LIST, REGISTRY = "/lists/opportunity", "/enterprises"
PAGES = {
    "home": "/",
    "list": LIST,
    "list, filtered": f"{LIST}?state=open&state=standing&district=dongpo&sort=newest",
    "registry": REGISTRY,
    "registry, filtered": f"{REGISTRY}?district=dongpo&title=high_tech",
    "registry, page 50": f"{REGISTRY}?page=50",
}
BLANK = "q=" + "+" * 500  # so long a query is kept nowhere, and nothing is asked by it
JSON = {
    "JSON registry": f"/api/v1/enterprises?{BLANK}",
    "JSON registry, filtered": f"/api/v1/enterprises?district=dongpo&title=high_tech&{BLANK}",
    "JSON list": f"/api/v1/lists/opportunity?{BLANK}",
    "JSON list, with facets": f"/api/v1/lists/opportunity?facets=1&{BLANK}",
}
DETAILS = {
    "entry": (LIST, r"/entries/[^\"]+"),
    "enterprise": (REGISTRY, r"/enterprises/[0-9A-Z]{18}"),
}
GZIP = {"Accept-Encoding": "gzip"}


def searches() -> list[str]:
    """Return mixed searches: parts of names, trades with products, wrong and single characters."""
    chance = random.Random(SEED)
    makers: tuple[Callable[[], str], ...] = (
        lambda: "".join(chance.choices(SYLLABLES, k=2)),
        lambda: chance.choice(TRADES),
        lambda: f"{chance.choice(TRADES)} {chance.choice(PRODUCTS)}",
        lambda: f"示例{''.join(chance.choices(SYLLABLES, k=2))}{chance.choice(TRADES)}",
        lambda: f"{chance.choice(NEEDS)}{chance.choice(PRODUCTS)}",
        lambda: f"{chance.choice(SYLLABLES)}{chance.choice(FORMS)}",
        lambda: chance.choice(("chuneng", "lidian", "slcn", "guangdian")),
    )
    return [f"/search?q={quote(chance.choice(makers)())}" for _ in range(SEARCHES)]


def details(server: Server) -> dict[str, str]:
    """Return the first record each list leads to."""
    found = {}
    for name, (path, pattern) in DETAILS.items():
        server.get(path)
        found[name] = re.findall(pattern, server.body.decode())[0]
    return found


def measure_pages(environ: dict[str, str], bare: float, busy: float) -> None:
    """Print the pages from the cache, and drawn each time: a name no page knows is not kept. Beside
    them the bare route, asked for one at a time and on a busy day."""
    with serving(environ) as server:
        pages = PAGES | details(server)
        for name in ("home", "list, filtered", "enterprise"):
            tag = server.get(pages[name], GZIP).headers["ETag"]
            path = [pages[name]]
            line(f"kept: {name}", cost(server, path, GZIP, MANY, AT_ONCE), busy)
            held = GZIP | {"If-None-Match": str(tag)}
            line(f"kept: {name}, 304", cost(server, path, held, MANY, AT_ONCE), busy)
        for name, path in pages.items():
            drawn = f"{path}{'&' if '?' in path else '?'}drawn=anew"
            line(name, cost(server, [drawn], None, REQUESTS), bare)
        for name, path in JSON.items():
            assert server.get(path).status == 200, path
            line(name, cost(server, [path], None, REQUESTS), bare)
        line(f"search, {SEARCHES} mixed", cost(server, searches()), bare)


def line(name: str, spent: float, bare: float) -> None:
    """Print one row of the table."""
    print(f"  {name:<28} {spent:9.0f} µs {spent / bare:7.2f} F", flush=True)


def measure_start(environ: dict[str, str]) -> None:
    """Print the time to the first page and the memory of two workers, before and after a search."""
    begin = time.perf_counter()
    with serving(environ, WEB_WORKERS="2") as server:
        server.get("/")
        print(f"  cold start to first page     {time.perf_counter() - begin:9.2f} s")
        ask_all(server, ("/", LIST, REGISTRY))
        print(f"  memory of two workers        {server.memory():9.0f} MB (PSS)")
        ask_all(server, searches()[:20])
        print(f"  ... having searched          {server.memory():9.0f} MB (PSS)")


def ask_all(server: Server, paths: Sequence[str]) -> None:
    """Ask for pages on connections of their own, so that every worker answers some."""
    for path in list(paths) * 8:
        server.close()
        server.get(path)


def measure_change(environ: dict[str, str]) -> None:
    """Print how long after its commit a changed name is found, alone and among many changes."""
    worker = start(environ, (*FLASK, "work"))
    try:
        with serving(environ) as server:
            time.sleep(5)  # the worker begins with the day's jobs
            alone = [wait_for_change(environ, server, f"甲{n}") for n in "一二三"]
            print(f"  a changed name is found in   {statistics.median(alone):9.2f} s")
            code = f"from benchmarks.changes import change_many; change_many({BUSY}, 100)"
            many = start(environ, (sys.executable, "-c", code))
            time.sleep(BUSY / 4)
            busy = [wait_for_change(environ, server, f"乙{n}") for n in "一二三"]
            print(f"  ... among 100 a second       {statistics.median(busy):9.2f} s")
            kill(many)
    finally:
        kill(worker)


def wait_for_change(environ: dict[str, str], server: Server, serial: str) -> float:
    """Rename an enterprise, then search for the name until it is found; return the seconds."""
    name = f"示例改名{serial}号科技有限公司"
    said = run_python(environ, f"from benchmarks.changes import rename; rename({name!r})")
    committed, uscc = said.split()
    server.close()  # it has been idle meanwhile
    while time.time() - float(committed) < 60:
        server.get(f"/search?q={quote(name)}")
        if uscc.encode() in server.body:
            return time.time() - float(committed)
        time.sleep(0.02)
    return float("inf")


def main() -> None:
    """Measure each size."""
    sizes = [int(text) for text in sys.argv[1:]] or [100_000]
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="portal-measured-") as folder:
            environ = os.environ | {"PORTAL_DATA": folder, "PORTAL_DEMO": "0"}
            for command in (("db", "upgrade"), ("seed",)):
                flask(environ, *command)
            code = f"from benchmarks.city import fill; fill({size})"
            print(run_python(environ, code), end="", flush=True)
            measure(environ, size)


def measure(environ: dict[str, str], size: int) -> None:
    """Print the table of one size."""
    print(f"{size} enterprises")
    with serving(environ, "benchmarks.bare:app") as server:
        bare = cost(server, ["/bare"], None, MANY)
        busy = cost(server, ["/bare"], None, MANY, AT_ONCE)
    line("bare Flask route (F)", bare, bare)
    line("... eight together (F)", busy, busy)
    with serving(environ, "benchmarks.bare:page") as server:
        line("the server alone, eight", cost(server, ["/bare"], None, MANY, AT_ONCE), busy)
    measure_pages(environ, bare, busy)
    measure_start(environ)
    measure_change(environ)


if __name__ == "__main__":
    main()
