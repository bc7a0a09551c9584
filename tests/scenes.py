"""What factories made is kept and put back, so that it is made once per process.

A scene is a function that builds what tests begin with through the portal's own actions: an
enterprise in the registry, an edition up to its release, somebody signed in. What it leaves
behind follows from the state it found, its arguments and the day. Each state is known by the way
that led to it from the reference data, scene by scene; when a scene is called for again on the
same way, the database, the files, the index and the clock are put where it left them. As soon as
anything else writes, the way is lost and scenes are played for real; so they are in a test that
patches, and on PostgreSQL.
"""

from __future__ import annotations

import os
import shutil
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from flask import Flask, g, has_request_context
from werkzeug.test import TestResponse

from portal import clock
from portal.counts import kept as kept_counts
from portal.extensions import db
from portal.search.queries import SynonymTable
from portal.search.whoosh_engine.index import Index
from tests.fresh_database import FreshFile, Pages
from tests.scene_values import NotKept, kept_as, restored, stood_for

P = ParamSpec("P")
R = TypeVar("R")
Way = tuple[Any, ...]
Files = dict[tuple[str, str], bytes | str]  # folder and path in it → content, or where it links to
WORTH_KEEPING = 0.01  # seconds: what took less is as quickly made again
ROOM = 64 * 1024 * 1024  # bytes of kept states per process: tests of a file follow each other
LANGUAGE = "zh_Hans_CN"
FOLDERS = ("mail", "sms", "files")


@dataclass(frozen=True)
class Jar:
    """A person's browser among the arguments: what it held when the scene was over."""

    cookies: dict[Any, Any]
    response: TestResponse | None


@dataclass(frozen=True)
class Outcome:
    """The state a scene left behind, and what it returned."""

    way: Way
    pages: Pages
    files: Files
    moment: datetime
    returned: Any
    jars: list[Jar]

    @property
    def size(self) -> int:
        return sum(map(len, self.pages.values())) + sum(map(len, self.files.values()))


class Stage:
    """Knows the way to the present state, and the states kept."""

    def __init__(self, app: Flask, fresh: FreshFile) -> None:
        self.app, self.fresh = app, fresh
        self.config = dict(app.config)
        self.kept: OrderedDict[Way, Outcome] = OrderedDict()
        self.room = ROOM
        self.way: Way | None = None
        self.mark: Any = None
        self.moment = clock.now()

    def begin(self, *, keeps: bool) -> None:
        """Begin a test on the reference data; one that patches plays everything for real."""
        self.arrive(() if keeps else None)

    def arrive(self, way: Way | None) -> None:
        self.way, self.mark, self.moment = way, self.seen(), clock.now()

    def seen(self) -> Any:
        """Return what changes with every write to the database, the files or the index."""
        files = [(path, path.lstat().st_mtime_ns) for _name, path in self.paths()]
        return self.fresh.mark(), files

    def folders(self) -> dict[str, Path]:
        """Return the folders the portal writes to, by name."""
        data: Path = self.app.config["DATA"]
        return {name: data / name for name in FOLDERS} | {"index": self.index.folder}

    @property
    def index(self) -> Index:
        found: Index = self.app.extensions["search"].index
        return found

    def paths(self) -> Iterator[tuple[str, Path]]:
        for name, folder in self.folders().items():
            for root, _folders, files in os.walk(folder):
                linked = (each for each in _folders if Path(root, each).is_symlink())
                yield from ((name, Path(root, each)) for each in sorted([*files, *linked]))

    def files(self) -> Files:
        """Return what the folders hold."""
        folders = self.folders()
        return {
            (name, str(path.relative_to(folders[name]))): (
                os.readlink(path) if path.is_symlink() else path.read_bytes()
            )
            for name, path in self.paths()
        }

    def put_files(self, files: Files) -> None:
        """Let the folders hold these files and no others."""
        folders = self.folders()
        for folder in folders.values():
            if folder.exists():
                shutil.rmtree(folder)
        for (name, place), content in files.items():
            path = folders[name] / place
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, str):
                path.symlink_to(content)
            else:
                path.write_bytes(content)
        search = self.app.extensions["search"]
        search.index, search.synonyms = Index(folders["index"]), SynonymTable()

    def next_way(self, scene: str, args: Any, kwargs: Any) -> Way | None:
        """Return the way that a scene leads on, None where nothing may be kept."""
        if self.way is None or self.config != self.app.config or self.mark != self.seen():
            return None
        if db.session.info.get("in_action") or clock._standing or has_request_context():
            return None
        passed = (clock.now() - self.moment) // timedelta(seconds=5)
        try:
            call = stood_for(args), stood_for(kwargs)
        except NotKept:
            return None
        return (self.way, scene, call, passed, clock.today(), language())

    def play(self, scene: Callable[P, R], name: str, args: Any, kwargs: Any) -> R:
        """Put back what a scene once led to, or play it and keep where it led."""
        way = self.next_way(name, args, kwargs)
        if way is not None and (outcome := self.kept.get(way)) and self.put_back(outcome, args):
            self.kept.move_to_end(way)
            found: R = restored(outcome.returned, args)
            return found
        before, started = self.mark, time.perf_counter()
        result = scene(*args, **kwargs)
        if way is not None:
            took = time.perf_counter() - started
            self.look(way, before, result, args, took > WORTH_KEEPING)
        return result

    def look(self, way: Way, before: Any, result: Any, args: Any, is_worth_it: bool) -> None:
        """Note where a scene led, and keep it when that was costly."""
        seen = self.seen()
        if seen == before:
            return  # it only read
        reached = self.way if seen == self.mark and self.way is not None else way
        try:
            returned = kept_as(result, args)
        except NotKept:
            self.arrive(None)
            return
        pages = self.fresh.changed() if is_worth_it else None
        self.arrive(reached)
        if pages is not None:
            jars = [Jar(dict(each.client._cookies), answer_of(each)) for each in browsers(args)]
            self.keep(way, Outcome(reached, pages, self.files(), clock.now(), returned, jars))

    def keep(self, way: Way, outcome: Outcome) -> None:
        self.kept[way] = outcome
        self.room -= outcome.size
        while self.room < 0:
            _way, oldest = self.kept.popitem(last=False)
            self.room += oldest.size

    def put_back(self, outcome: Outcome, args: Any) -> bool:
        """Put everything where a scene left it; not while somebody else reads the database."""
        db.session.rollback()
        if db.engine.pool.checkedout():  # type: ignore[attr-defined]
            return False
        self.app.extensions["readers"].close()
        db.engine.dispose()
        self.fresh.restore(outcome.pages)
        kept_counts.forget()
        self.put_files(outcome.files)
        for each, jar in zip(browsers(args), outcome.jars, strict=True):
            each.client._cookies = dict(jar.cookies)
            if jar.response is not None:
                each.response = jar.response
        if clock.now() < outcome.moment:
            clock.set_clock(outcome.moment.isoformat(), str(clock.city_zone()))
        self.arrive(outcome.way)
        return True


stage: Stage | None = None


def scene(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function that builds what tests begin with a scene."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def played(*args: P.args, **kwargs: P.kwargs) -> R:
        if stage is None:
            return function(*args, **kwargs)
        return stage.play(function, name, args, kwargs)

    return played


def language() -> str:
    """Return the language in use; asking Flask-Babel would settle it for the whole context."""
    chosen = getattr(g.get("_flask_babel"), "babel_locale", None)
    return str(chosen or LANGUAGE)


def browsers(args: Any) -> list[Any]:
    """Return the people at browsers among the arguments."""
    return [each for each in args if hasattr(each, "client")]


def answer_of(browser: Any) -> TestResponse | None:
    return getattr(browser, "response", None)
