"""The index on disk: changes, rebuilds, damage, crashes, threads."""

import errno
import os
import signal
import stat
import subprocess
import sys
import threading
import time
import weakref
from dataclasses import replace
from pathlib import Path

import pytest
from whoosh.writing import SegmentWriter

from portal.search.documents import Deletion, Document
from portal.search.errors import IndexUnavailable
from portal.search.indexer import apply_outbox, check
from portal.search.terms import Reason
from portal.search.whoosh_engine import index as index_module
from portal.search.whoosh_engine.index import Index
from tests.search.conftest import CITY, LITHIUM, STORAGE, keys, search


def test_changes_replace_and_delete_without_doubles(index):
    renamed = replace(LITHIUM, title="四川新名科技有限公司（示例）")
    for _ in range(2):
        index.apply([LITHIUM, renamed, Deletion(STORAGE.key), Deletion("enterprise:999")])
    index.refresh()

    assert keys(search(index, "新名科技")) == [LITHIUM.key]
    assert search(index, "蜀能储能").total == 0
    assert index.stats().documents == len(CITY) - 1


def test_another_reader_sees_a_commit_within_a_second(index):
    reader = Index(index.folder)
    assert search(reader, "氢燃料").total == 0

    index.apply([Document("enterprise", 50, "氢燃料电堆有限公司（示例）")])
    time.sleep(index_module.LOOK_AGAIN + 0.1)

    assert search(reader, "氢燃料").total == 1


def test_many_small_commits_stay_right_and_few_segments(index):
    for ref in range(100, 160):
        index.apply(
            [
                Document("enterprise", ref, f"第{ref}号试验厂（示例）"),
                Deletion(f"enterprise:{ref - 5}"),
            ]
        )
        index.refresh()
        assert search(index, f"第{ref}号").total == 1

    assert search(index, "试验厂").total == 5
    assert index.stats().segments < 15
    assert not check(
        index,
        [*CITY, *(Document("enterprise", n, f"第{n}号试验厂（示例）") for n in range(155, 160))],
    ).keys


def test_segments_are_looked_through_one_at_a_time(index, monkeypatch):
    """Each takes memory for its terms; two at once were the largest share of an import's."""
    monkeypatch.setattr(index_module, "OWN_SEGMENT", 1)
    for number in range(3):
        index.apply([replace(LITHIUM, ref=900 + number)])
    alive, most = weakref.WeakSet(), []

    class Counted(index_module.SegmentReader):
        def __init__(self, *given):
            most.append(len(alive))
            alive.add(self)
            super().__init__(*given)

    monkeypatch.setattr(index_module, "SegmentReader", Counted)
    index.apply([LITHIUM])

    assert len(most) >= 4
    assert set(most) == {0}


def test_rebuild_swaps_under_an_open_reader(index):
    reader = Index(index.folder)
    before = reader.snapshot()
    assert search(reader, "泡菜").total == 1

    assert index.rebuild([LITHIUM]) == 1

    assert before.postings("title", "锂").docs.tolist() == [0]  # the old files are still open
    reader.refresh()
    assert search(reader, "泡菜").total == 0
    assert search(reader, "锂").total == 1
    assert [path.name for path in index.folder.glob("build-*")] == ["build-2"]


def test_failed_rebuild_leaves_the_live_build(index):
    def broken():
        yield LITHIUM
        raise ValueError("the database went away")

    with pytest.raises(ValueError, match="went away"):
        index.rebuild(broken())
    index.refresh()

    assert search(index, "泡菜").total == 1
    assert index.rebuild(CITY) == len(CITY)


def test_folder_is_private(index):
    assert stat.S_IMODE(index.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((index.folder / "current").stat().st_mode) == 0o700


def test_missing_index_is_one_clear_error(tmp_path):
    index = Index(tmp_path / "nowhere")

    with pytest.raises(IndexUnavailable, match="build it"):
        index.open()
    with pytest.raises(IndexUnavailable, match="build it"):
        search(index, "储能")
    with pytest.raises(IndexUnavailable, match="build it"):
        index.apply([LITHIUM])
    assert search(index, "！").reason == Reason.EMPTY


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
@pytest.mark.parametrize("suffix", [".toc", ".seg"])
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


def test_threads_read_while_changes_come(index):
    failures: list[BaseException] = []
    stop = threading.Event()

    def read():
        while not stop.is_set():
            try:
                assert search(index, "储能").total == 2
                assert index.refresh().count >= len(CITY)
            except BaseException as error:  # handed to the test's own thread
                failures.append(error)
                return

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for n in range(8):
        index.apply([Document("entry", 500 + n, "氢能示范场景"), LITHIUM])
    stop.set()
    for reader in readers:
        reader.join()

    assert failures == []


def test_outbox_is_applied_once_per_key_and_again_without_harm(index):
    rows = {LITHIUM.key: replace(LITHIUM, body="固态电池"), STORAGE.key: None}
    asked: list[list[str]] = []

    def load(keys):
        asked.append(keys)
        return rows

    for _ in range(2):
        assert apply_outbox(index, load, [LITHIUM.key, STORAGE.key, LITHIUM.key, "entry:77"]) == 3
    index.refresh()

    assert asked == [[LITHIUM.key, STORAGE.key, "entry:77"]] * 2
    assert keys(search(index, "固态电池")) == [LITHIUM.key]
    assert index.stats().documents == len(CITY) - 1


def test_check_names_what_differs_and_repair_is_the_outbox(index):
    now = [replace(LITHIUM, tags=("独角兽",)), *CITY[2:], Document("policy", 1, "新经济规划")]
    differences = check(index, now)

    assert differences.missing == ("policy:1",)
    assert differences.stale == (LITHIUM.key,)
    assert differences.surplus == (STORAGE.key,)
    apply_outbox(index, lambda _: {document.key: document for document in now}, differences.keys)
    assert check(index, now).keys == ()
