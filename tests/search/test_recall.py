"""What people type finds what they mean."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.search.analysis import compact
from portal.search.documents import Document
from portal.search.terms import Reason, Stage
from tests.search.conftest import CITY, LITHIUM, keys, search


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7])
@pytest.mark.parametrize("document", CITY, ids=lambda document: document.key)
def test_any_part_of_a_name_finds_it(find, document, size):
    name = compact(document.title)
    for start in range(len(name) - size + 1):
        part = name[start : start + size]
        assert document.key in keys(find(part, public_releases=frozenset({7}))), part


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("储能", "enterprise:2"),
        ("锂", "enterprise:1"),
        ("瞪羚", "enterprise:1"),
        ("银浆", "entry:1"),
        ("浆", "entry:1"),
        ("5g", "enterprise:2"),
        ("５Ｇ", "enterprise:2"),
        ("四川锂源新能源", "enterprise:1"),
        ("四川锂源新能源科技有限公司(示例)", "enterprise:1"),
        ("锂源 东坡", "enterprise:1"),
        ("东坡，正极材料", "enterprise:1"),
        ("东坡的泡菜", "enterprise:3"),
        ("东坡锂源电池材料厂", "enterprise:1"),
        ("鋰源新能源", "enterprise:1"),
        ("ＬＩＴＨＩＵＭ", "enterprise:1"),
        ("lithium energy", "enterprise:1"),
        ("91511402MA62K0AA1X", "enterprise:1"),
        ("９１５１１４０２ｍａ６２", "enterprise:1"),
        ("MS-JH-2025-03-012", "entry:1"),
        ("ms jh 2025 03 012", "entry:1"),
        ("MS—JH—2025", "entry:1"),
        ("2025-03-012", "entry:1"),
        ("高企", "enterprise:1"),
        ("高企 锂", "enterprise:1"),
        ("东坡高企", "enterprise:1"),
        ("太阳能组件", "entry:1"),
        ("PV", "entry:1"),
    ],
)
def test_strict_query_finds_it_first(find, text, key):
    results = find(text)

    assert keys(results)[0] == key
    assert results.hits[0].stage is Stage.STRICT


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("liyuan", "enterprise:1"),
        ("LiYuan", "enterprise:1"),
        ("li yuan", "enterprise:1"),
        ("sichuanliyuanxinnengyuan", "enterprise:1"),
        ("sclyxny", "enterprise:1"),
        ("lyxny", "enterprise:1"),
        ("锂源 xny", "enterprise:1"),
        ("paocai", "enterprise:3"),
        ("dply", "enterprise:1"),
        ("liyuanxny", "enterprise:1"),
        ("sclyxinneng", "enterprise:1"),
        ("msdongpopc", "enterprise:3"),
    ],
)
def test_pinyin_and_initials_say_that_they_are(find, text, key):
    results = find(text)

    assert results.stage is Stage.PINYIN
    assert keys(results)[0] == key
    assert results.hits[0].stage is Stage.PINYIN


@pytest.mark.parametrize(
    "text",
    [
        "四川锂原新能源",
        "四川源新能源科技",
        "四川锂源新能原科技有限公司",
        "里源",
        "锂园新能源",
        "锂源科技新能",
    ],
)
def test_near_match_stands_apart_and_is_not_counted(find, text):
    results = find(text)

    if results.total:  # the same characters in another order are found strictly
        assert keys(results) == [LITHIUM.key]
        return
    assert results.near[0].key == LITHIUM.key
    assert results.near[0].stage is Stage.RELAXED
    assert results.hits == ()
    assert results.counts_by_kind == {}


def test_near_names_stand_below_hits_that_hold_the_characters_apart(index):
    apart = [
        Document("enterprise", 20 + n, f"{name}有限公司", body="大型储能装备")
        for n, name in enumerate(["岷华软件", "岷岭陶瓷", "寿岷电子"])
    ]
    index.apply([*apart, Document("enterprise", 30, "岷江储能有限公司")])
    index.open()

    found = search(index, "岷大储能")  # a wrong character, each found somewhere

    assert sorted(keys(found)) == [document.key for document in apart]
    assert [(hit.key, hit.stage) for hit in found.near] == [("enterprise:30", Stage.RELAXED)]
    assert search(index, "岷大储能", facets={"district": {"dongpo"}}).near == ()
    assert search(index, "岷 大 储能").near == ()  # words that nobody put together
    assert search(index, "岷江储能").near == ()


def test_no_near_names_below_hits_that_hold_the_text_as_it_stands(index):
    index.apply(
        [
            Document("entry", 40 + n, f"选料{n}", body="本厂采购岷大储能站所需的料。")
            for n in range(3)
        ]
        + [Document("enterprise", 30, "岷江储能有限公司")]
    )
    index.open()

    found = search(index, "岷大储能")

    assert (found.total, found.near) == (3, ())


@pytest.mark.parametrize(
    "text", ["汽车", "火锅", "天府软件园", "zzzz", "mes", "liyuanzz", "99887766"]
)
def test_what_is_not_there_is_not_found(find, text):
    results = find(text)

    assert results.total == (1 if text == "汽车" else 0)
    assert results.near == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        (" \t　", Reason.EMPTY),
        ("。！？…—()[]*", Reason.EMPTY),
        ("\x00\x01\x7f", Reason.EMPTY),
        ("\ud800\udfff", Reason.EMPTY),
        ("\u200b\ufeff", Reason.EMPTY),
        ("储" * 10_000, Reason.TOO_LONG),
    ],
)
def test_nothing_to_search_for_says_why(find, text, reason):
    results = find(text)

    assert (results.reason, results.total, results.hits) == (reason, 0, ())


@pytest.mark.parametrize(
    "text",
    [
        "储\x00能",
        "储\ud800能",
        "(((((",
        "a" * 200,
        "[储能",
        "储能 OR *",
        "ﷺ" * 190,
        "\U0002a6d6",
        "の",
        "0" * 200,
    ],
)
def test_odd_queries_never_raise(find, text):
    assert find(text, page=0, size=0).total >= 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(), max_size=40))
def test_any_text_has_an_answer(find, text):
    assert find(text).total >= 0


def test_whole_name_and_whole_code_come_first(find):
    assert keys(find("眉山东坡泡菜智慧工厂有限公司（示例）"))[0] == "enterprise:3"
    assert keys(find("锂"))[0] == "enterprise:1"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("旧银浆拆解", "entry:1"),  # all words but one
        ("抽水 发电 电站", "enterprise:1"),
        ("拆解 火锅", None),  # one of two words is not most of them
        ("火锅 底料 银浆", None),
    ],
)
def test_a_text_that_holds_most_of_the_words_stands_apart_and_says_so(find, text, key):
    results = find(text)

    assert (results.total, results.facet_counts.get("section", {})) == (0, {})
    assert [hit.key for hit in results.near] == ([key] if key else [])
    assert {hit.stage for hit in results.near} <= {Stage.PARTIAL}


def test_the_parts_of_a_word_are_looked_for_when_nothing_holds_the_whole(index):
    index.apply([Document("entry", 9, "拆解试点", body="废旧物资里的电池如何处理。")])
    index.open()

    results = search(index, "废旧电池")

    assert results.total == 0
    assert [(hit.key, hit.stage) for hit in results.near] == [("entry:9", Stage.PARTIAL)]


def test_what_most_words_are_found_in_obeys_filters_exclusions_and_releases(find):
    assert [hit.key for hit in find("旧银浆拆解", kind="entry").near] == ["entry:1"]
    assert find("旧银浆拆解", kind="enterprise").near == ()
    assert find("旧银浆拆解 -太阳能").near == ()
    embargoed = "锂电池 热失控 演习"
    assert find(embargoed).near == ()
    assert [hit.key for hit in find(embargoed, public_releases=frozenset({7})).near] == ["entry:2"]
