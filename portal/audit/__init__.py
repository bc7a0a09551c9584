"""The trail: append-only, hash-chained, every state change with its actor."""

from portal.audit.trail import SYSTEM, Actor, act_for, digest, record, trail_of, verify

__all__ = ["SYSTEM", "Actor", "act_for", "digest", "record", "trail_of", "verify"]
