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


class Server:
    """The production server over a folder of data, on a port of its own."""

    def __init__(
        self, environ: dict[str, str], application: str = "wsgi:app", **settings: str
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
        self.process = start(self.environ, (*command[:-1], application))
        wait_for(self.port)
        self.body = b""
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def get(self, path: str, headers: dict[str, str] | None = None) -> http.client.HTTPResponse:
        """Ask for a page as somebody new, for searches are limited; its text is kept in `body`."""
        self.asked += 1
        origin = {"X-Forwarded-For": f"10.0.{self.asked // 250 % 250}.{self.asked % 250}"}
        self.connection.request("GET", path, headers=origin | (headers or {}))
        answer = self.connection.getresponse()
        self.body = answer.read()
        return answer

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
def serving(environ: dict[str, str], application: str = "wsgi:app", **how: str) -> Iterator[Server]:
    """Keep a server running."""
    server = Server(environ, application, **how)
    try:
        yield server
    finally:
        server.connection.close()
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
    server: Server, paths: Sequence[str], headers: dict[str, str] | None = None, times: int = 1
) -> float:
    """Return the CPU microseconds of one request, asking for every path so many times."""
    for path in paths[:20]:
        server.get(path, headers)
    before = server.spent()
    for _ in range(times):
        for path in paths:
            server.get(path, headers)
    return (server.spent() - before) / (len(paths) * times)
