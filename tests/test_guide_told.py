"""The guide in a conversation: what is on a button may have been withdrawn since."""

from __future__ import annotations

from datetime import UTC, datetime

from channels.port import Pick, Text
from services_directory import stored, the_map
from tests.people import a_talk

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


async def test_a_button_of_a_withdrawn_entry_tells_nothing(sqlite_settings):
    """The number behind it may be wrong now; and what never was an entry breaks nothing."""
    async with a_talk(sqlite_settings) as talk:
        await talk.says(Text("numéro de la gendarmerie"))
        [told] = await talk.says(Pick("guide=gendarmerie-177@1"))
        assert "Gendarmerie : 177" in told.text
        with talk.parts.store.begin() as conn:
            stored.set_publish(
                conn, "gendarmerie-177", "withdrawn", the_map(), author="a", why="", now=NOW
            )
        talk.parts.store.read_now(talk.parts.guide.refresh)
        for entry in ("gendarmerie-177", "insaf", "nobody"):
            [said] = await talk.says(Pick(f"guide={entry}@1"))
            assert "n'invente rien" in said.text, entry
