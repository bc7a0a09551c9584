"""Members upload evidence while the web server is killed again and again with SIGKILL.

    python -m benchmarks.interrupted_uploads [--kills 8] [--clients 6]

Every answered upload must be there, whole; a row without its bytes must not exist; what a killed
upload left on disk is swept after a day (here: at once, by setting the files' age).
"""

from __future__ import annotations

import argparse
import http.client
import random
import signal
import threading
import time
from collections import Counter

from benchmarks.registrations import PASSWORD, PEOPLE
from benchmarks.running import Running, kill, run_python, running
from benchmarks.visitor import TOKEN, Visitor

SIZES = (2_000, 300_000, 4_000_000)
BOUNDARY = "portal-measured"
CHECK = """
import hashlib, os, time
from pathlib import Path
from sqlalchemy import select
from portal import audit, create_app, files
from portal.extensions import db
app = create_app()
with app.app_context():
    folder = Path(app.config["FILES"])
    rows = db.session.scalars(select(files.StoredFile)).all()
    paths = [files.path_of(folder, row.name) for row in rows]
    whole = sum(
        path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == row.digest
        for row, path in zip(rows, paths)
    )
    left = [path for path in folder.rglob("*") if path.is_file() and path not in set(paths)]
    for path in left:
        os.utime(path, (time.time() - 90_000,) * 2)
    swept = files.sweep(folder)
    after = sum(path.is_file() for path in folder.rglob("*"))
    chain = "whole" if audit.verify() is None else "broken"
    print(len(rows), whole, len(left), swept, after, chain)
"""


class Uploader(threading.Thread):
    """One member who uploads file after file, trying again when the server is away."""

    def __init__(self, portal: Running, number: int, until: threading.Event) -> None:
        super().__init__()
        self.portal, self.number, self.until = portal, number, until
        self.answers: Counter[str] = Counter()
        self.visitor = Visitor(portal.port)
        self.chance = random.Random(number)

    def run(self) -> None:
        self.visitor.sign_in(f"member-{self.number}@example.com", PASSWORD)
        self.visitor.get("/my/enterprises/new")
        base = self.visitor.send("/my/enterprises/start").location.partition("/steps/")[0]
        while not self.until.is_set():
            try:
                self.upload(f"{base}/evidence")
            except (OSError, http.client.HTTPException):
                self.answers["lost"] += 1
                time.sleep(0.3)

    def upload(self, path: str) -> None:
        """Send one file with the token of the page."""
        page = self.visitor.get(path)
        token = TOKEN.search(page.text)
        if token is None:
            self.answers[f"page {page.status}"] += 1
            time.sleep(0.3)
            return
        content = b"%PDF-1.4\n" + self.chance.randbytes(self.chance.choice(SIZES))
        fields = {"csrf_token": token.group(1), "purpose": "name"}
        body = multipart(fields, content)
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        answer = self.visitor.ask("POST", f"{path}/add", body, kind)
        self.answers["kept" if answer.status == 303 else str(answer.status)] += 1


def multipart(fields: dict[str, str], content: bytes) -> bytes:
    """Return a form with one file as a browser sends it."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="proof"; filename="a.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    return b"".join([*parts, head.encode(), content, f"\r\n--{BOUNDARY}--\r\n".encode()])


def main() -> None:
    """Upload, kill, restart, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=8)
    parser.add_argument("--clients", type=int, default=6)
    asked = parser.parse_args()
    with running() as portal:
        run_python(portal.environ, PEOPLE.format(count=asked.clients, password=PASSWORD))
        done = threading.Event()
        people = [Uploader(portal, n, done) for n in range(asked.clients)]
        for one in people:
            one.start()
        for _ in range(asked.kills):
            time.sleep(random.uniform(2, 4))
            kill(portal.web, signal.SIGKILL)
            portal.restart_web()
        time.sleep(2)
        done.set()
        for one in people:
            one.join()
        answers = sum((one.answers for one in people), Counter[str]())
        print(f"{asked.kills} kills, {asked.clients} members; answers {dict(answers)}")
        rows, whole, left, swept, after, chain = run_python(portal.environ, CHECK).split()
        print(f"  rows {rows}, of them whole {whole}; files without a row {left}, swept {swept},")
        print(f"  files afterwards {after}; trail {chain}")


if __name__ == "__main__":
    main()
