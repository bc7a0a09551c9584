"""Pages of records read what a record has and nothing else, and show every change of it."""

from __future__ import annotations

from portal.database import action
from portal.enterprises.models import Enterprise
from portal.extensions import db
from tests.browser_client import Browser
from tests.classification.factories import make_enterprise, make_recogniser, record_title_for
from tests.lists.factories import make_published_release
from tests.statements import counted_statements


def statements(visitor: Browser, path: str) -> int:
    """Return how many statements a page sends once what all pages share has been read."""
    visitor.get(path)
    with counted_statements() as sent:
        visitor.get(f"{path}?drawn=anew")
    return len(sent)


@action
def rename(enterprise_id: int, name: str) -> None:
    """Give an enterprise another name."""
    db.session.get_one(Enterprise, enterprise_id).name = name


def test_a_profile_reads_only_the_parts_an_enterprise_has(visitor: Browser) -> None:
    plain, titled = make_enterprise(1), make_enterprise(2)
    record_title_for(titled, make_recogniser(), number="GR202451000002")
    few = statements(visitor, f"/enterprises/{plain.uscc}")
    assert few <= 2
    assert statements(visitor, f"/enterprises/{titled.uscc}") == few + 1


def test_a_changed_enterprise_is_drawn_anew(visitor: Browser) -> None:
    enterprise = make_enterprise(1, name="四川岷江储能科技有限公司")
    path = f"/enterprises/{enterprise.uscc}"
    assert "四川岷江储能科技有限公司" in visitor.get(path).text
    rename(enterprise.id, "四川青衣储能科技有限公司")
    text = visitor.get(path).text
    assert "四川青衣储能科技有限公司" in text
    assert "岷江储能" not in text


def test_an_entry_is_read_in_one_statement_however_many_share_its_field(visitor: Browser) -> None:
    make_published_release(entries=5)
    assert statements(visitor, "/entries/MS-JH-2026-01-001") <= 2
