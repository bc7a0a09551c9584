"""Opinions and public notices for tests, made through the actions officers use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import current_app

from portal import clock, files
from portal.accounts.models import Person
from portal.casework.objectors import Objector
from portal.casework.opinions import ReplyKind
from portal.casework.replies import Paper
from portal.lists.actions import notices, objections, opinions, replies
from portal.lists.actions.calls import close_call, start_curating
from portal.lists.actions.steps import set_asks
from portal.lists.models import (
    ConsultationRound,
    ConsultedBody,
    Entry,
    NoticeObjection,
    Release,
    ReleaseNotice,
)
from portal.lists.rules.steps import Asks
from portal.lists.terms.kinds import Kind
from portal.taxonomy.queries import get_department
from tests.factories import make_person
from tests.files.factories import upload
from tests.lists.factories import LEADS, make_accepted, make_call, make_curator
from tests.scenes import scene

ASKED = ("meishan-sci", "meishan-market")
TITLES = ("公交场站储能应用场景之一", "公交场站储能应用场景之二")


@scene
def make_curating(
    *,
    opinions: bool = True,
    notice_days: int = 5,
    titles: Sequence[str] = TITLES,
    kind: Kind = Kind.OPPORTUNITY,
    **edition: Any,
) -> Release:
    """Return a release in selection with two accepted entries that asks for these steps."""
    release = make_call(kind, **edition)
    for title in titles:
        make_accepted(release, title=title)
    curator = make_curator()
    set_asks(curator, release, release.version, Asks(opinions, notice_days))
    close_call(curator, release, release.version)
    start_curating(curator, release, release.version)
    return release


@scene
def make_asked_officer(department: str = ASKED[0]) -> Person:
    """Return an officer who answers for a body that is asked."""
    return make_curator(f"answers-{department}", department)


@scene
def ask(
    release: Release,
    bodies: Sequence[str] = ASKED,
    others: Sequence[str] = (),
    days: int = 5,
) -> ConsultationRound:
    """Ask bodies for their opinion, as the curator."""
    asking = opinions.Asking(
        [get_department(slug) for slug in bodies], others, days, "请研提意见。"
    )
    return opinions.ask_opinions(make_curator(), release, release.version, asking)


@scene
def agree(found: ConsultationRound) -> None:
    """Let every department of a round answer that it has no opinion."""
    for body in found.bodies:
        assert body.department is not None
        answer(body)


@scene
def answer(body: ConsultedBody, overall: str = "", by_entry: dict[int, str] | None = None) -> None:
    """Answer for a department."""
    assert body.department is not None
    kind = ReplyKind.OPINION if overall or by_entry else ReplyKind.NO_OPINION
    said = replies.Said(kind, overall, by_entry or {})
    replies.reply(make_asked_officer(body.department.slug), body, said)


def notice_words(days: int | None = 5, **changes: Any) -> notices.NoticeWords:
    """Return what a notice says."""
    said = {
        "document_no": "示例公示〔2026〕5号",
        "scope": "条目内容是否属实。",
        "department": get_department(LEADS[0]),
        "address": "示例路1号",
        "office": "企业服务科",
        "phone": "028-0000 0001",
    }
    return notices.NoticeWords(days=days, **(said | changes))


@scene
def publish(release: Release, days: int | None = 5) -> ReleaseNotice:
    """Put a release to public notice, as the curator."""
    return notices.publish_notice(make_curator(), release, release.version, notice_words(days))


@scene
def make_noticed(**how: Any) -> tuple[Release, ReleaseNotice]:
    """Return a release on public notice that asks for nothing else."""
    release = make_curating(opinions=False, **how)
    return release, publish(release)


@scene
def object_as(
    person: Person, notice: ReleaseNotice, entry: Entry | None, statement: str = "数据不实"
) -> NoticeObjection:
    """Raise an objection under a name."""
    return objections.object_to(person, notice, entry, Objector("王示例", "13900000009"), statement)


@scene
def make_objection(notice: ReleaseNotice, entry: Entry | None = None) -> NoticeObjection:
    """Return an objection by somebody from outside."""
    return object_as(make_person("neighbour@example.com"), notice, entry)


@contextmanager
def paper_reply(**changes: Any) -> Iterator[Paper]:
    """Hand out what a reply on paper says of itself, with its scan."""
    stream, filename = upload(name="复函.pdf")
    with files.receiving(Path(current_app.config["FILES"]), stream, filename, field="scan") as scan:
        said: dict[str, Any] = {
            "signer_name": "示例领导",
            "signer_post": "局长",
            "replied_on": clock.today(),
            "reference": "示例函〔2026〕1号",
            "scan": scan,
        }
        yield Paper(**(said | changes))
