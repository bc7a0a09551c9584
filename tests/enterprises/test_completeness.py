"""The score of a record: a plain sum, what raises it most, and what the page says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from flask import Flask

from config import ROOT
from portal.accounts.models import Person
from portal.enterprises.queries.completeness import completeness_of
from portal.enterprises.rules.completeness import Part, Section, completeness
from portal.web.site import SiteError, load_site
from tests.browser_client import Browser
from tests.enterprises.figure_factories import make_evidence, state
from tests.factories import make_draft, make_person

SITE = ROOT / "fixtures" / "site.yaml"
WEIGHTS = asdict(load_site(SITE).completeness)
FULL = dict.fromkeys(Section, (4, 4))


@pytest.mark.parametrize(
    ("changed", "score"),
    [
        ({}, 100),
        (dict.fromkeys(Section, (0, 4)), 0),
        ({Section.FACTS: (0, 4)}, 70),
        ({Section.FACTS: (3, 4)}, 92),
        ({Section.CONTACTS: (1, 2)}, 97),
        ({Section.OLDER: (0, 0)}, 100),
        ({Section.EVIDENCE: (9, 4)}, 100),
        ({Section.FIGURES: (28, 29)}, 99),
    ],
)
def test_the_score_is_the_sum_of_weighted_shares_rounded_down(
    changed: dict[Section, tuple[int, int]], score: int
) -> None:
    assert completeness(FULL | changed, WEIGHTS).score == score


def test_every_section_has_its_weight_in_the_citys_facts() -> None:
    assert list(WEIGHTS) == list(Section)


def test_weights_that_do_not_make_a_hundred_keep_the_portal_from_starting(tmp_path: Path) -> None:
    changed = tmp_path / "site.yaml"
    changed.write_text(SITE.read_text("utf-8").replace("  older: 10", "  older: 11"), "utf-8")
    with pytest.raises(SiteError, match="completeness: the weights make 101, not 100"):
        load_site(changed)


def test_the_page_for_operators_names_every_weight() -> None:
    page = (ROOT / "docs" / "completeness.md").read_text("utf-8")
    for section, weight in WEIGHTS.items():
        assert f"| `{section}` | {weight} |" in page


def test_what_raises_the_score_most_stands_first() -> None:
    record = completeness(
        FULL | {Section.OLDER: (1, 4), Section.FIGURES: (2, 4), Section.CONTACTS: (0, 2)},
        WEIGHTS,
    )
    todos = [(part.section, part.gain) for part in record.todos]
    assert todos == [(Section.FIGURES, 13), (Section.OLDER, 8), (Section.CONTACTS, 5)]


@pytest.mark.parametrize(("done", "complete"), [(3, False), (4, True), (5, True)])
def test_a_section_is_complete_from_its_last_item_on(done: int, complete: bool) -> None:
    assert Part(Section.FACTS, done, 4, 30).is_complete is complete


@pytest.fixture
def owner(app: Flask) -> Person:
    return make_person()


def test_figures_and_files_raise_the_score(owner: Person) -> None:
    draft = make_draft(owner)
    before = {part.section: part.done for part in completeness_of(draft).parts}
    assert before[Section.FIGURES] == 0
    state(owner, draft, revenue=0, tax_paid=50)
    make_evidence(owner, draft)
    after = {part.section: part.done for part in completeness_of(draft).parts}
    assert after[Section.FIGURES] == 2, "0 is a figure"
    assert after[Section.EVIDENCE] == before[Section.EVIDENCE] + 1


def test_the_records_page_lists_what_to_do_and_what_is_public(
    owner: Person, someone: Callable[[Person], Browser]
) -> None:
    draft = make_draft(owner)
    page = someone(owner).get(f"/my/enterprises/{draft.id}")
    assert "完整度" in page.main
    assert "35" in page.main
    assert page.link("上年度数据").endswith("/figures")
    assert "最多25分" in page.main
    page = someone(owner).get(f"/my/enterprises/{draft.id}/steps/contact")
    assert "仅供核验" in page.main
    assert "对外公开" in page.main
