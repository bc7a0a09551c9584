"""The demonstration's members: let in by an owner, invited, asking; a record the bureau entered."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from flask import current_app

from portal import clock, files
from portal.cli.seed.enterprises import Registry, fill_in, get_registered
from portal.cli.seed.history import History
from portal.enterprises.actions import claims, recording, registration, review
from portal.enterprises.actions.invitations import invite
from portal.enterprises.models import Claim
from portal.enterprises.queries.claims import find_open_claim
from portal.enterprises.queries.records import get_enterprise
from portal.enterprises.terms.record import Decision, Role

# A page that says what it is; the portal stores letters, it does not read them.
LETTER = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R
/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj
4 0 obj<</Length 58>>stream
BT /F1 20 Tf 72 720 Td (SAMPLE letter of authorisation) Tj ET
endstream endobj
trailer<</Root 1 0 R>>
%%EOF
"""


def plan_members(history: History, registry: Registry, content: dict[str, Any]) -> None:
    """Put into the history who joined, who is invited, who asks, and what the bureau entered."""
    MembersPlan(history, registry).plan(content)


class MembersPlan:
    """Plays what happens around members with the people of the registry."""

    def __init__(self, history: History, registry: Registry) -> None:
        self.history, self.registry, self.people = history, registry, registry.people

    def plan(self, content: dict[str, Any]) -> None:
        """Put every item of the fixture on its day, counted back from today."""
        for item in content["joined"]:
            self.on(item["days_ago"] + 1, lambda item=item: self.ask(item))
            self.on(item["days_ago"], lambda item=item: self.let_in(item))
        for item in content["records"]:
            self.on(item["entered_days_ago"], lambda item=item: self.enter(item))
            for step in item["decisions"]:
                self.on(step["days_ago"], lambda i=item, s=step: self.decide(i, s))
        for item in content["invited"]:
            self.on(item["days_ago"], lambda item=item: self.invite(item))
        for item in content["asking"]:
            self.on(item["days_ago"], lambda item=item: self.ask(item))

    def on(self, days_ago: int, act: Any) -> None:
        """Put an act on a day before today."""
        self.history.on(clock.today() - timedelta(days=days_ago), act)

    def ask(self, item: dict[str, Any]) -> Claim:
        """Ask to act for an enterprise, with the sample letter."""
        folder, stream = current_app.config["FILES"], io.BytesIO(LETTER)
        with files.receiving(folder, stream, "授权书（示例）.pdf", field="letter") as letter:
            person = self.people[item["person"]]
            return claims.claim(
                person, get_registered(item["enterprise"]), item["statement"], letter
            )

    def let_in(self, item: dict[str, Any]) -> None:
        """Have the owner accept the request."""
        enterprise = get_registered(item["enterprise"])
        made = find_open_claim(self.people[item["person"]], enterprise.id)
        if made is not None:
            owner = self.registry.owner(item["enterprise"])
            claims.decide_as_owner(owner, made, True, Role(item["role"]), "")

    def invite(self, item: dict[str, Any]) -> None:
        """Have the owner invite somebody who has not answered."""
        enterprise = get_registered(item["enterprise"])
        owner = self.registry.owner(item["enterprise"])
        invite(owner, enterprise, item["address"], Role(item["role"]))

    def enter(self, item: dict[str, Any]) -> None:
        """Have an officer enter a record for an enterprise and send it off."""
        officer = self.people[item["entered_by"]]
        enterprise = recording.start_record(officer, is_sample=True)
        fill_in(officer, enterprise, item)
        registration.submit(officer, get_enterprise(enterprise.id), enterprise.version)

    def decide(self, item: dict[str, Any], step: dict[str, Any]) -> None:
        """Have another officer decide on it."""
        enterprise = get_registered(item["uscc"])
        review.decide(
            self.people[step["by"]],
            enterprise,
            enterprise.version,
            Decision(step["decision"]),
            reasons={},
            ground=step["ground"],
        )
