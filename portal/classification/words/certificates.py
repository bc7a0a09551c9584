"""How a certificate's statement is put on paper, and what its file is called. Always in Chinese:
it is the same document whoever asks for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import force_locale

from portal.classification.models.certificates import TitleCertificate
from portal.classification.terms.titles import LEVEL_NAMES, Level
from portal.clock import city_zone

CHINESE = "zh_Hans_CN"


def page_data(certificate: TitleCertificate, address: str) -> dict[str, Any]:
    """Return what the template prints."""
    said = certificate.statement
    plain = ("name", "uscc", "title", "number", "basis", "department", "sample")
    with force_locale(CHINESE):
        level = str(LEVEL_NAMES[Level(said["level"])])
    return {name: said[name] for name in plain} | {
        "level": level,
        "granted_on": chinese_day(said["granted_on"]),
        "validity": validity(said),
        "issued_on": chinese_day(certificate.issued_at.astimezone(city_zone()).date().isoformat()),
        "issue": certificate.issue,
        "address": address,
    }


def chinese_day(day: str) -> str:
    """Return an ISO day as 2026年1月5日."""
    read = date.fromisoformat(day)
    return f"{read.year}年{read.month}月{read.day}日"


def validity(said: dict[str, Any]) -> str:
    """Return from when until when a title holds."""
    begin = chinese_day(said["valid_from"])
    if said["valid_until"] is None:
        return f"自{begin}起"
    return f"{begin}至{chinese_day(said['valid_until'])}"


def file_name(certificate: TitleCertificate) -> str:
    """Return what the file is called where it is saved."""
    said = certificate.statement
    sample = "（示例）" if said["sample"] else ""
    return f"{said['title']}证书_{said['name']}_{said['number']}{sample}.pdf"
