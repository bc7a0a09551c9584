"""An edition of the demonstration that other bodies were asked about and that was on notice."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any, Protocol

from flask import current_app

from portal import clock, files
from portal.accounts.models import Person
from portal.casework.objections import handle as handle_objection
from portal.casework.objectors import Objector
from portal.casework.opinions import ReplyKind
from portal.casework.replies import Paper, confirm
from portal.cli.seed.history import History
from portal.cli.seed.members import LETTER
from portal.lists.actions import notices, objections, opinions, replies
from portal.lists.actions.steps import set_asks
from portal.lists.models import ConsultedBody, Release
from portal.lists.queries.entries import get_entry
from portal.lists.queries.notices import last_notice, objections_to
from portal.lists.queries.opinions import last_round
from portal.lists.rules.steps import Asks
from portal.lists.terms.steps import ObjectionResult, Settled
from portal.taxonomy.queries import get_department

Item = Mapping[str, Any]
STEPS_DAYS = timedelta(days=30)  # from the selection to the signing
ANSWERED, ON_NOTICE, OBJECTED, HANDLED = (timedelta(days=days) for days in (3, 9, 11, 14))


class Edition(Protocol):
    """What the editor of an edition knows."""

    people: Mapping[str, Person]
    made: dict[str, int]
    facts: dict[str, Any]

    def release(self, number: int) -> Release: ...


def set_steps(edition: Edition, number: int, item: Item) -> None:
    """Say what stands before the signing."""
    release = edition.release(number)
    wanted = Asks(True, item["notice_days"])
    set_asks(edition.people["curator"], release, release.version, wanted)


def plan_steps(history: History, edition: Edition, number: int, item: Item, selected: date) -> None:
    """Put opinions and notice into the history, from the day of the selection on."""
    steps = (
        (timedelta(0), ask),
        (ANSWERED, answer),
        (ANSWERED, settle),
        (ON_NOTICE, publish),
        (OBJECTED, object_to),
        (HANDLED, handle),
    )
    for days, act in steps:
        history.on(selected + days, partial(act, edition, number, item))


def ask(edition: Edition, number: int, item: Item) -> None:
    """Ask the bodies."""
    bodies = [get_department(slug) for slug in item["bodies"]]
    release = edition.release(number)
    asking = opinions.Asking(bodies, item["others"], 5, item["words"])
    opinions.ask_opinions(edition.people["curator"], release, release.version, asking)


def answer(edition: Edition, number: int, item: Item) -> None:
    """Let one body have an opinion, the others none; who is not on the portal writes on paper."""
    found = last_round(edition.release(number))
    assert found is not None
    opinion = item["opinion"]
    for body in found.bodies:
        if body.department is None:
            answer_on_paper(edition, body)
        elif body.department.slug == opinion["body"]:
            about = {edition.made[opinion["entry"]]: opinion["ground"]}
            said = replies.Said(ReplyKind.OPINION, by_entry=about)
            replies.reply(edition.people["sender"], body, said)
        else:
            replies.reply(edition.people["sender"], body, replies.Said(ReplyKind.NO_OPINION))


def answer_on_paper(edition: Edition, body: ConsultedBody) -> None:
    """Record a reply on paper, confirmed by a second officer."""
    stream, folder = io.BytesIO(LETTER), current_app.config["FILES"]
    with files.receiving(folder, stream, "复函（示例）.pdf", field="scan") as scan:
        paper = Paper("示例会长", "会长", clock.today(), "示例函〔2026〕2号", scan)
        said = replies.Said(ReplyKind.NO_OPINION)
        made = replies.record_paper_reply(edition.people["curator"], body, said, paper)
    confirm(edition.people["industry-curator"], made)


def settle(edition: Edition, number: int, item: Item) -> None:
    """Settle every opinion."""
    found = last_round(edition.release(number))
    assert found is not None
    for one in [opinion for body in found.bodies for opinion in body.opinions]:
        reason = item["opinion"]["reason"]
        replies.settle(edition.people["curator"], one, one.version, Settled.NOT_ACCEPTED, reason)


def publish(edition: Edition, number: int, item: Item) -> None:
    """Put the list to public notice."""
    release = edition.release(number)
    lead = get_department(edition.facts["lead_bodies"][0])
    said = notices.NoticeWords(
        item["notice_days"],
        item["notice_no"],
        item["scope"],
        lead,
        item["address"],
        f"{lead.name_zh}{lead.office_zh}",
        lead.landline,
    )
    notices.publish_notice(edition.people["curator"], release, release.version, said)


def object_to(edition: Edition, number: int, item: Item) -> None:
    """Let somebody object to an entry."""
    notice = last_notice(edition.release(number))
    assert notice is not None
    said = item["objection"]
    who = Objector("示例异议人", "028-0000 0000")
    entry = get_entry(edition.made[said["entry"]])
    objector = edition.people[said["by"]]
    objections.object_to(objector, notice, entry, who, said["statement"])


def handle(edition: Edition, number: int, item: Item) -> None:
    """Decide on the objection."""
    notice = last_notice(edition.release(number))
    assert notice is not None
    for made in objections_to(notice):
        words = item["objection"]["answer"]
        handle_objection(
            edition.people["curator"], made, made.version, ObjectionResult.REJECTED, words
        )
