"""`flask search`: rebuild, compare, measure and ask the index."""

from __future__ import annotations

import json
import time

import click
from flask import current_app
from flask.cli import AppGroup

from portal.lists.queries.editions import public_release_ids
from portal.search import indexer
from portal.search.documents_from_rows import all_documents, load
from portal.search.engine import Hit, Results
from portal.search.errors import IndexUnavailable
from portal.search.parsing import Chunk
from portal.search.searcher import Searcher

search = AppGroup("search", help="The search index, a copy of the database.")


def searcher() -> Searcher:
    """Return this process's search."""
    found: Searcher = current_app.extensions["search"]
    return found


@search.command("rebuild")
@click.option("--missing", is_flag=True, help="Only where none can be read.")
def rebuild(missing: bool) -> None:
    """Build the index anew beside the live one, then change over."""
    if missing and can_be_read():
        return
    begin = time.perf_counter()
    try:
        count = searcher().index.rebuild(all_documents())
    except IndexUnavailable as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"  {count} documents in {time.perf_counter() - begin:.1f} s")


def can_be_read() -> bool:
    """Say whether there is an index of this version."""
    try:
        searcher().index.open()
    except IndexUnavailable:
        return False
    return True


@search.command("check")
@click.option("--repair", is_flag=True, help="Bring what differs up to date.")
def check(repair: bool) -> None:
    """Compare the index with the database; exits 1 when they differ and nothing is repaired."""
    index = searcher().index
    try:
        found = indexer.check(index, all_documents())
        if repair:
            indexer.apply_outbox(index, load, found.keys)
    except IndexUnavailable as problem:
        raise click.ClickException(f"{problem} Run: flask search rebuild") from problem
    click.echo(
        f"missing {len(found.missing)}, stale {len(found.stale)}, surplus {len(found.surplus)}"
    )
    if found.keys and not repair:
        raise SystemExit(1)


@search.command("stats")
def stats() -> None:
    """Print what stands in the index."""
    try:
        found = searcher().index.stats()
    except IndexUnavailable as problem:
        raise click.ClickException(f"{problem} Run: flask search rebuild") from problem
    for name, value in vars(found).items():
        click.echo(f"{name:<12} {value}")


@search.command("query")
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.option("--kind", help="Only this kind of record: enterprise, entry or policy.")
@click.option("--size", default=20, show_default=True, help="Hits to print, at most 100.")
def query(text: str, as_json: bool, kind: str | None, size: int) -> None:
    """Ask what the public would be answered."""
    try:
        found = searcher().search(text, kind=kind, public_releases=public_release_ids(), size=size)
    except IndexUnavailable as problem:
        raise click.ClickException(f"{problem} Run: flask search rebuild") from problem
    if as_json:
        click.echo(json.dumps(answer_of(found), ensure_ascii=False))
        return
    click.echo(f"read as: {', '.join(map(read_as, found.query.chunks)) or found.reason}")
    click.echo(f"{found.total} hits ({found.stage}), {found.near_total} near")
    for hit in (*found.hits, *found.near):
        click.echo(f"  {hit.key:<20} {hit.score:>9.3f} {hit.stage}")


def read_as(chunk: Chunk) -> str:
    """Return a part of a query with what else each of its words may be called."""
    if chunk.is_phrase:
        return f'"{chunk.text}"'
    return " ".join("|".join(word.forms) for word in chunk.words)


def answer_of(found: Results) -> dict[str, object]:
    """Return an answer as JSON tells it."""
    return {
        "read_as": [
            {
                "text": chunk.text,
                "field": chunk.field,
                "phrase": chunk.is_phrase,
                "excluded": chunk.is_excluded,
                "words": [word.forms for word in chunk.words],
            }
            for chunk in (*found.query.chunks, *found.query.excluded)
        ],
        "reason": found.reason,
        "notes": found.query.notes,
        "stage": found.stage,
        "total": found.total,
        "by_kind": found.counts_by_kind,
        "hits": [told(hit) for hit in found.hits],
        "near": [told(hit) for hit in found.near],
    }


def told(hit: Hit) -> dict[str, object]:
    """Return one hit as JSON tells it."""
    return {"key": hit.key, "score": round(hit.score, 3), "stage": hit.stage}
