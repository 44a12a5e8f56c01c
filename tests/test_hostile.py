"""The hostile hour of ``scripts/hostile.py``, in half a minute."""

import json

import pytest

from scripts.hostile import hostile_hour

GROWN_MB = 150


@pytest.mark.slow
def test_honest_clients_are_answered_rightly_while_others_are_hostile() -> None:
    found = hostile_hour(hostile=32, clients=4, attacks=60, seconds=15)
    told = json.dumps(found, indent=1)
    assert found["under_attack"]["wrong"] == [], told
    assert found["under_attack"]["queries"] > 500, told
    # It may be late on a busy machine, and is never refused a place.
    assert found["patient"]["told"].keys() <= {"query_seconds"}, told
    # Loose, for a busy machine; docs/operations.md has the measured figure.
    allowed = max(2000, 50 * found["idle"]["p99_ms"])
    assert found["under_attack"]["p99_ms"] < allowed, told
    assert found["after"]["processes"] == found["before"]["processes"], told
    assert found["after"]["open_files"] <= found["before"]["open_files"] + 20, told
    assert found["after"]["memory_mb"] < found["before"]["memory_mb"] + GROWN_MB, told
    seen = found["attacks"]["seen"]
    assert not [name for name in seen if name.endswith((": 200", ": 500"))], told
