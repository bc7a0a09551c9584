"""Named selects over renewals: titles that end soon, and what is under way about them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from portal import clock
from portal.classification.queries.titles import Held, titles_by_enterprise
from portal.classification.terms.titles import Standing
from portal.enterprises.models import Enterprise
from portal.extensions import db
from portal.recognition.models import RecognitionApplication, RecognitionCall
from portal.recognition.queries.calls import open_calls
from portal.recognition.terms.applications import UNDER_WAY, AppState


@dataclass(frozen=True)
class Renewal:
    """A title of the city that ends soon: its application under way, or the calls it may be
    renewed under now."""

    held: Held
    enterprise: Enterprise
    application: RecognitionApplication | None
    calls: list[RecognitionCall]


def under_renewal(title_ids: Collection[int]) -> set[int]:
    """Return which titles have an application for renewal under way."""
    if not title_ids:
        return set()
    rows = db.session.scalars(
        select(RecognitionApplication.renews_id).where(
            RecognitionApplication.renews_id.in_(title_ids),
            RecognitionApplication.state.in_(UNDER_WAY),
        )
    )
    return {found for found in rows if found is not None}


def renewals_of(enterprises: Collection[Enterprise]) -> list[Renewal]:
    """Return the city's titles of some enterprises that end soon and were not renewed."""
    by_id = {one.id: one for one in enterprises}
    if not by_id:
        return []
    ending = [
        held
        for titles in titles_by_enterprise(by_id).values()
        for held in titles
        if held.standing == Standing.EXPIRING
        and held.title.kind.granted_here
        and not any(is_later(other, held) for other in titles)
    ]
    if not ending:
        return []
    live = {
        one.renews_id: one
        for one in db.session.scalars(
            select(RecognitionApplication).where(
                RecognitionApplication.renews_id.in_([held.title.id for held in ending]),
                RecognitionApplication.state.in_(UNDER_WAY | {AppState.DRAFT}),
            )
        )
    }
    calls = open_calls(clock.today())
    return [
        Renewal(
            held,
            by_id[held.title.enterprise_id],
            live.get(held.title.id),
            [call for call in calls if call.kind_id == held.title.kind_id],
        )
        for held in ending
    ]


def is_later(other: Held, held: Held) -> bool:
    """Say whether a title of the same kind that counts runs on after another ends."""
    mine, its = held.title, other.title
    if its.kind_id != mine.kind_id or not other.counts or mine.valid_until is None:
        return False
    return its.valid_until is None or its.valid_until > mine.valid_until
