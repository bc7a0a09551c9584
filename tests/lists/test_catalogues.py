"""The printable catalogue of a published release: what it says, when it is there, for whom."""

from __future__ import annotations

import errno
import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.accounts.models import Person
from portal.accounts.terms import Right
from portal.audit import trail_of
from portal.cli import catalogue_work
from portal.directory.paper.catalogue_pages import file_name, page_data
from portal.extensions import db
from portal.files.models import StoredFile
from portal.lists.actions import catalogues
from portal.lists.actions import errata as errata_actions
from portal.lists.actions.issuing import issue
from portal.lists.actions.publication import publish_due, schedule
from portal.lists.models import Release, ReleaseCatalogue, ReleaseVersion
from portal.lists.queries.editions import get_release
from portal.lists.terms.errata import ErratumKind
from portal.outbox.models import OutboxMessage
from portal.typesetting import Composed, NotComposed
from tests.browser_client import Browser
from tests.factories import make_officer
from tests.lists.factories import (
    entry_values,
    make_curator,
    make_published_release,
    make_signed_release,
)
from tests.typesetting.pdf import characters_in, opened
from tests.worker import drain

LIST = "/lists/2026/opportunity"
PDF = f"{LIST}/1/catalogue.pdf"
MAKING = "清单汇编正在生成"
Wait = Callable[..., None]


def versions() -> list[ReleaseVersion]:
    """Return every version of the only release, oldest first."""
    return list(db.session.scalars(select(ReleaseVersion).order_by(ReleaseVersion.id)))


def made() -> list[str]:
    """Return the versions whose catalogue is made."""
    found = db.session.scalars(select(ReleaseCatalogue).order_by(ReleaseCatalogue.version_id))
    return [catalogue.version.version for catalogue in found]


def stored(app: Flask) -> list[Path]:
    """Return every file below the folder of files, whole or half."""
    return [path for path in Path(app.config["FILES"]).rglob("*") if path.is_file()]


def withdraw(release: Release, *, whole: bool = False) -> None:
    """Have the first entry, or the release, withdrawn by two officers."""
    entry = None if whole else release.entries[0]
    erratum = errata_actions.propose_withdrawal(make_curator(), release, entry, "项目终止")
    issue(make_curator("second"), erratum, erratum.version)


def correct(release: Release) -> None:
    """Have the first entry's summary corrected by two officers."""
    entry = release.entries[0]
    values = entry_values(title=entry.title, summary="13座公交场站，更正后的说法。")
    erratum = errata_actions.propose_correction(
        make_curator(), entry, entry.version, ErratumKind.CORRECTION, "场站数有误", values
    )
    issue(make_curator("second"), erratum, erratum.version)


def test_a_published_release_has_its_catalogue_a_little_later(app: Flask, visitor: Browser) -> None:
    make_published_release(entries=2)
    assert MAKING in visitor.get(LIST).main
    assert visitor.ask(PDF).location == LIST, "the page that says it is being made"
    drain(app)
    page = visitor.get(LIST)
    assert MAKING not in page.main
    answer = visitor.ask(page.link("清单汇编"))
    assert answer.mimetype == "application/pdf"
    name = quote("示例市2026年度新经济机会清单_第1批_版本1.0.pdf")
    assert f"filename*=UTF-8''{name}" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    words = "公交场站储能应用场景之二东坡区智能经济削峰填谷高新技术科目录索引校验码"
    assert set(words) - set("二") <= characters_in(answer.data)


def test_it_is_tagged_in_chinese_with_an_outline_and_a_description_of_every_code(
    app: Flask, visitor: Browser
) -> None:
    make_published_release(entries=2)
    drain(app)
    said = opened(visitor.ask(PDF).data)
    for mark in (b"/StructTreeRoot", b"/Marked true", b"pdfuaid:part", b"/Outlines", b"/TOCI"):
        assert mark in said
    assert b"(zh-CN)" in said
    figures = re.findall(rb"/S/Figure/P \d+ 0 R(/Alt)?", said)
    assert figures == [b"/Alt"] * 4, "the city's mark, the code of the cover, one for each entry"
    for address in (b"/entries/MS-JH-2026-01-001", b"/entries/MS-JH-2026-01-002"):
        assert b"/URI(http://localhost" + address + b")" in said


def test_the_cover_leads_to_the_page_where_a_copy_is_checked(app: Flask, visitor: Browser) -> None:
    release = make_published_release()
    drain(app)
    code = str(release.check_code)
    assert f"/URI(http://localhost/lists/check?code={code})".encode() in opened(
        visitor.ask(PDF).data
    )
    assert "现在一致" in visitor.get(f"/lists/check?code={code}").main


def test_made_again_it_is_the_same_byte_for_byte(app: Flask, visitor: Browser, wait: Wait) -> None:
    make_published_release(entries=2)
    drain(app)
    wait(days=40)
    again = catalogue_work.compose(versions()[0])
    assert hashlib.sha256(again.content).digest() == hashlib.sha256(visitor.ask(PDF).data).digest()


def test_nothing_is_made_before_the_minute_of_publication(
    app: Flask, visitor: Browser, wait: Wait
) -> None:
    release = make_signed_release()
    schedule(make_curator(), release, release.version, clock.now() + timedelta(hours=1))
    wait(minutes=59)
    drain(app)
    assert stored(app) == []
    assert visitor.ask(PDF).status_code == 404
    wait(minutes=1)
    assert publish_due() == 1
    drain(app)
    assert made() == ["1.0"]
    assert visitor.ask(PDF).status_code == 200


def test_an_erratum_gives_the_next_version_its_own(app: Flask, visitor: Browser) -> None:
    release = make_published_release()
    drain(app)
    before = visitor.ask(PDF).data
    correct(get_release(release.id))
    assert MAKING in visitor.get(LIST).main
    drain(app)
    answer = visitor.ask(PDF)
    assert quote("版本1.1") in answer.headers["Content-Disposition"]
    assert set("更正后的说法") <= characters_in(answer.data)
    assert answer.data != before
    assert made() == ["1.0", "1.1"]


def test_of_a_withdrawn_entry_number_title_and_reason_are_left(
    app: Flask, visitor: Browser
) -> None:
    release = make_published_release(entries=2)
    drain(app)
    withdraw(get_release(release.id))
    assert visitor.ask(PDF).location == LIST, "the one before is no longer handed out"
    drain(app)
    gone, stays = page_data(versions()[-1])["entries"]
    assert set(gone) == {"number", "title_zh", "title_en", "withdrawn", "long"}
    assert gone["withdrawn"]["reason"] == "项目终止"
    assert stays["facts"]
    indexed = page_data(versions()[-1])["indexes"]
    assert all(group["entries"] == [1] for one in indexed for group in one["groups"])
    content = visitor.ask(PDF).data
    assert set("已撤回项目终止") <= characters_in(content)
    assert b"/entries/MS-JH-2026-01-001" not in opened(content)


def test_of_a_withdrawn_release_there_is_none(app: Flask, visitor: Browser) -> None:
    release = make_published_release()
    withdraw(get_release(release.id), whole=True)
    drain(app)
    assert made() == []
    assert visitor.ask(PDF).status_code == 404


def test_a_version_taken_back_while_it_was_being_made_leaves_no_file(app: Flask) -> None:
    release = make_published_release(entries=2)

    def overtaken(version: ReleaseVersion) -> Composed:
        withdraw(get_release(release.id))
        return Composed(b"%PDF-1.7 of before", ())

    catalogues.make(versions()[0].id, file_name, overtaken, Path(app.config["FILES"]))
    assert (made(), stored(app)) == ([], [])


def test_it_is_made_once_though_the_work_is_done_twice(app: Flask) -> None:
    release = make_published_release()
    drain(app)
    files = stored(app)
    catalogue_work.make([{"version": versions()[0].id}])
    assert stored(app) == files
    acts = [event.act for event in trail_of("release", release.id)]
    assert acts.count("make_catalogue") == 1


@pytest.mark.parametrize(
    "error",
    [NotComposed("ended with -9"), OSError(errno.ENOSPC, "No space left on device")],
    ids=["killed", "disk full"],
)
def test_a_failure_leaves_nothing_half_and_is_tried_again(
    app: Flask,
    visitor: Browser,
    wait: Wait,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    def broken(_version: ReleaseVersion) -> Composed:
        raise error

    make_published_release()
    work = catalogue_work.compose
    monkeypatch.setattr(catalogue_work, "compose", broken)
    drain(app)
    assert (made(), stored(app)) == ([], [])
    assert MAKING in visitor.get(LIST).main
    (left,) = db.session.scalars(
        select(OutboxMessage).where(OutboxMessage.topic == catalogues.TOPIC)
    )
    assert (left.attempts, left.last_error) == (1, type(error).__name__)
    monkeypatch.setattr(catalogue_work, "compose", work)
    wait(seconds=3)
    drain(app)
    assert made() == ["1.0"]


def test_a_disk_full_while_it_is_written_leaves_nothing_half(
    app: Flask, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    make_published_release()
    with monkeypatch.context() as patched:
        patched.setattr("portal.files.store.os.fsync", full)
        drain(app)
    assert (made(), stored(app)) == ([], [])
    wait(seconds=3)
    drain(app)
    assert made() == ["1.0"]


def test_its_file_is_handed_out_at_its_public_address_only(
    app: Flask, someone: Callable[[Person], Browser]
) -> None:
    make_published_release()
    drain(app)
    file = db.session.scalar(
        select(StoredFile).where(StoredFile.owner_kind == catalogues.OWNER_KIND)
    )
    assert file is not None
    auditor = make_officer(Right.AUDIT, mail="auditor@portal.example")
    for person in (make_curator(), auditor):
        assert someone(person).ask(f"/files/{file.name}").status_code == 404
