"""How well judged queries find what they mean: recall among the first ten hits and MRR, per kind.

    python -m benchmarks.judged            in a demonstration city of its own
    python -m benchmarks.judged --misses   and what was not found

Asked of both engines (benchmarks/engines.py says where PostgreSQL is looked for), with what the
queries took, warm. Near matches stand below the hits, as on the page.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.engines import engines, line, timed
from benchmarks.running import flask
from portal import create_app
from portal.directory.asking.listing import title_of
from portal.directory.queries import hits
from portal.lists.queries.editions import public_release_ids
from portal.search.documents_from_rows import all_documents
from portal.search.queries import SynonymTable
from portal.search.searcher import Searcher

QUERIES = Path(__file__).parent / "judged.yaml"
LOOKED_AT = 10


@dataclass(frozen=True)
class Judged:
    """One query: the share of the right records among the first ten, and one over the place of
    the first of them."""

    kind: str
    text: str
    recall: float
    reciprocal: float
    missed: Sequence[str]


def main() -> None:
    """Seed the demonstration city, ask every query and print the table."""
    with tempfile.TemporaryDirectory(prefix="portal-judged-") as folder:
        environ = os.environ | {"PORTAL_DATA": folder, "PORTAL_DEMO": "1"}
        for command in (("db", "upgrade"), ("seed",)):
            flask(environ, *command)
        with create_app(environ).app_context(), engines(Path(folder)) as found:
            for name, start in found.items():
                index, words = start(), SynonymTable()()
                print(f"{name}: {index.rebuild(all_documents())} documents")
                ask(Searcher(index, lambda words=words: words))


def ask(searcher: Searcher) -> None:
    """Ask every query of one engine and print what came of it."""
    asked = [(kind, one) for kind, ones in queries().items() for one in ones]
    show([judge(searcher, kind, one) for kind, one in asked])
    releases = public_release_ids()
    times = [timed(searcher.search, one["q"], public_releases=releases) for _, one in asked]
    line("a query, warm", times)


def queries() -> dict[str, list[dict[str, Any]]]:
    """Return the queries by kind."""
    found: dict[str, list[dict[str, Any]]] = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    return found


def judge(searcher: Searcher, kind: str, one: dict[str, Any]) -> Judged:
    """Ask one query and compare what it finds."""
    found = searcher.search(one["q"], public_releases=public_release_ids(), size=LOOKED_AT)
    shown = [*found.hits, *found.near][:LOOKED_AT]
    rows = hits.read([(hit.kind, hit.ref) for hit in shown])
    titles = [title_of(rows[hit.key].row) for hit in shown if hit.key in rows]
    places = [n for n, title in enumerate(titles, 1) if any(part in title for part in one["finds"])]
    missed = [part for part in one["finds"] if not any(part in title for title in titles)]
    recall = 1 - len(missed) / len(one["finds"])
    return Judged(kind, one["q"], recall, 1 / places[0] if places else 0.0, missed)


def show(judged: Sequence[Judged]) -> None:
    """Print the table, and with --misses what was not found."""
    print(f"{'kind':<32}{'queries':>8}{'recall@10':>11}{'MRR':>7}")
    for kind in [*dict.fromkeys(one.kind for one in judged), "all"]:
        ones = [one for one in judged if kind in (one.kind, "all")]
        recall = sum(one.recall for one in ones) / len(ones)
        reciprocal = sum(one.reciprocal for one in ones) / len(ones)
        print(f"{kind:<32}{len(ones):>8}{recall:>11.2f}{reciprocal:>7.2f}")
    if "--misses" in sys.argv:
        for one in judged:
            if one.missed or one.reciprocal < 1:
                print(f"  {one.kind}: {one.text}: {one.reciprocal:.2f}, missed {one.missed}")


if __name__ == "__main__":
    main()
