"""Whether a release may be signed: opinions, public notice and review sheet, by their rules."""

from __future__ import annotations

from portal import clock
from portal.lists import content
from portal.lists.models import Release
from portal.lists.queries.content import present_content
from portal.lists.queries.notices import last_notice, notice_facts
from portal.lists.queries.opinions import last_round_facts
from portal.lists.queries.reviews import present_reviews, sheet_of
from portal.lists.queries.steps import draft_in
from portal.lists.rules import notices, opinions, reviews


def check_consulted(release: Release) -> None:
    """Raise Refused while the opinions the edition asks for are not complete; those that came
    late are settled too."""
    found = last_round_facts(release)
    opinions.check_consulted(release.asks_opinions, found, clock.today())


def check_noticed(release: Release) -> None:
    """Raise Refused while the public notice the edition asks for is not over and clean."""
    if release.notice_days:
        code = draft_in(release, present_content(release)).code
        found = notice_facts(release, last_notice(release))
        notices.check_noticed(release.notice_days, found, code, clock.today())


def lacking(release: Release) -> list[str]:
    """Return what a release still lacks before its content can be fixed, a sentence each."""
    now, today = present_content(release), clock.today()
    code = draft_in(release, now).code
    found = notice_facts(release, last_notice(release)) if release.notice_days else None
    sheet = reviews.lacking(sheet_of(present_reviews(release)), content.review_code(now))
    return [
        *opinions.lacking(release.asks_opinions, last_round_facts(release), today),
        *notices.lacking(release.notice_days, found, code, today),
        *reviews.words_of(sheet),
    ]
