"""The guide in the database: brought, edited, undone, never overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from services_directory import LOCALES, GuideError, Record, Source, load, shipped_digest, stored
from services_directory.changes import Changed, Write, apply, history, latest, rows, rows_of, undo
from services_directory.hours import DAYS, Hours
from services_directory.mapping import guide_rows
from services_directory.records import Guide, hsds_id
from services_directory.tables import HSDS, TABLES, change_row, record
from services_directory.unmapping import guide_of
from tests.directory.conftest import NOW

DIRECTORY = load()
GUIDE, UNITS = DIRECTORY.guide, DIRECTORY.units
LATER = NOW + timedelta(days=1)


def test_what_ships_is_in_every_database(engine):
    with engine.connect() as conn:
        assert stored.shipped(conn) == shipped_digest() == stored.pristine(conn)
        found = stored.read_guide(conn)
        assert found.records == GUIDE.records
        assert found.organizations == GUIDE.organizations
        for slug in ("onde-2511", "law-ages", "insaf", "mechanism-ma-sal"):
            assert stored.read_record(conn, slug) == GUIDE.records[slug]
        assert stored.read_record(conn, "onde") is None  # an organization
        assert stored.read_record(conn, "nobody") is None


def test_bringing_again_changes_nothing(engine):
    with engine.begin() as conn:
        before = stored.version(conn)
        assert not stored.bring(conn, GUIDE, UNITS, digest=shipped_digest(), now=NOW)
        assert stored.bring(conn, GUIDE, UNITS, digest="another", now=NOW)
        assert stored.version(conn) == before


def test_an_edit_is_a_version_and_can_be_undone(engine):
    old = GUIDE.records["onde-2511"]
    new = replace(old, phones=("2511",), answer={**old.answer, "fr": "Autre texte."})
    with engine.begin() as conn:
        own = hsds_id("service", "onde-2511")
        table = HSDS["service"]
        modified = select(table.c.last_modified).where(table.c.id == own)
        was = conn.scalar(modified)
        number = stored.save(conn, new, UNITS, author="amina", why="one number", now=LATER)
        assert stored.read_record(conn, "onde-2511") == new
        assert conn.scalar(modified) > was
        assert stored.pristine(conn) is None
        newest = latest(conn)[0]
        assert (newest.id, newest.author, newest.why) == (number, "amina", "one number")
        changed = {(r.table, r.before is None, r.after is None) for r in rows_of(conn, number)}
        assert ("phone", False, True) in changed
        seen = history(conn, "service", own)
        assert [c.author for c, _ in seen] == ["amina", "sanad"]
        assert stored.save(conn, new, UNITS, author="amina", why="again", now=LATER) is None
        undone = undo(conn, number, author="brahim", why="wrong", now=LATER)
        assert stored.read_record(conn, "onde-2511") == old
        assert latest(conn)[0].undoes == number and latest(conn)[0].id == undone


def test_an_undo_does_not_undo_what_came_after(engine):
    old = GUIDE.records["cape"]
    with engine.begin() as conn:
        first = stored.save(conn, replace(old, url="https://a.example"), UNITS,
                            author="a", why="x", now=LATER)  # fmt: skip
        stored.save(conn, replace(old, url="https://b.example"), UNITS,
                    author="b", why="y", now=LATER)  # fmt: skip
        with pytest.raises(Changed, match="changed again"):
            undo(conn, first, author="c", why="z", now=LATER)
        with pytest.raises(LookupError):
            undo(conn, 10_000, author="c", why="z", now=LATER)


def test_a_newer_sanad_does_not_overwrite_an_editor(engine):
    written = replace(GUIDE.records["cape"], url="https://edited.example")
    fewer = {k: r for k, r in GUIDE.records.items() if k != "upe"}
    newer = {**fewer, "cppe": replace(GUIDE.records["cppe"], url="https://newer.example")}
    with engine.begin() as conn:
        stored.save(conn, written, UNITS, author="amina", why="x", now=NOW)
        assert stored.bring(conn, Guide(newer, GUIDE.organizations), UNITS, digest="d", now=LATER)
        assert stored.read_record(conn, "cape") == written
        assert stored.read_record(conn, "cppe").url == "https://newer.example"
        assert stored.read_record(conn, "upe").publish == "withdrawn"


def test_a_new_record_is_drafted_published_reviewed_withdrawn(engine):
    new = Record(
        id="new-service", kind="service", publish="draft", name=dict.fromkeys(LOCALES, "Nouveau"),
        answer={"fr": "Texte."}, source=Source("https://x.example", "2026-11", "X"),
        organization="onde", places=("MA-SAL",),
    )  # fmt: skip
    with engine.begin() as conn:
        stored.save(conn, new, UNITS, author="a", why="new", now=NOW)
        with pytest.raises(GuideError, match="answer must stand in"):
            stored.set_publish(conn, "new-service", "ok", UNITS, author="b", why="", now=NOW)
        whole = replace(new, answer=dict.fromkeys(LOCALES, "Texte."))
        stored.save(conn, whole, UNITS, author="a", why="texts", now=NOW)
        stored.set_publish(conn, "new-service", "ok", UNITS, author="b", why="", now=NOW)
        stored.review(conn, "new-service", UNITS, author="b", now=LATER)
        found = stored.read_record(conn, "new-service")
        assert (found.publish, found.reviewed_by, found.reviewed_on) == ("ok", "b", "2026-11-25")
        stored.set_publish(conn, "new-service", "withdrawn", UNITS, author="b", why="", now=LATER)
        assert not stored.read_record(conn, "new-service").shown(LATER.date())
        with pytest.raises(LookupError):
            stored.review(conn, "nobody", UNITS, author="b", now=NOW)
        with pytest.raises(GuideError, match="no MA-XXX"):
            stored.save(
                conn, replace(whole, places=("MA-XXX",)), UNITS, author="a", why="", now=NOW
            )


def test_nothing_is_left_of_a_failed_edit(engine):
    def counts(conn):
        return [
            conn.scalar(select(func.count()).select_from(t)) for t in (*TABLES.values(), change_row)
        ]

    with engine.connect() as conn:
        before = counts(conn)
    with pytest.raises(RuntimeError), engine.begin() as conn:  # noqa: PT012 - it all fails
        stored.save(conn, replace(GUIDE.records["cape"], url="https://x.example"), UNITS,
                    author="a", why="", now=NOW)  # fmt: skip
        raise RuntimeError
    with engine.connect() as conn:
        assert counts(conn) == before


texts = st.dictionaries(st.sampled_from(LOCALES), st.text(min_size=1, max_size=40)).map(
    lambda d: {**d, "fr": d.get("fr", "x")}
)
some_hours = st.builds(
    Hours, st.sampled_from([DAYS, ("MO",), ("SA", "SU")]),
    st.sampled_from([time(8), time(0)]), st.sampled_from([time(18, 30), time(0)]),
    st.sampled_from([None, date(2027, 1, 1)]), st.sampled_from([None, date(2027, 2, 1)]),
)  # fmt: skip
records = st.builds(
    Record, id=st.just("r"), kind=st.sampled_from(["service", "hotline", "finance"]),
    name=texts, answer=texts, source=st.just(Source("u", "2026", "p")),
    phones=st.lists(st.text(min_size=1, max_size=10), max_size=3).map(tuple),
    aliases=st.dictionaries(st.sampled_from(LOCALES), st.lists(st.text()).map(tuple)),
    eligibility=texts, cost=texts, hours=st.lists(some_hours, max_size=3).map(tuple),
    languages=st.just(("ar", "fr")), places=st.sampled_from([(), ("MA-SAL", "MA-RAB")]),
    age=st.tuples(st.none() | st.integers(0, 20), st.none() | st.integers(20, 90)),
    documents=st.sampled_from([{}, {"fr": ("a", "b"), "ar": ("c", "d")}]),
    abroad=st.booleans(), confidential=st.booleans(), organization=st.none(),
)  # fmt: skip


@given(records)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_what_becomes_rows_comes_back_the_same(r):
    made = guide_rows(Guide({"r": r}, {}), UNITS)
    full = {
        name: [{**dict.fromkeys(TABLES[name].columns.keys()), **row} for row in several.values()]
        for name, several in made.items()
    }
    assert guide_of(full).records["r"] == r


def test_rows_know_where_they_come_from(engine):
    with engine.connect() as conn:
        origins = set(conn.scalars(select(record.c.origin)))
    assert origins == {"shipped"}


def imported(conn, row_id="not-a-uuid"):
    """A service as a package brought it, with what our records cannot say."""
    rows = {
        "organization": {"id": "org-1", "name": "Ville", "description": "x"},
        "service": {"id": row_id, "name": "Crèche", "description": "Pour les petits.",
                    "organization_id": "org-1", "status": "active", "wait_time": "deux semaines",
                    "assured_date": "2026-01-01"},
        "phone": {"id": "p-1", "service_id": row_id, "number": "+212522000000", "extension": 7.0},
        "location": {"id": "l-1", "location_type": "physical", "name": "Ici"},
        "address": {"id": "a-1", "location_id": "l-1", "address_1": "1 rue X", "city": "Salé",
                    "state_province": "Salé", "postal_code": "11000", "country": "MA",
                    "address_type": "physical"},
        "service_at_location": {"id": "s-1", "service_id": row_id, "location_id": "l-1"},
        "attribute": {"id": "t-1", "link_id": row_id, "link_entity": "service",
                      "taxonomy_term_id": "theirs"},
    }  # fmt: skip
    writes = [Write(table, row["id"], row) for table, row in rows.items()]
    own = {"kind": "service", "publish": "ok", "service_id": row_id, "origin": "imported",
           "source_url": "u", "source_date": "2026", "source_publisher": "p", "source_dated": True,
           "confidence": "low"}  # fmt: skip
    body = {
        "kind": "organization",
        "publish": "ok",
        "organization_id": "org-1",
        "origin": "imported",
    }
    writes += [
        Write("record", row_id, {"id": row_id, **own}),
        Write("record", "ville", {"id": "ville", **body}),
    ]
    apply(conn, writes, author="import", why="x", now=NOW)
    return stored.read_record(conn, row_id)


def test_an_edit_of_an_imported_service_touches_what_it_says_only(engine):
    with engine.begin() as conn:
        old = imported(conn)
        assert old.organization == "ville" and old.phones == ("+212522000000",)
        whole = {"fr": "Crèche", "ar": "حضانة", "ary": "حضانة", "ary-Latn": "7adana"}
        answer = dict.fromkeys(LOCALES, "Texte.")
        new = replace(old, name=whole, answer=answer)
        stored.save(conn, new, UNITS, author="amina", why="names", now=LATER)
        assert stored.read_record(conn, "not-a-uuid") == new
        [service] = rows(conn, select(HSDS["service"]).where(HSDS["service"].c.id == "not-a-uuid"))
        assert service["organization_id"] == "org-1"
        assert (service["wait_time"], service["assured_date"]) == ("deux semaines", "2026-01-01")
        [phone] = rows(
            conn, select(HSDS["phone"]).where(HSDS["phone"].c.service_id == "not-a-uuid")
        )
        assert (phone["id"], phone["extension"]) == ("p-1", 7.0)
        for table, own in (
            ("attribute", "t-1"),
            ("service_at_location", "s-1"),
            ("address", "a-1"),
        ):
            assert rows(conn, select(HSDS[table]).where(HSDS[table].c.id == own)), table
        moved = replace(new, phones=("2511",), organization="onde")
        stored.save(conn, moved, UNITS, author="amina", why="number", now=LATER)
        assert stored.read_record(conn, "not-a-uuid") == moved
        with pytest.raises(GuideError, match="no organization nobody"):
            stored.save(conn, replace(moved, organization="nobody"), UNITS,
                        author="a", why="", now=LATER)  # fmt: skip
