"""The vocabularies the portal sorts things by."""

from __future__ import annotations

from enum import StrEnum


class Scheme(StrEnum):
    """One vocabulary; the slug of a term is unique within it and never reused."""

    DISTRICT = "district"
    ZONE = "zone"
    INDUSTRY_SECTION = "industry_section"
    INDUSTRY = "industry"
    KEY_INDUSTRY = "key_industry"
    CHAIN = "chain"
    NODE = "node"
    PILLAR = "pillar"
    FIELD = "field"
    SCENARIO = "scenario"


CITYWIDE = "citywide"  # what no district is named for, as a choice beside the districts


class DepartmentKind(StrEnum):
    """What kind of public body a department is; the public filters publishers by it."""

    CITY = "city"
    COUNTY = "county"
    ZONE = "zone"
    PARTY = "party"
    CENTRAL = "central"
