"""Signs in a query: quotes, a minus, where to look; what does not add up is text."""

import pytest

from portal.search.documents import Document
from portal.search.parsing import parse
from portal.search.terms import Field, Note
from tests.search.conftest import keys, search


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"锂源新能源"', ["enterprise:1"]),
        ("“锂源新能源”", ["enterprise:1"]),
        ("「锂源新能源」", ["enterprise:1"]),
        ("＂锂源新能源＂", ["enterprise:1"]),
        ('"新能源锂源"', []),
        ('"抽水储能电站"', ["enterprise:1"]),
        ('"储能抽水"', []),
        ('"lithium source"', ["enterprise:1"]),
        ('"source lithium"', []),
        ('"ithium"', []),
        ('"5G基站"', ["enterprise:2"]),
        ('"组件拆解"', ["entry:1"]),
        ('"四川锂源新能源科技有限公司(示例)"', ["enterprise:1"]),
        ('"储能" "电站"', ["enterprise:1"]),
        ("储能 -电站", ["enterprise:2"]),
        ("储能 －电站", ["enterprise:2"]),
        ('储能 -"储能电站"', ["enterprise:2"]),
        ("东坡 -锂源 -光伏", ["enterprise:3"]),
        ("高企 -高新技术企业", []),
        ("名称:储能", ["enterprise:2"]),
        ("名称：储能", ["enterprise:2"]),
        ("NAME: 储能", ["enterprise:2"]),
        ("名称:东坡 -名称:泡菜", ["enterprise:1"]),
        ("产品:磷酸铁锂", ["enterprise:1"]),
        ("product:正极材料", ["enterprise:1"]),
        ("产品:抽水", []),
        ("产品:储能", []),
        ('产品:"磷酸铁锂"', ["enterprise:1"]),
        ('名称:"磷酸铁锂"', []),
        ("代码:91511402", ["enterprise:1"]),
        ("code:ms-jh-2025", ["entry:1"]),
        ("代码:9151", ["enterprise:2", "enterprise:1"]),
        ("名称:liyuan", ["enterprise:1"]),
    ],
)
def test_signs_say_what_is_meant(find, text, found):
    assert keys(find(text)) == found


@pytest.mark.parametrize(
    ("text", "same", "note"),
    [
        ('"锂源 电池', "锂源 电池", Note.OPEN_QUOTE),
        ("“储能", "储能", Note.OPEN_QUOTE),
        ("名称:", "名称", Note.EMPTY_FIELD),
        ('名称:""', "名称", Note.EMPTY_FIELD),
        ("-储能", "储能", Note.ONLY_EXCLUDED),
    ],
)
def test_what_does_not_add_up_is_text_and_said_so(find, text, same, note):
    assert find(text).query.notes == (note,)
    assert keys(find(text)) == keys(find(same))


@pytest.mark.parametrize(
    "text", ["MS-JH-2025-03-012", "储能 - 电站", "--储能", "锂-离子", "标准:储能"]
)
def test_what_only_looks_like_a_sign_is_text_without_a_word(text):
    query = parse(text)

    assert (query.excluded, query.notes) == ((), ())
    assert all(chunk.is_plain for chunk in query.chunks)


def test_a_phrase_is_one_word_without_synonyms(find):
    (chunk,) = find('产品:"高企 名录"').query.chunks

    assert (chunk.text, chunk.field, chunk.is_phrase) == ("高企 名录", Field.PRODUCT, True)
    assert [word.others for word in chunk.words] == [()]


def test_phrases_see_each_commit(index):
    assert search(index, '"钠离子电芯"').total == 0
    index.apply([Document("enterprise", 9, "眉山钠电科技", products="钠离子电芯")])
    index.open()

    assert keys(search(index, '"钠离子电芯"')) == ["enterprise:9"]
    assert keys(search(index, '产品:"钠离子电芯"')) == ["enterprise:9"]


def test_near_matches_leave_out_what_is_excluded(find):
    assert keys_near(find("四川锂原新能源")) == ["enterprise:1"]
    assert keys_near(find("四川锂原新能源 -瞪羚")) == []


def keys_near(results):
    return [hit.key for hit in results.near]


@pytest.mark.parametrize(
    "text",
    [
        '"' * 200,
        "-" * 200,
        "-" + '"-' * 90,
        "名称:" * 60,
        "名称:-名称:",
        '-"" -',
        "“”「」",
        "代码:。",
        'a" b" c',
        "名称:“储能 -",
        "NOT (储能 OR 电站)~2^9 [a TO b] /x+/ *?",
    ],
)
def test_bombs_are_text(find, text):
    assert find(text).total >= 0
