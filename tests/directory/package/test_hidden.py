"""What is confidential, drafted or withdrawn stays inside."""

from __future__ import annotations

from services_directory import changes, stored
from services_directory.changes import Write
from services_directory.records import hsds_id
from tests.directory.package.packages import (
    KINDS,
    NOW,
    UNITS,
    all_of,
    exports,
    imports,
)

SHOWN = {"open", "shelter", "today"}


def test_the_public_gets_what_may_be_seen_today(mixed, tmp_path):
    said = all_of(exports(mixed, tmp_path / "a"))
    for k in KINDS:
        assert (f"SECRET-{k}" in said) is (k in SHOWN), k
        assert (f"ORG-{k}" in said) is (k in SHOWN), k
        assert (f"OF-{k}" in said) is (k in SHOWN), k
        assert (f"S-{k}" in said) is (k in SHOWN), k
        # A location without a service, of the organization behind a shelter, may be the shelter.
        for mark in ("ADDRESS-", "AT-", "BOTH-", "OWN-"):
            assert (f"{mark}{k}" in said) is (k in SHOWN and k != "shelter"), (mark, k)


def test_confidential_locations_never_go_out(mixed, tmp_path):
    said = all_of(exports(mixed, tmp_path / "a.zip", everything=True))
    for k in KINDS:
        assert f"SECRET-{k}" in said
        for mark in ("ADDRESS-", "AT-", "BOTH-", "OWN-"):
            assert (f"{mark}{k}" in said) is (k not in ("shelter", "hidden-draft")), (mark, k)
    links = hsds_id("location", "shelter"), hsds_id("service_at_location", "shelter")
    assert not any(own in said for own in links)


def test_a_shelter_that_lost_its_link_stays_hidden(mixed, tmp_path):
    with mixed.begin() as conn:
        link = hsds_id("service_at_location", "shelter")
        gone = [Write("service_at_location", link, None)]
        changes.apply(conn, gone, author="test", why="test", now=NOW)
    said = all_of(exports(mixed, tmp_path / "a.zip", everything=True))
    assert "ADDRESS-shelter" not in said and "AT-shelter" not in said


def test_a_shelter_shared_with_an_open_service_stays_hidden(mixed, tmp_path):
    with mixed.begin() as conn:
        row = {
            "service_id": hsds_id("service", "open"),
            "location_id": hsds_id("location", "shelter"),
        }
        changes.apply(conn, [Write("service_at_location", "shared", row)],
                      author="test", why="test", now=NOW)  # fmt: skip
    said = all_of(exports(mixed, tmp_path / "a.zip"))
    assert "ADDRESS-shelter" not in said and "ADDRESS-open" in said


def test_who_reviewed_it_stays_inside(mixed, tmp_path):
    with mixed.begin() as conn:
        stored.review(conn, "open", UNITS, author="Naïma du bureau", now=NOW)
    assert "Naïma" not in all_of(exports(mixed, tmp_path / "a"))
    assert "Naïma" in all_of(exports(mixed, tmp_path / "b", everything=True))


def test_what_went_out_of_a_mixed_directory_can_come_in(mixed, sqlite, tmp_path):
    for name, everything in (("a.zip", False), ("b.zip", True)):
        went = exports(mixed, tmp_path / name, everything=everything)
        second = sqlite()
        assert imports(second, went).lines == ()
        again = exports(second, tmp_path / f"again-{name}", everything=everything)
        assert went.read_bytes() == again.read_bytes()
