"""Vocabulary of what speaks for an enterprise and an opportunity belonging together."""

from __future__ import annotations

from enum import StrEnum


class Sign(StrEnum):
    """One thing that enterprise and opportunity share; the telling ones first."""

    WHOLE = "whole"
    SAME_NODE = "same_node"
    WORD = "word"
    NEXT_NODE = "next_node"
    TITLE = "title"
    INDUSTRY = "industry"
    PILLAR = "pillar"
    ZONE = "zone"
    DISTRICT = "district"


class Position(StrEnum):
    """Where in its chain a node stands, as the taxonomy's details say."""

    UPSTREAM = "upstream"
    MIDSTREAM = "midstream"
    DOWNSTREAM = "downstream"


ORDER = tuple(Position)  # along the chain
