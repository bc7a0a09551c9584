"""Both engines of the search side by side over a fictional city.

    python -m benchmarks.engines [ENTERPRISES [ENGINE]]     100000 and both unless told otherwise

Fills a city of its own in SQLite (benchmarks/city.py) and builds both indexes from the same
documents: files in a temporary folder, tables in a throwaway database of the PostgreSQL server
(TEST_POSTGRESQL_URL, or the one on this machine). Prints what building took, in CPU of the process
too, and how large the index is; 200 mixed searches, the first 20 with their exact total, all facets
and their matches marked in a title, asked for the first time (wall clock) and again: the CPU of
each, the mean of five turns, beside what is aimed at. Then, in wall clock again, suggestions, the
first question of a new process, changes of one and of 50 documents with what a reader then takes to
follow; and how much memory the process holds more than before its first question.
"""

from __future__ import annotations

import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from sqlalchemy import create_engine

from benchmarks.public_pages import searches
from benchmarks.running import flask, run_python
from portal import create_app
from portal.lists.queries.editions import public_release_ids
from portal.search.documents_from_rows import all_documents, load
from portal.search.engine import Engine
from portal.search.highlight import mark
from portal.search.postgres_engine.index import Index as Tables
from portal.search.queries import SynonymTable
from portal.search.searcher import Searcher
from portal.search.whoosh_engine.index import Index as Folder
from tests.prerequisites import ADVICE, postgresql, throwaway_database

TURNS = 20  # changes that are measured
ROUNDS = 5  # of warm searches
AIM = "aim 0.25, 1.00 at 100000"
TITLE = "示例岷江储能锂电材料有限责任公司"  # marked once for each hit
Open = Callable[[], Engine]


@contextmanager
def engines(folder: Path) -> Iterator[dict[str, Open]]:
    """How to open an empty index of each engine there is on this machine."""
    found: dict[str, Open] = {"whoosh": lambda: Folder(folder / "measured-index")}
    server = postgresql()
    if server is None:
        print(f"without PostgreSQL: {ADVICE['postgresql']}")
        yield found
        return
    with throwaway_database(server) as url:
        database = create_engine(url)
        yield found | {"postgresql": lambda: Tables(database)}
        database.dispose()


def main() -> None:
    """Fill a city and measure every engine on it."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory(prefix="portal-engines-") as folder:
        environ = os.environ | {"PORTAL_DATA": folder, "PORTAL_DEMO": "0", "DATABASE_URL": ""}
        for command in (("db", "upgrade"), ("seed",)):
            flask(environ, *command)
        code = f"from benchmarks.city import fill; fill({size}, with_index=False)"
        print(run_python(environ, code), end="", flush=True)
        with create_app(environ).app_context(), engines(Path(folder)) as found:
            for name, start in found.items():
                if name not in (sys.argv[2:] or found):
                    continue
                print(f"{name}: {size} enterprises", flush=True)
                measure(start)


def measure(start: Open) -> None:
    """Build one index and print what it takes to be asked and changed."""
    begin, cpu = time.perf_counter(), time.process_time()
    count = start().rebuild(all_documents())
    cpu = time.process_time() - cpu
    print(f"  built                    {time.perf_counter() - begin:9.1f} s, {count} documents")
    print(f"  ... in CPU               {cpu:9.1f} s, {count / cpu:.0f} documents a second")
    print(f"  size                     {start().stats().bytes / 1e6:9.0f} MB")
    measure_questions(start)


def measure_questions(start: Open) -> None:
    """Print what an index takes to be asked and changed."""
    texts = [unquote(address.partition("q=")[2]) for address in searches()]
    releases, words = public_release_ids(), SynonymTable()()
    searcher = Searcher(start(), lambda: words)
    before = memory()
    line("first question", [timed(searcher.search, texts[0], public_releases=releases)])
    line("searches, first time", [timed(asked, searcher, text, releases) for text in texts])
    warm(searcher, texts, releases)
    beginnings = [text[:2] for text in texts]
    line("suggestions", [timed(searcher.suggest, t, public_releases=releases) for t in beginnings])
    print(f"  memory of the searches   {memory() - before:9.0f} MB")
    measure_changes(searcher, texts[0])


def asked(searcher: Searcher, text: str, releases: frozenset[int], page: int = 1) -> None:
    """Search and mark what matched, as a page of hits does."""
    found = searcher.search(text, public_releases=releases, page=page)
    for _hit in found.hits:
        mark(TITLE, found.query)


def warm(searcher: Searcher, texts: Sequence[str], releases: frozenset[int]) -> None:
    """Print the CPU of searches asked again, and of a page of each that is kept nowhere: only what
    their words find is then."""
    again = repeated(searcher, texts, releases, 1)
    line("searches, again (CPU)", again, AIM)
    print(f"  ... on average           {statistics.mean(again):9.3f} ms")
    line("... their fourth page", repeated(searcher, texts, releases, 4))


def repeated(
    searcher: Searcher, texts: Sequence[str], releases: frozenset[int], page: int
) -> list[float]:
    """Return the CPU milliseconds of each search, the mean of some rounds."""
    spent = [0.0] * len(texts)
    for _round in range(ROUNDS):
        for place, text in enumerate(texts):
            begin = time.process_time()
            asked(searcher, text, releases, page)
            spent[place] += (time.process_time() - begin) * 1000 / ROUNDS
    return spent


def memory() -> float:
    """Return the megabytes this process holds for itself."""
    held = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    private = re.findall(r"Private_\w+: +(\d+) kB", held)
    return sum(map(int, private)) / 1024


def measure_changes(searcher: Searcher, text: str) -> None:
    """Print what a change takes, and the first question after it."""
    documents = [
        found for found in load([f"enterprise:{n}" for n in range(1, 51)]).values() if found
    ]
    for some in (documents[:1], documents):
        changes, questions = [], []
        for turn in range(TURNS):
            new = [replace(document, body=f"{document.body}第{turn}次") for document in some]
            changes.append(timed(searcher.index.apply, new))
            searcher.index.open()
            questions.append(timed(searcher.search, text))
        line(f"change of {len(some)}", changes)
        line("  question after it", questions)


def timed(do: Callable[..., Any], *given: Any, **named: Any) -> float:
    """Return the milliseconds a call takes."""
    begin = time.perf_counter()
    do(*given, **named)
    return (time.perf_counter() - begin) * 1000


def line(name: str, spent: Sequence[float], aim: str = "") -> None:
    """Print the middle and the slow end."""
    ordered = sorted(spent)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    print(f"  {name:<24} p50 {statistics.median(ordered):8.2f} p95 {p95:8.2f} ms {aim}", flush=True)


if __name__ == "__main__":
    main()
