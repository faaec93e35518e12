"""Every table, in SQLAlchemy Core. What stands in plain here is all that a stolen database tells.

Plain: ids, times, states, and of a report only province, harm code, age band and risk (routing and
statistics need them). Everything a person wrote, and every address, is sealed (`bot.store.vault`).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    text,
)

from services_directory.tables import NAMING

metadata = MetaData(naming_convention=NAMING)


class UtcTime(TypeDecorator[datetime]):
    """An aware datetime in UTC on both databases (SQLite keeps no zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        assert isinstance(value, datetime)  # noqa: S101 - what the driver promises
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Seq = BigInteger().with_variant(Integer, "sqlite")
ID = String(36)  # uuid7, so that ids sort by time

# --- people and what was said ---------------------------------------------------------------------

conversation = Table(
    "conversation",
    metadata,
    Column("id", ID, primary_key=True),
    Column("version", Integer, nullable=False, default=0),
    # The session as sealed JSON; null before the first turn.
    Column("state", LargeBinary),
    # The conversation's own key, wrapped by a master key.
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("key_id", String(16), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("last_inbound_at", UtcTime, nullable=False),
    # When the next timer of the form on the stack rings, and which.
    Column("due_at", UtcTime),
    Column("due", String(16)),
    Index("ix_conversation_due_at", "due_at"),
)

address = Table(
    "address",
    metadata,
    Column("id", ID, primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    Column("channel", String(16), nullable=False),
    # HMAC of the channel and the opaque id under the index key.
    Column("blind", LargeBinary(32), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("blocked_at", UtcTime),
    Column("created_at", UtcTime, nullable=False),
    UniqueConstraint("channel", "blind"),
)

inbound_message = Table(
    "inbound_message",
    metadata,
    # The order in which messages were stored is the order in which they are answered.
    Column("seq", Seq, primary_key=True, autoincrement=True),
    Column("channel", String(16), nullable=False),
    # HMAC of the provider's id: the raw one may hold a phone number or a chat id.
    Column("provider_id", LargeBinary(32), nullable=False),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False),
    Column("address_id", ForeignKey("address.id"), nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    # What was understood, sealed: kept so that a turn can be replayed.
    Column("understood", LargeBinary),
    Column("state", String(8), nullable=False, default="waiting"),
    Column("attempts", Integer, nullable=False, default=0),
    UniqueConstraint("channel", "provider_id"),
    CheckConstraint("state IN ('waiting', 'handled', 'failed')", name="state"),
    # Only what waits: the sweep reads it every second, however long the history is.
    Index(
        "ix_inbound_message_waiting",
        "conversation_id",
        "seq",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
)

outbound_message = Table(
    "outbound_message",
    metadata,
    Column("id", ID, primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False),
    Column("address_id", ForeignKey("address.id"), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    # Order within the conversation: parts of one turn leave in order.
    Column("position", Seq, nullable=False),
    # The bubble, sealed; a receipt's digits are not in it, they stand as {receipt}.
    Column("sealed", LargeBinary, nullable=False),
    # The case whose receipt replaces {receipt} when this is sent.
    Column("receipt_case_id", ForeignKey("case.id")),
    Column("state", String(8), nullable=False, default="waiting"),
    Column("attempts", Integer, nullable=False, default=0),
    # Until when the process that is sending it may be believed to be alive.
    Column("claimed_until", UtcTime),
    Column("next_at", UtcTime),
    Column("error", String(64)),
    # The provider's id, sealed: needed to delete the bubble on a quick exit.
    Column("provider_id", LargeBinary),
    Column("sent_at", UtcTime),
    CheckConstraint("state IN ('waiting', 'sent', 'failed', 'deleted')", name="state"),
    Index(
        "ix_outbound_message_waiting",
        "conversation_id",
        "position",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index("ix_outbound_message_conversation", "conversation_id", "position"),
)

attachment = Table(
    "attachment",
    metadata,
    Column("id", ID, primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    Column("case_id", ForeignKey("case.id"), index=True),
    Column("kind", String(16), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("state", String(8), nullable=False, default="waiting"),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_at", UtcTime),
    Column("error", String(64)),
    # Where the provider keeps it, sealed; the file itself lies encrypted in the data folder.
    Column("sealed", LargeBinary, nullable=False),
    Column("size", Integer),
    CheckConstraint("state IN ('waiting', 'stored', 'refused')", name="state"),
)

# --- cases and referrals --------------------------------------------------------------------------

case = Table(
    "case",
    metadata,
    Column("id", ID, primary_key=True),
    # What people say on the telephone: short, no meaning, no order.
    Column("ref", String(16), nullable=False, unique=True),
    Column("created_at", UtcTime, nullable=False),
    Column("conversation_id", ForeignKey("conversation.id"), index=True),
    # A turn can file a report once, however often it is tried.
    Column("dedupe", String(80), nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("partial", Boolean, nullable=False),
    Column("test", Boolean, nullable=False, default=False),
    # The mechanism's code (MA-SAL, x-CAS-ANFA); null where the place is not known.
    Column("mechanism", String(16)),
    Column("province", String(16)),
    Column("harm", JSON, nullable=False),
    Column("age_band", String(8)),
    Column("risk", String(8), nullable=False),
    Column("reporter", String(16), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("receipt_hmac", LargeBinary(32), unique=True),
    # The digits, sealed until they were shown, then null.
    Column("receipt_sealed", LargeBinary),
    CheckConstraint(
        "state IN ('received', 'queued', 'delivered', 'opened', 'acknowledged', 'accepted',"
        " 'refused', 'in_progress', 'closed')",
        name="state",
    ),
    CheckConstraint("reporter IN ('anonymous', 'confidential', 'named')", name="reporter"),
    CheckConstraint("risk IN ('high', 'medium', 'low', 'unknown')", name="risk"),
    Index("ix_case_mechanism", "mechanism", "state"),
)

case_key = Table(
    "case_key",
    metadata,
    # No foreign key: the keys will live in a store of their own whose backups expire first.
    Column("case_id", ID, primary_key=True),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("key_id", String(16), nullable=False),
)

case_event = Table(
    "case_event",
    metadata,
    Column("seq", Seq, primary_key=True, autoincrement=True),
    Column("case_id", ForeignKey("case.id"), nullable=False, index=True),
    Column("at", UtcTime, nullable=False),
    Column("who", String(80), nullable=False),
    Column("was", String(16)),
    Column("now", String(16), nullable=False),
    Column("why", String(80), nullable=False, default=""),
)

office = Table(
    "office",
    metadata,
    # The mechanism's code, or `desk` for the national desk.
    Column("id", String(16), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("email", String(254)),
    Column("duty_phone", String(32)),
    Column("reachable", Boolean, nullable=False, default=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("test_acknowledged_at", UtcTime),
    Column("test_acknowledged_by", String(80)),
    CheckConstraint("kind IN ('mechanism', 'region', 'desk')", name="kind"),
)

referral = Table(
    "referral",
    metadata,
    Column("id", ID, primary_key=True),
    Column("case_id", ForeignKey("case.id"), nullable=False, index=True),
    Column("office_id", ForeignKey("office.id"), nullable=False),
    # Why this office: the mechanism of the place, or the desk and for what reason.
    Column("why", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    # When it is to be acknowledged.
    Column("due_at", UtcTime),
    # Deliveries begun for it: the next one's workflow has this number in its name.
    Column("deliveries", Integer, nullable=False, default=1),
    # E-mail notices tried, and when the next one is due; null: none is.
    Column("notices", Integer, nullable=False, default=0),
    Column("notice_at", UtcTime),
    CheckConstraint(
        "state IN ('queued', 'delivered', 'opened', 'acknowledged', 'accepted', 'refused',"
        " 'in_progress', 'closed')",
        name="state",
    ),
    Index("ix_referral_open", "state", "due_at"),
    Index("ix_referral_office", "office_id", "state"),
)

delivery_attempt = Table(
    "delivery_attempt",
    metadata,
    Column("id", ID, primary_key=True),
    Column("referral_id", ForeignKey("referral.id"), nullable=False, index=True),
    Column("destination", String(16), nullable=False),
    # The same attempt made again after a crash finds its row by this.
    Column("key", String(80), nullable=False, unique=True),
    Column("started_at", UtcTime, nullable=False),
    Column("finished_at", UtcTime),
    Column("outcome", String(16)),
    Column("detail", String(80), nullable=False, default=""),
    CheckConstraint("destination IN ('inbox', 'email')", name="destination"),
)

# --- learning ------------------------------------------------------------------------------------

candidate = Table(
    "candidate",
    metadata,
    Column("id", ID, primary_key=True),
    Column("created_at", UtcTime, nullable=False),
    # Who corrected what was understood, who decided: names of accounts.
    Column("proposed_by", String(80), nullable=False),
    Column("decided_by", String(80)),
    Column("decided_at", UtcTime),
    Column("state", String(10), nullable=False, default="waiting"),
    Column("language", String(8), nullable=False),
    # The intent understood, and the one meant.
    Column("guessed", String(40), nullable=False),
    Column("meant", String(40), nullable=False),
    # What a person wrote, sealed under a key of its own; gone once decided.
    Column("words", LargeBinary),
    Column("wrapped_key", LargeBinary),
    Column("key_id", String(16)),
    # The editor's invention in its place: nobody's words.
    Column("paraphrase", String(400)),
    CheckConstraint("state IN ('waiting', 'rewritten', 'accepted', 'refused')", name="state"),
    CheckConstraint(
        "words IS NULL OR state IN ('waiting', 'rewritten')", name="words_gone_once_decided"
    ),
    Index("ix_candidate_state", "state", "created_at"),
)

# --- the desk -------------------------------------------------------------------------------------

handover = Table(
    "handover",
    metadata,
    Column("id", ID, primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False, index=True),
    Column("why", String(16), nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("language", String(8), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("closed_at", UtcTime),
    CheckConstraint(
        "why IN ('asked', 'emergency', 'misses', 'voice', 'fault', 'language')", name="why"
    ),
    Index("ix_handover_waiting", "closed_at", "urgent", "created_at"),
    # A conversation waits once.
    Index(
        "uq_handover_open",
        "conversation_id",
        unique=True,
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
)

alert = Table(
    "alert",
    metadata,
    Column("id", ID, primary_key=True),
    Column("conversation_id", ForeignKey("conversation.id"), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("categories", JSON, nullable=False),
    # One conversation rings once in a window; what comes within it is counted here.
    Column("window", String(80), nullable=False, unique=True),
    Column("times", Integer, nullable=False, default=1),
)

# --- care -----------------------------------------------------------------------------------------

audit = Table(
    "audit",
    metadata,
    Column("seq", Seq, primary_key=True, autoincrement=True),
    Column("at", UtcTime, nullable=False),
    Column("who", String(80), nullable=False),
    Column("did", String(40), nullable=False),
    Column("subject", String(80), nullable=False),
)

receipt_guess = Table(
    "receipt_guess",
    metadata,
    # HMAC of the sender, or of a code's first digits.
    Column("bucket", LargeBinary(32), primary_key=True),
    Column("misses", Integer, nullable=False),
    Column("last_at", UtcTime, nullable=False),
)
