"""The engine's files: segments, the swap of a link, damage, crashes, a full disk."""

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from whoosh.writing import SegmentWriter

from portal.search.documents import Deletion, Document
from portal.search.errors import IndexUnavailable
from portal.search.whoosh_engine import index as index_module
from portal.search.whoosh_engine.index import Index
from tests.search.conftest import CITY, LITHIUM, search


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """The small city, built in a folder."""
    index = Index(tmp_path / "search")
    index.rebuild(CITY)
    return index


def test_rebuild_leaves_readers_the_files_they_have_open(index):
    reader = Index(index.folder)
    before = reader.snapshot()
    assert search(reader, "泡菜").total == 1

    assert index.rebuild([LITHIUM]) == 1

    assert before.postings("title", "锂").docs.tolist() == [0]  # the old files are still open
    reader.refresh()
    assert search(reader, "泡菜").total == 0
    assert search(reader, "锂").total == 1
    assert [path.name for path in index.folder.glob("build-*")] == ["build-2"]


def test_folder_is_private(index):
    assert stat.S_IMODE(index.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((index.folder / "current").stat().st_mode) == 0o700


def test_index_of_another_version_is_unavailable_until_rebuilt(index):
    (index.folder / "current" / "STAMP").write_text("0/old", encoding="utf-8")
    reader = Index(index.folder)

    with pytest.raises(IndexUnavailable, match="version 0/old"):
        reader.snapshot()
    with pytest.raises(IndexUnavailable, match="version 0/old"):
        index.apply([LITHIUM])
    index.rebuild(CITY)
    assert search(reader, "泡菜").total == 1


# The engine itself leaves a damaged file open when it gives up reading it.
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.parametrize("suffix", [".toc", ".tokens", ".ends", ".docs", ".mentions", ".col"])
@pytest.mark.parametrize("left", [0, 40])
def test_damaged_files_are_unavailable_never_another_error(index, suffix, left):
    for file in (index.folder / "current").glob(f"*{suffix}"):
        os.truncate(file, left)
    reader = Index(index.folder)

    with pytest.raises(IndexUnavailable):
        search(reader, "储能")
    index.rebuild(CITY)
    assert search(reader, "储能").total == 2


def test_second_writer_is_told_to_wait(index, monkeypatch):
    monkeypatch.setattr(index_module, "WAIT_FOR_WRITER", 0.1)
    with index._writing(), pytest.raises(IndexUnavailable, match="another process"):
        Index(index.folder).apply([LITHIUM])

    assert Index(index.folder).apply([LITHIUM]) == 1


def test_full_disk_changes_nothing_and_the_next_change_succeeds(index, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(SegmentWriter, "_commit_toc", full)
        with pytest.raises(IndexUnavailable, match="No space left"):
            index.apply([Deletion(LITHIUM.key)])
    index.refresh()

    assert search(index, "锂源").total == 1
    assert index.apply([Deletion(LITHIUM.key)]) == 1
    assert index.refresh().count == len(CITY) - 1


WRITER = """
import sys
from pathlib import Path
from portal.search.documents import Document
from portal.search.whoosh_engine.index import Index
index = Index(Path(sys.argv[1]))
for n in range(10_000):
    index.apply([Document("enterprise", 1000 + n % 7, f"第{n}轮核电试验")])
    print(n, flush=True)
"""


@pytest.mark.parametrize("more", [0.0, 0.013, 0.031])
def test_killed_writer_leaves_a_readable_index(index, more):
    """`more`: seconds after a commit at which the writer dies in the middle of the next."""
    script = [sys.executable, "-c", WRITER, str(index.folder)]
    with subprocess.Popen(
        script, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    ) as writer:
        assert writer.stdout is not None
        for _ in range(8):
            last = int(writer.stdout.readline())
        time.sleep(more)
        writer.send_signal(signal.SIGKILL)
        last = max([last, *map(int, writer.stdout.read().split())])
    index.refresh()

    assert search(index, "核电试验").total == 7  # none lost, none twice
    assert search(index, f"第{last}轮").total == 1
    assert index.apply([LITHIUM]) == 1
    index.refresh()
    assert search(index, "锂源").total == 1


def test_what_outgrows_the_memory_of_a_rebuild_is_found_all_the_same(index, monkeypatch):
    wanted = ("储能", "泡菜", "chuneng", "91511402", "公司")
    before = {text: search(index, text) for text in wanted}

    monkeypatch.setattr(index_module, "BUILD_MEMORY", 0)  # everything is written down at once
    index.rebuild(CITY)
    index.refresh()

    assert {text: search(index, text) for text in wanted} == before
    assert not list(index.folder.rglob("*.run"))


def test_merging_segments_keeps_what_is_alive_and_drops_the_rest(index):
    for number in range(40):
        index.apply([Document("enterprise", 900 + number % 9, f"第{number}轮核电试验")])
    index.refresh()

    assert search(index, "核电试验").total == 9
    assert [search(index, f"第{n}轮").total for n in (30, 31, 39)] == [0, 1, 1]
    assert index.stats().segments < 12
