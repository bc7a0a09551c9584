"""What stood before the signing of a release: the opinions and the notice that count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.lists.models import ConsultationRound, NoticeObjection, Release, ReleaseNotice
from portal.lists.queries.notices import notices_of, objections_to
from portal.lists.queries.opinions import rounds_of


@dataclass(frozen=True)
class Steps:
    """The round of opinions and the notice that count, None without one, and the objections."""

    round: ConsultationRound | None
    notice: ReleaseNotice | None
    objections: Sequence[NoticeObjection]

    @property
    def any(self) -> bool:
        """Whether anything stood before the signing."""
        return self.round is not None or self.notice is not None


def steps_of(release: Release) -> Steps:
    """Return what stood before the signing; what was broken off or stopped is left out."""
    rounds = [one for one in rounds_of(release) if not one.stop_reason]
    notices = [one for one in notices_of(release) if one.stopped_at is None]
    notice = notices[0] if notices else None
    return Steps(rounds[0] if rounds else None, notice, objections_to(notice) if notice else [])
