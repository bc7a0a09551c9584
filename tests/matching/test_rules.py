"""What speaks for an enterprise and an opportunity, on both sides of the threshold."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal.matching.rules import Firm, Item, Match, Node, Opportunity, best, match, steps
from portal.matching.terms import Sign
from portal.matching.weighing import read_weights

CONTENT = yaml.safe_load((Path(__file__).parents[2] / "fixtures" / "matching.yaml").read_text())
WEIGHTS = read_weights(CONTENT)
CELL, PACK = Node(1, 9, "midstream"), Node(2, 9, "downstream")
SALT, OTHER_CHAIN = Node(3, 9, "upstream"), Node(4, 8, "downstream")
WANTED = Opportunity(
    1,
    text="需要工商业液冷储能一体柜和电池管理系统",
    words=frozenset({"需要", "工商业", "液冷", "储能", "电池", "管理", "系统"}),
    node=PACK,
    industry=11,
    pillar=21,
    titles=frozenset({"high_tech"}),
    district=31,
    zone=41,
)


def item(name: str, *words: str, **more: Any) -> Item:
    return Item(name, frozenset(words), **more)


def signs(firm: Firm, wanted: Opportunity = WANTED) -> list[Sign]:
    return [reason.sign for reason in match(firm, wanted, WEIGHTS)]


def test_a_place_and_a_kind_of_industry_alone_suggest_nothing() -> None:
    firm = Firm(
        1,
        industry=11,
        pillars=frozenset({21}),
        titles=frozenset({"high_tech"}),
        district=31,
        zone=41,
    )
    assert signs(firm) == []


@pytest.mark.parametrize(
    ("firm", "why"),
    [
        (Firm(1, node=PACK), [Sign.SAME_NODE]),
        (Firm(1, items=(item("电池包", "电池包", node=PACK),)), [Sign.SAME_NODE]),
        (Firm(1, items=(item("液冷储能一体柜", "液冷", "储能"),)), [Sign.WHOLE]),
        (Firm(1, items=(item("储能", "储能"), item("液冷板", "液冷", "板"))), []),
        (
            Firm(1, items=(item("储能", "储能"), item("液冷板", "液冷")), industry=11),
            [Sign.WORD, Sign.INDUSTRY],
        ),
        (Firm(1, node=CELL), []),
        (Firm(1, node=CELL, industry=11, zone=41), [Sign.NEXT_NODE, Sign.INDUSTRY, Sign.ZONE]),
        (Firm(1, node=SALT, industry=11, zone=41, district=31), []),
        (Firm(1, node=OTHER_CHAIN, industry=11, zone=41, district=31), []),
    ],
)
def test_suggested_is_what_shares_chain_or_words_enough(firm: Firm, why: list[Sign]) -> None:
    assert signs(firm) == why


def test_everyday_words_and_figures_say_nothing() -> None:
    wanted = Opportunity(
        1, text="需要2026年智能管理系统", words=frozenset({"2026", "智能", "系统"})
    )
    assert signs(Firm(1, items=(item("智能管理系统", "智能", "系统", "2026"),)), wanted) == []


def test_a_need_is_met_only_where_the_opportunity_offers_something() -> None:
    firm = Firm(1, items=(item("标准厂房", "标准", "厂房", is_need=True),), node=PACK)
    text = {"text": "可租标准厂房", "words": frozenset({"标准", "厂房"}), "node": PACK}
    assert signs(firm, Opportunity(1, **text)) == [Sign.SAME_NODE]  # it makes; its need is no sign
    (reason,) = match(firm, Opportunity(1, **text, asks=False, offers=True), WEIGHTS)
    assert (reason.sign, reason.is_need, reason.words) == (Sign.WHOLE, True, ("标准厂房",))


def test_upstream_and_downstream_are_told_apart() -> None:
    assert (steps(CELL, SALT), steps(CELL, PACK), steps(SALT, PACK)) == (-1, 1, 0)
    assert steps(PACK, OTHER_CHAIN) == 0


def test_the_strongest_come_first_and_no_more_than_a_page() -> None:
    weak, strong = Firm(1, node=PACK), Firm(2, node=PACK, zone=41)
    every = [Match(f.id, match(f, WANTED, WEIGHTS)) for f in (weak, strong, Firm(3))]
    assert [one.id for one in best(every, WEIGHTS)] == [2, 1]
    many = [Match(n, match(weak, WANTED, WEIGHTS)) for n in range(50)]
    assert len(best(many, WEIGHTS)) == WEIGHTS.most


@pytest.mark.parametrize(
    ("name", "value"),
    [("threshold", 0), ("most", 500), ("telling", ["luck"]), ("points", {"word": 1})],
)
def test_weights_that_make_no_sense_are_refused_at_start(name: str, value: Any) -> None:
    content = deepcopy(CONTENT) | {name: value}
    with pytest.raises((KeyError, ValueError)):
        read_weights(content)
