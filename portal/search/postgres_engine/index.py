"""The index in PostgreSQL: one writer at a time, any number of readers on any number of machines.

Whatever a writer does is one transaction, a whole rebuild too, so that nothing of one that failed
or died is ever seen or left behind.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Engine, func, select, update
from sqlalchemy.exc import ProgrammingError

from portal.search.documents import Change, Document
from portal.search.engine import Stats
from portal.search.errors import IndexUnavailable, engine_errors
from portal.search.postgres_engine import writing
from portal.search.postgres_engine.snapshot import State, TableSnapshot
from portal.search.postgres_engine.tables import SCHEMA, VERSION, build_tables, live_table
from portal.search.reader import Reader

UNDEFINED_TABLE = "42P01"


class Index(Reader[TableSnapshot]):
    """The engine over the tables of a schema; one object per process, its methods safe in threads.
    Its transactions are its own, never those of the portal's session. `readers` is where questions
    are put when that is another server, a replica."""

    def __init__(self, engine: Engine, readers: Engine | None = None, schema: str = SCHEMA) -> None:
        super().__init__()
        self.schema = schema
        self._engine = engine
        asked = readers or engine
        self._single = asked.execution_options(isolation_level="AUTOCOMMIT")
        self._steady = asked.execution_options(isolation_level="REPEATABLE READ")

    # Reading

    def _latest(self, before: TableSnapshot | None) -> TableSnapshot:
        with engine_errors("reading the index"):
            with self._single.connect() as connection:
                if before is not None and before.state == self._state(connection):
                    return before
            with self._steady.connect() as connection:
                state = self._state(connection)
                known = before if before is not None and before.may_become(state) else None
                build = build_tables(self.schema, state.build)
                return TableSnapshot.read(self._single, connection, build, state, known)

    def digests(self) -> dict[str, int]:
        """The check figure of every living document by key. Raises `IndexUnavailable`."""
        with engine_errors("reading the index"), self._engine.connect() as connection:
            c = build_tables(self.schema, self._state(connection).build).documents.c
            living = select(c.key, c.digest).where(c.died.is_(None))
            return dict(connection.execute(living).all())

    def stats(self) -> Stats:
        """Figures of the live build. Raises `IndexUnavailable`."""
        with engine_errors("reading the index"), self._engine.connect() as connection:
            state = self._state(connection)
            build = build_tables(self.schema, state.build)
            dead = func.count(build.documents.c.died)
            sizes = [func.pg_total_relation_size(table.fullname) for table in build.tables]
            row = connection.execute(select(func.count() - dead, dead, sum(sizes[1:], sizes[0])))
            documents, deleted, size = row.one()
        return Stats(documents, deleted, 1, size, state.generation, build.name, VERSION)

    def _state(self, connection: Connection) -> State:
        """What is live. Raises `IndexUnavailable` unless it is our version."""
        try:
            row = connection.execute(select(live_table(self.schema))).one()
        except ProgrammingError as error:
            if getattr(error.orig, "sqlstate", "") != UNDEFINED_TABLE:
                raise
            raise IndexUnavailable("there is no search index: build it") from error
        if row.version != VERSION:
            raise IndexUnavailable(f"the search index is of version {row.version}, not {VERSION}")
        return State(row.build, row.generation, row.last_id, row.forgotten)

    # Writing

    def apply(self, changes: Iterable[Change]) -> int:
        """Put or delete documents in one commit and return how many; the last change of a key wins.

        What stands there already as it is stays untouched. Raises `IndexUnavailable` without having
        changed anything when there is no index to change or another writer is at work.
        """
        latest = {change.key: change for change in changes}
        if latest:
            with engine_errors("writing the index"), writing.alone(self._engine) as connection:
                self._change(connection, latest)
        return len(latest)

    def _change(self, connection: Connection, latest: Mapping[str, Change]) -> None:
        state = self._state(connection)
        build = build_tables(self.schema, state.build)
        held = writing.held(connection, build, latest)
        same = {
            key
            for key, (_, digest) in held.items()
            if isinstance(change := latest[key], Document) and change.digest == digest
        }
        gone = [number for key, (number, _) in held.items() if key not in same]
        new = [c for key, c in latest.items() if isinstance(c, Document) and key not in same]
        if not gone and not new:
            return
        generation, forgotten = state.generation + 1, state.forgotten
        writing.bury(connection, build, gone, generation)
        last_id = writing.add(connection, build, new, state.last_id)
        if generation % writing.LOOK_FOR_DEAD == 0:
            forgotten = writing.forget_dead(connection, build) or forgotten
        connection.execute(
            update(live_table(self.schema)).values(
                generation=generation, last_id=last_id, forgotten=forgotten
            )
        )

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Fill new tables beside the live ones, put them in their place and return their size.

        `documents` is read while no other writer can work, so that nothing committed meanwhile is
        missed: what changes during the reading is still in the outbox. Each key at most once.
        Raises what reading the documents raises; the live build is untouched then.
        """
        with writing.alone(self._engine) as connection:
            with engine_errors("making the tables of the index"):
                build = writing.new_build(connection, self.schema)
            count = writing.add(connection, build, documents, 0)
            with engine_errors("making the index live"):
                writing.make_ready(connection, build)
                writing.make_live(connection, build, count)
        return count
