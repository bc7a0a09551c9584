"""The index as every engine keeps it: changes, rebuilds, threads, comparison with the database."""

import threading
import time
from dataclasses import replace

import pytest

from portal.search.documents import Deletion, Document
from portal.search.errors import IndexUnavailable
from portal.search.indexer import apply_outbox, check
from portal.search.reader import LOOK_AGAIN
from portal.search.terms import Reason
from tests.search.conftest import CITY, LITHIUM, STORAGE, keys, search


def test_changes_replace_and_delete_without_doubles(index):
    renamed = replace(LITHIUM, title="四川新名科技有限公司（示例）")
    for _ in range(2):
        index.apply([LITHIUM, renamed, Deletion(STORAGE.key), Deletion("enterprise:999")])
    index.open()

    assert keys(search(index, "新名科技")) == [LITHIUM.key]
    assert search(index, "蜀能储能").total == 0
    assert index.stats().documents == len(CITY) - 1


def test_another_reader_sees_a_commit_within_a_second(index, place):
    reader = place()
    assert search(reader, "氢燃料").total == 0

    index.apply([Document("enterprise", 50, "氢燃料电堆有限公司（示例）")])
    time.sleep(LOOK_AGAIN + 0.1)

    assert search(reader, "氢燃料").total == 1


def test_many_small_commits_stay_right_and_few_segments(index):
    for ref in range(100, 160):
        index.apply(
            [
                Document("enterprise", ref, f"第{ref}号试验厂（示例）"),
                Deletion(f"enterprise:{ref - 5}"),
            ]
        )
        index.open()
        assert search(index, f"第{ref}号").total == 1

    assert search(index, "试验厂").total == 5
    assert index.stats().segments < 15
    assert len(index.digests()) == len(CITY) + 5
    assert not check(
        index,
        [*CITY, *(Document("enterprise", n, f"第{n}号试验厂（示例）") for n in range(155, 160))],
    ).keys


def test_failed_rebuild_leaves_the_live_build(index):
    def broken():
        yield LITHIUM
        raise ValueError("the database went away")

    with pytest.raises(ValueError, match="went away"):
        index.rebuild(broken())
    index.open()

    assert search(index, "泡菜").total == 1
    assert index.rebuild(CITY) == len(CITY)


def test_rebuild_swaps_under_an_open_reader(index, place):
    reader = place()
    assert search(reader, "泡菜").total == 1

    assert index.rebuild([LITHIUM]) == 1
    assert search(reader, "锂").total == 1, "what was swept away is not asked any more"
    reader.open()

    assert search(reader, "泡菜").total == 0
    assert search(reader, "锂").total == 1
    assert index.rebuild(CITY) == len(CITY)
    assert place().stats().documents == len(CITY)


def test_missing_index_is_one_clear_error(place):
    index = place()

    for do in (index.open, index.digests, index.stats, lambda: index.apply([LITHIUM])):
        with pytest.raises(IndexUnavailable, match="build it"):
            do()
    with pytest.raises(IndexUnavailable, match="build it"):
        search(index, "储能")
    assert search(index, "！").reason == Reason.EMPTY


def test_a_document_of_odd_letters_and_of_enormous_length_is_kept(index):
    odd = Document(
        "policy", 7, "x" * 3000, body="\ud800\x00'\\|" + "长文" * 60_000, tags=("a'b\\c|2",)
    )
    assert index.apply([odd, LITHIUM]) == 2
    index.open()

    for text in ("b\\c|2", "长文", "a'b"):
        assert keys(search(index, text)) == ["policy:7"]
    assert search(index, "ﷺ" * 190).total == 0
    assert not check(index, [*CITY, odd]).keys


def test_threads_read_while_changes_come(index):
    failures: list[BaseException] = []
    stop = threading.Event()

    def read():
        while not stop.is_set():
            try:
                assert search(index, "储能").total == 2
                index.open()
                assert index.stats().documents >= len(CITY)
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
    index.open()

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
