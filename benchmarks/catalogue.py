"""What the printable catalogue of an edition costs.

    python -m benchmarks.catalogue [ENTRIES [FILE.pdf]]

Writes the content of an edition of made-up entries (500 unless told otherwise), with long texts,
lists, a table in every twenty-fifth and a withdrawn one, then makes its catalogue as the worker
does. Prints the seconds for the page data (most of it for the QR codes) and for setting it, pages,
size, and the peak memory of this process, which stands for the worker, and of the engine's.
"""

from __future__ import annotations

import os
import re
import resource
import sys
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from config import ROOT
from portal import create_app
from portal.directory.paper.catalogue_pages import page_data
from portal.directory.paper.printing import letterhead, press
from portal.lists import content
from portal.lists.models import ReleaseVersion
from portal.typesetting.fonts import unpack
from tests.typesetting.pdf import opened

MOMENT = datetime(2026, 11, 22, 2, tzinfo=timezone.utc)
FIELDS = ("智能经济", "数字经济", "绿色经济", "创意经济", "流量经济", "共享经济")
ZONES = ("示例甲园区", "示例乙园区", "示例丙园区", "示例丁园区")
SENTENCE = "多座公交场站需要工商业储能系统，削峰填谷，降低用电成本，并为后续改造预留接口。"


def main() -> None:
    """Make one catalogue and print what it took."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory(prefix="portal-measured-") as folder:
        settings = {"PORTAL_DATA": folder, "SECRET_KEY": "for a measurement only"}
        app = create_app(os.environ | settings)
        with app.app_context():
            measure(make_version(count), count)


def measure(version: ReleaseVersion, count: int) -> None:
    """Make the catalogue of a version and print the figures."""
    unpack(ROOT / "fonts", press().unpacked)  # once per data folder, not once per catalogue
    before = peak(resource.RUSAGE_SELF)
    start = time.perf_counter()
    data = page_data(version) | letterhead()
    worded = time.perf_counter()
    made = press().compose("catalogue.typ", data, version.issued_at).content
    done = time.perf_counter()
    if len(sys.argv) > 2:
        Path(sys.argv[2]).write_bytes(made)  # to look at it
    print(f"{count} entries, {len(version.content) / 1e6:.1f} MB of content")
    print(f"page data {worded - start:.1f} s, setting {done - worded:.1f} s")
    print(f"{count_pages(made)} pages, {len(made) / 1e6:.2f} MB")
    print(f"engine's process at most {peak(resource.RUSAGE_CHILDREN):.0f} MB")
    print(f"worker {before:.0f} MB before, at most {peak(resource.RUSAGE_SELF):.0f} MB")


def count_pages(made: bytes) -> int:
    """Return how many pages a PDF has."""
    return len(re.findall(rb"/Type/Page\b", opened(made)))


def peak(who: int) -> float:
    """Return the most memory a process has held so far, in MB."""
    return resource.getrusage(who).ru_maxrss / 1024


def make_version(count: int) -> ReleaseVersion:
    """Return a version with an edition of made-up entries."""
    said = {
        "format": content.FORMAT,
        "edition": {
            "year": 2026,
            "kind": "opportunity",
            "title_zh": "示例市2026年度新经济机会清单",
            "title_en": "Sample opportunity list, 2026",
            "foreword_zh": "\n".join([SENTENCE * 4] * 3),
            "is_sample": True,
            "bodies": [name("示例市经济合作局") | {"leads": True}],
        },
        "release": {"number": 1, "document_no": "示例发〔2026〕1号", "dated_on": "2026-11-20"},
        "entries": [make_entry(number) for number in range(1, count + 1)],
    }
    text = content.canonical(said)
    return ReleaseVersion(
        version="1.0", content=text, check_code=content.check_code(text), issued_at=MOMENT
    )


def name(zh: str) -> dict[str, str]:
    """Return the names of a term or body."""
    return {"slug": zh, "name_zh": zh, "name_en": ""}


def make_entry(number: int) -> dict[str, Any]:
    """Return a made-up entry in the form of the content."""
    entry = {
        "number": f"SL-JH-2026-01-{number:03}",
        "subtype": name("应用场景"),
        "title_zh": f"公交场站储能应用场景之{number}",
        "title_en": "Energy storage at bus depots" if number % 2 else "",
        "summary_zh": SENTENCE,
        "details": details(number),
        "publisher": {"name_zh": f"示例{number % 170}号储能科技有限公司", "anonymous": False},
        "leads": [name("示例市经济合作局")],
        "cooperating": [name("示例市科学技术局")],
        "field": name(FIELDS[number % len(FIELDS)]),
        "node": name(f"环节{number % 31}") | {"chain": name("示例链")} if number % 3 else None,
        "district": name("示例区"),
        "zone": name(ZONES[number % 5]) if number % 5 < len(ZONES) else None,
        "opens_on": None,
        "closes_on": "2026-12-31",
        "standing": False,
        "office": "高新技术科",
        "landline": "028-0000 0003",
        "basis": "示例发〔2022〕17号",
        "continues": None,
    }
    gone = {"withdrawn": {"on": "2026-11-22", "reason": "项目终止"}}
    return entry | gone if number == 7 else entry


def details(number: int) -> list[dict[str, Any]]:
    """Return the details of an entry; every twenty-fifth has a table."""
    found = [
        detail("need", "需求内容", "long_text", f"{SENTENCE * 3}\n{SENTENCE}"),
        detail("scale", "建设规模", "text", "14座站点"),
        detail("budget", "投资估算", "money", "1200.5"),
        detail("conditions", "合作条件", "list", ["场地已平整", "接入容量已批复"]),
    ]
    if number % 25 == 0:
        rows = [[f"站点{row}", str(row * 12)] for row in range(30)]
        columns = [
            {"type": "text", "label_zh": "站点", "unit_zh": ""},
            {"type": "number", "label_zh": "容量", "unit_zh": "千瓦"},
        ]
        found.append(detail("stations", "分项指标", "table", rows) | {"columns": columns})
    return found


def detail(key: str, label: str, kind: str, value: Any) -> dict[str, Any]:
    """Return a public detail."""
    return {"key": key, "label_zh": label, "type": kind, "value": value, "unit_zh": ""}


if __name__ == "__main__":
    main()
