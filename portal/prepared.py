"""Statements prepared once, and connections to ask them on outside the session.

A public page asks a handful of statements that never change but for their values. The session's
way from statement to rows costs several times what the database takes to answer; here the text,
the order of the values and what becomes of each column are found out once.
"""

from __future__ import annotations

from collections import deque, namedtuple
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import ARRAY, JSON, Dialect, Engine, Select

MOST_TEXTS = 50  # of one statement: one for each length of the lists it is asked with
Process = Callable[[Any], Any]
Statement = Select[*tuple[Any, ...]]


class Slot(NamedTuple):
    """Where a value belongs: its place among those of the text, the name it is given under,
    where in the list of that name (None for a single value), and what the driver wants of it."""

    place: Any
    name: str
    at: int | None
    process: Process | None


class Text(NamedTuple):
    """A statement as the driver takes it: `values` holds those that are always the same."""

    sql: str
    values: Any
    slots: Sequence[Slot]


class Reading(NamedTuple):
    """How an answer is read: what makes a row of its values, and which of these are changed."""

    make: Callable[[Any], Any]
    processes: Sequence[tuple[int, Process]]


class Prepared:
    """A statement whose open values are given by name each time it is asked.

    Rows are named tuples. Those read `by_name` are tuples of the driver's own values, as quickly
    read and compared as can be; each becomes ours when it is asked for by its name: lists show what
    was drawn before, and seldom ask. They are keys, so a column that one of the databases answers
    with a list raises TypeError.
    """

    def __init__(self, statement: Statement, *, by_name: bool = False) -> None:
        for column in statement.selected_columns if by_name else ():
            if isinstance(column.type, (JSON, ARRAY)):
                raise TypeError(f"{column} is a list in some databases: select it as text")
        self.statement, self.by_name = statement, by_name
        self._of: dict[str, _Compiled] = {}

    def ask(self, cursor: Any, dialect: Dialect, values: Mapping[str, Any]) -> list[Any]:
        """Return the rows. Raises what the driver raises, KeyError for a value that is missing."""
        compiled = self._of.get(dialect.name)
        if compiled is None:
            compiled = self._of[dialect.name] = _Compiled(self.statement, dialect, self.by_name)
        return compiled.ask(cursor, values)


class _Compiled:
    """A statement in the words of one kind of database."""

    def __init__(self, statement: Statement, dialect: Dialect, by_name: bool) -> None:
        self.dialect, self.by_name = dialect, by_name
        self.columns = list(statement.selected_columns)
        self.compiled: Any = statement.compile(dialect=dialect)
        self.open = {name for name, one in self.compiled.binds.items() if one.required}
        self.lists = [name for name in self.open if self.compiled.binds[name].expanding]
        self.texts: dict[tuple[int, ...], Text] = {}
        self.reading: Reading | None = None  # known with the first answer

    def ask(self, cursor: Any, values: Mapping[str, Any]) -> list[Any]:
        """Return the rows for these values."""
        text = self.text(tuple([len(values[name]) for name in self.lists]))
        given = text.values.copy()
        for place, name, at, process in text.slots:
            value = values[name] if at is None else values[name][at]
            given[place] = processed(value, process)
        cursor.execute(text.sql, given)
        return self.rows(cursor)

    def text(self, lengths: tuple[int, ...]) -> Text:
        """Return the statement's text for lists of these lengths."""
        found = self.texts.get(lengths)
        if found is None:
            if len(self.texts) >= MOST_TEXTS:
                self.texts.clear()
            found = self.texts[lengths] = self.written(dict(zip(self.lists, lengths, strict=True)))
        return found

    def written(self, lengths: Mapping[str, int]) -> Text:
        """Write the statement out, with a place for each value of each list."""
        empty = {name: [None] * length for name, length in lengths.items()}
        state = self.compiled.construct_expanded_state({**self.compiled.params, **empty})
        sources: dict[str, tuple[str, int | None]] = {name: (name, None) for name in self.open}
        for name in self.lists:
            names = state.parameter_expansion.get(name, ())
            sources |= {each: (name, at) for at, each in enumerate(names)}
        names = state.positiontup if self.compiled.positional else list(state.parameters)
        places = range(len(names)) if self.compiled.positional else names
        processes = {**self.processes_of_single_values(), **state.processors}
        slots = [
            Slot(place, *sources[name], processes.get(name))
            for place, name in zip(places, names, strict=True)
            if name in sources
        ]
        given = [
            None if name in sources else own(state.parameters[name], processes.get(name))
            for name in names
        ]
        values = given if self.compiled.positional else dict(zip(names, given, strict=True))
        return Text(state.statement, values, slots)

    def processes_of_single_values(self) -> dict[str, Process | None]:
        """Return what the driver wants of each value that is no list, by name."""
        return {
            name: one.type.dialect_impl(self.dialect).bind_processor(self.dialect)
            for name, one in self.compiled.binds.items()
        }

    def rows(self, cursor: Any) -> list[Any]:
        """Read the answer: column by column where the driver's values are not yet ours."""
        rows = cursor.fetchall()
        if not rows:
            return []
        if self.reading is None:
            self.reading = self.read_as(cursor.description)
        make, processes = self.reading
        if processes:
            columns: list[Any] = list(zip(*rows, strict=True))
            for place, process in processes:
                columns[place] = map(process, columns[place])
            rows = zip(*columns, strict=True)
        return list(map(make, rows))

    def read_as(self, description: Sequence[Any]) -> Reading:
        """Return how rows of such columns are read."""
        names = [str(column.key) for column in self.columns]
        row: Any = namedtuple("Row", names)  # type: ignore[misc]
        processes: list[tuple[int, Process]] = []
        for place, (column, said) in enumerate(zip(self.columns, description, strict=True)):
            kind = column.type.dialect_impl(self.dialect)
            process = kind.result_processor(self.dialect, said[1])
            if process is not None:
                processes.append((place, process))
        if self.by_name:
            ours = {names[place]: value_at(place, process) for place, process in processes}
            row_by_name: Any = type("Row", (row,), {"__slots__": (), **ours})
            return Reading(partial(tuple.__new__, row_by_name), [])
        return Reading(partial(tuple.__new__, row), processes)


def value_at(place: int, process: Process) -> property:
    """Return what reads one value of a row of the driver's values as ours."""
    return property(lambda row: process(row[place]))


def processed(value: Any, process: Process | None) -> Any:
    """Return a value as the driver wants it."""
    return value if process is None else process(value)


def own(value: Any, process: Process | None) -> Any:
    """Return a value that is part of a statement: a plain one, since drivers take longer over
    members of an enumeration."""
    return processed(value.value if isinstance(value, Enum) else value, process)


class Readers:
    """Connections outside the pool that only read, each lent to one request at a time. No
    transaction outlives the loan."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._free: deque[Any] = deque()

    def take(self) -> Any:
        """Return the cursor of a free connection, of a new one where none is."""
        try:
            return self._free.pop()
        except IndexError:
            return self._connect().cursor()

    def give(self, cursor: Any) -> None:
        """Take a cursor back whose answers were read to the end, and end what it had begun."""
        cursor.connection.rollback()
        self._free.append(cursor)

    def drop(self, cursor: Any) -> None:
        """Close a connection that failed, and those that wait: they are as old as it."""
        cursor.connection.close()
        self.close()

    def close(self) -> None:
        """Close the connections that wait; the next question opens another."""
        while self._free:
            self._free.pop().connection.close()

    def _connect(self) -> Any:
        pooled = self.engine.raw_connection()
        connection: Any = pooled.driver_connection
        pooled.detach()
        if self.engine.dialect.name == "postgresql":
            connection.autocommit = True
        return connection
