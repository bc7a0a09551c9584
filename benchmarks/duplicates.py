"""How long the nightly comparison of names takes, and how much memory, by number of records.

    python benchmarks/duplicates.py 10000 100000

Names are made of common syllables, so that many are near another, as in a real registry.
"""

from __future__ import annotations

import random
import resource
import sys
import time

from portal.chinese import normal_name
from portal.enterprises.rules.likeness import Known, likely_pairs

SYLLABLES = "岷江竹光锦象川储能锂材智源华盛天府眉青神仁寿东坡彭祖洪雅丹棱新宏达远恒信诚"
TRADES = ("科技", "新材料", "储能", "机械", "食品", "文旅", "软件", "生物")
PLACES = ("四川", "眉山", "")
FORMS = ("有限公司", "有限责任公司", "股份有限公司")


def records(count: int) -> list[Known]:
    """Return so many records with made-up names, the same at each run."""
    chance = random.Random(20220017)
    found = []
    for number in range(count):
        middle = "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3, 3, 4))))
        parts = (chance.choice(PLACES), middle, chance.choice(TRADES), chance.choice(FORMS))
        name = normal_name("".join(parts), PLACES[:2])
        found.append(Known(number, name.full, name.core, landline=f"0280{number:07d}"))
    return found


def main() -> None:
    """Print seconds, pairs and the process's peak memory for each number of records."""
    for count in map(int, sys.argv[1:] or ["10000", "100000"]):
        known = records(count)
        started = time.process_time()
        pairs = likely_pairs(known)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        seconds = time.process_time() - started
        print(f"{count:>8} records  {seconds:6.1f} s CPU  {len(pairs):>8} pairs  {peak} MB peak")


if __name__ == "__main__":
    main()
