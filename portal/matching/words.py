"""Why something is suggested, in a sentence for each reason."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.matching.queries import Terms
from portal.matching.rules import Reason
from portal.matching.terms import Sign
from portal.web.filters import in_language

NEEDED = {
    Sign.WHOLE: _l("A need stands in the entry as it is written: %(what)s"),
    Sign.WORD: _l("Words shared by needs and entry: %(what)s"),
}
MADE = {
    Sign.WHOLE: _l("A product stands in the entry as it is written: %(what)s"),
    Sign.WORD: _l("Words shared by products and entry: %(what)s"),
    Sign.SAME_NODE: _l("Makes at the same place in the chain: %(what)s"),
    Sign.TITLE: _l("Holds a title the entry names: %(what)s"),
    Sign.INDUSTRY: _l("Same key industry: %(what)s"),
    Sign.PILLAR: _l("Of the same of the four new: %(what)s"),
    Sign.ZONE: _l("In the same functional zone: %(what)s"),
    Sign.DISTRICT: _l("In the same district or county: %(what)s"),
}
BESIDE = {
    -1: _l("Makes one step upstream in the chain: %(what)s"),
    1: _l("Makes one step downstream in the chain: %(what)s"),
}


def reason_words(reason: Reason, terms: Terms) -> str:
    """Return the sentence of a reason."""
    said = NEEDED[reason.sign] if reason.is_need else MADE.get(reason.sign)
    return str(said or BESIDE[reason.step]) % {"what": names_of(reason, terms)}


def names_of(reason: Reason, terms: Terms) -> str:
    """Return what is shared, by name."""
    names = [in_language(terms.by_id[one]) for one in reason.terms]
    is_title = reason.sign == Sign.TITLE
    names += [in_language(terms.title(one)) if is_title else one for one in reason.words]
    return str(_(", ")).join(names)
