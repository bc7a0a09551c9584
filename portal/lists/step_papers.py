"""Papers of what stands before the signing: the letter that asks for an opinion (征求意见函), and
what the submission draft and the sign-off sheet say of opinions and notice. In Chinese: filed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date

from portal import clock
from portal.casework.opinions import ReplyKind, ReplyWay
from portal.lists.documents import (
    addressed,
    annex,
    blank_paper,
    body,
    chinese_day,
    heading,
    leads,
    signed,
    written,
)
from portal.lists.models import BodyReply, ConsultationRound, ConsultedBody, ReleaseNotice
from portal.lists.queries.steps_taken import Steps
from portal.lists.terms.steps import ObjectionResult, Settled

SETTLED = {
    Settled.ACCEPTED: "采纳",
    Settled.PARTLY: "部分采纳",
    Settled.NOT_ACCEPTED: "未采纳",
    "": "待处理",
}


def opinion_letter(asked: ConsultedBody) -> bytes:
    """Return the letter that asks a body for its opinion, with a reply slip and the very draft."""
    found, paper = asked.round, blank_paper()
    content = json.loads(found.content)
    edition = content["edition"]
    heading(paper, f"关于征求《{edition['title_zh']}》意见的函")
    addressed(paper, asked.name)
    for text in filter(None, found.words.split("\n")):
        body(paper, text)
    body(paper, f"请于{chinese_day(found.due_on.isoformat())}前书面回复；无意见的，也请函告。")
    body(paper, "所附内容尚未公开，仅供贵单位研提意见，请勿外传。")
    body(paper, f"内容校验码（SHA-256）：{found.content_code}")
    asked_on = found.asked_at.astimezone(clock.city_zone()).date().isoformat()
    signed(paper, [lead["name_zh"] for lead in leads(edition)], asked_on)
    body(paper, "回执")
    body(paper, f"单位：{asked.name}")
    body(paper, "□无意见　□有意见（意见和理由可另附页，请注明条目序号）：")
    body(paper, "签发人：　　　　　　职务：　　　　　　日期：")
    annex(paper, edition["title_zh"], content["entries"])
    return written(paper)


def lines_of(steps: Steps) -> list[str]:
    """Return what the papers say of opinions and notice, a paragraph each."""
    found = []
    if steps.round is not None:
        found.append(opinions_line(steps.round))
    if steps.notice is not None:
        found += notice_lines(steps)
    return found


def opinions_line(found: ConsultationRound) -> str:
    """Return how many bodies were asked, and what they answered."""
    replies = answered(found)
    names = "、".join(asked.name for asked in found.bodies)
    asked_on = found.asked_at.astimezone(clock.city_zone()).date()
    clean = sum(reply.kind == ReplyKind.NO_OPINION for reply in replies)
    counted = Counter(one.result for reply in replies for one in reply.opinions)
    settled = "、".join(f"{SETTLED[name]}{counted[name]}条" for name in SETTLED if counted[name])
    total = sum(counted.values())
    silent = len(found.bodies) - len(replies)
    said = f"征求意见：{day(asked_on)}征求{names}共{len(found.bodies)}家单位意见，"
    said += f"期限至{day(found.due_on)}；答复{len(replies)}家，其中无意见{clean}家"
    said += f"，未答复{silent}家" if silent else ""
    return f"{said}。" + (f"收到意见{total}条：{settled}。" if total else "")


def notice_lines(steps: Steps) -> Iterator[str]:
    """Yield how long the list was on notice, and what came of objections."""
    notice = steps.notice
    assert notice is not None
    number = f"（{notice.document_no}）" if notice.document_no else ""
    held = [one for one in steps.objections if one.result not in ("", ObjectionResult.REJECTED)]
    said = f"公示：{span(notice)}公示{notice.days}个工作日{number}，收到异议"
    yield f"{said}{len(steps.objections)}件" + (f"，成立{len(held)}件。" if held else "。")
    if notice.kept_ground:
        yield f"公示后内容有调整，未重新公示的理由：{notice.kept_ground}"


def span(notice: ReleaseNotice) -> str:
    """Return the days of a notice."""
    return f"{day(notice.starts_on)}至{day(notice.ends_on)}"


def answer_rows(steps: Steps) -> list[tuple[str, ...]]:
    """Return a row for each opinion, and for each body without one."""
    if steps.round is None:
        return []
    content = json.loads(steps.round.content)["entries"]
    titles = {
        number: entry["title_zh"]
        for number, entry in zip(steps.round.entry_ids, content, strict=True)
    }
    return [row for asked in steps.round.bodies for row in rows_of(asked, titles)]


def rows_of(asked: ConsultedBody, titles: dict[int, str]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of one body."""
    reply = asked.reply
    if reply is None or not reply.is_in_force:
        yield (asked.name, "", "", "未答复", "", "")
        return
    way = f"{'书面' if reply.way == ReplyWay.PAPER else '系统内'} {reply.replied_on.isoformat()}"
    if not asked.opinions:
        yield (asked.name, way, "", "无意见", "", "")
    for one in asked.opinions:
        about = titles[one.entry_id] if one.entry_id else "清单整体"
        yield (asked.name, way, about, one.ground, SETTLED[one.result], one.reason)


def answered(found: ConsultationRound) -> list[BodyReply]:
    """Return the answers of a round that count."""
    replies = [asked.reply for asked in found.bodies]
    return [reply for reply in replies if reply is not None and reply.is_in_force]


def day(on: date) -> str:
    """Return a day as papers say it."""
    return chinese_day(on.isoformat())
