"""The production server over a folder of data, with the CPU and memory of its processes (Linux)."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.running import free_port, kill, start, wait_for
from config import load_config
from portal.cli.supervisor import web_command

AT_ONCE = 8  # requests under way together
WARM = 40  # requests before it is measured: each thread of the server has answered some


class Server:
    """The production server over a folder of data, on a port of its own."""

    def __init__(
        self,
        environ: dict[str, str],
        application: str = "wsgi:app",
        options: Sequence[str] = (),
        **settings: str,
    ) -> None:
        self.port = free_port()
        self.environ = environ | {
            "PORT": str(self.port),
            "WEB_WORKERS": "1",
            "TRUSTED_PROXIES": "1",
        }
        self.environ |= settings
        self.asked = 0
        command = web_command(load_config(self.environ))
        self.process = start(self.environ, (*command[:-1], *options, application))
        wait_for(self.port)
        self.body = b""
        self.connections = self.fresh_connections(AT_ONCE)

    def fresh_connections(self, count: int) -> list[http.client.HTTPConnection]:
        """Return connections for requests under way together."""
        address = "127.0.0.1", self.port
        return [http.client.HTTPConnection(*address, timeout=120) for _ in range(count)]

    def get(self, path: str, headers: dict[str, str] | None = None) -> http.client.HTTPResponse:
        """Ask for a page; its text is kept in `body`."""
        self.send(self.connections[0], path, headers)
        answer = self.connections[0].getresponse()
        self.body = answer.read()
        return answer

    def get_all(
        self,
        paths: Sequence[str],
        headers: dict[str, str] | None = None,
        connections: Sequence[http.client.HTTPConnection] | None = None,
    ) -> None:
        """Ask for pages, one on each connection together, as they are asked for on a busy day."""
        used = connections or self.connections
        at_once = len(used)
        for first in range(0, len(paths), at_once):
            pairs = list(zip(used, paths[first : first + at_once], strict=False))
            for connection, path in pairs:
                self.send(connection, path, headers)
            for connection, path in pairs:
                answer = connection.getresponse()
                answer.read()
                assert answer.status < 400, (path, answer.status)

    def send(
        self, connection: http.client.HTTPConnection, path: str, headers: dict[str, str] | None
    ) -> None:
        """Send one request as somebody new, for searches are limited."""
        self.asked += 1
        origin = {"X-Forwarded-For": f"10.0.{self.asked // 250 % 250}.{self.asked % 250}"}
        connection.request("GET", path, headers=origin | (headers or {}))

    def close(self) -> None:
        """Close the connections; the next requests open others."""
        for connection in self.connections:
            connection.close()

    def pids(self) -> list[int]:
        """Return the processes of the server."""
        return [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc")))
                if group_of(pid) == self.process.pid]  # fmt: skip

    def spent(self) -> float:
        """Return the CPU microseconds its processes have used."""
        return sum(ran(pid) for pid in self.pids())

    def memory(self) -> float:
        """Return the memory of its processes, shared pages divided among those who share, in MB."""
        return sum(pss_of(pid) for pid in self.pids()) / 1024


@contextmanager
def serving(
    environ: dict[str, str],
    application: str = "wsgi:app",
    options: Sequence[str] = (),
    **settings: str,
) -> Iterator[Server]:
    """Keep a server running; `options` come after those of production and win over them."""
    server = Server(environ, application, options, **settings)
    try:
        yield server
    finally:
        server.close()
        kill(server.process)


def stat_of(pid: int) -> list[str]:
    """Return the fields of /proc/PID/stat after the name, [] for a process that is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def group_of(pid: int) -> int:
    found = stat_of(pid)
    return int(found[2]) if found else 0


def ran(pid: int) -> float:
    """Return the CPU microseconds the threads of a process have used, finer than its ticks."""
    spent = 0
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            spent += int((thread / "schedstat").read_text().split()[0])
    return spent / 1000


def pss_of(pid: int) -> int:
    found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
    return int(found[1]) if found else 0


def cost(
    server: Server,
    paths: Sequence[str],
    headers: dict[str, str] | None = None,
    times: int = 1,
    at_once: int = 1,
) -> float:
    """Return the CPU microseconds of one request, asking for every path so many times, one after
    the other or several under way together."""
    asked, connections = list(paths) * times, server.connections[:at_once]
    server.get_all(asked[: max(WARM, len(paths))], headers)
    before = server.spent()
    server.get_all(asked, headers, connections)
    return (server.spent() - before) / len(asked)
