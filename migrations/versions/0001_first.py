"""The tables of the register, and the triggers that keep the history from being rewritten."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "history_entry",
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("entity", sa.String(length=60), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("part_of", sa.BigInteger(), nullable=False),
        sa.Column("scope_id", sa.Integer(), nullable=True),
        sa.Column("envelope", sa.Text(), nullable=False),
        sa.Column("entry_hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_history_entry")),
    )
    with op.batch_alter_table("history_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_history_entry_actor"), ["actor"], unique=False)
        batch_op.create_index("ix_history_entry_entity", ["entity", "entity_id", "sequence"], unique=False)
        batch_op.create_index("ix_history_entry_part_of", ["part_of"], unique=False)
        batch_op.create_index("ix_history_entry_scope", ["scope_id", "sequence"], unique=False)

    op.create_table(
        "history_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("entry_hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_head")),
    )
    op.create_table(
        "history_value",
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("values", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_history_value")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=200), nullable=True),
        sa.Column("sector", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["organisation.id"], name=op.f("fk_organisation_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index("ix_organisation_name", ["name", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisation_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("job_title", sa.String(length=200), nullable=True),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_attempt_address", ["address", "at"], unique=False)
        batch_op.create_index("ix_sign_in_attempt_email", ["email", "at"], unique=False)

    op.create_table(
        "submission",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("location", sa.String(length=400), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_submission")),
    )
    op.create_table(
        "trust_record",
        sa.Column("ratee_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("good_365", sa.Double(), nullable=False),
        sa.Column("bad_365", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("ratee_id", name=op.f("pk_trust_record")),
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=200), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_contact_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "node_position",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("x", sa.Double(), nullable=False),
        sa.Column("y", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_node_position_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_node_position")),
    )
    op.create_table(
        "organisation_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_alias_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_alias")),
    )
    with op.batch_alter_table("organisation_alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_alias_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "organisation_identifier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(length=60), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_identifier_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_identifier")),
        sa.UniqueConstraint("scheme", "value", name=op.f("uq_organisation_identifier_scheme_value")),
    )
    with op.batch_alter_table("organisation_identifier", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisation_identifier_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "organisation_membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("of_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["of_id"], ["organisation.id"], name=op.f("fk_organisation_membership_of_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_membership_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_membership")),
        sa.UniqueConstraint("organisation_id", "of_id", name=op.f("uq_organisation_membership_organisation_id_of_id")),
    )
    with op.batch_alter_table("organisation_membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_membership_of_id"), ["of_id"], unique=False)

    op.create_table(
        "organisation_successor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_successor_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["organisation.id"], name=op.f("fk_organisation_successor_successor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_successor")),
        sa.UniqueConstraint(
            "organisation_id", "successor_id", name=op.f("uq_organisation_successor_organisation_id_successor_id")
        ),
    )
    with op.batch_alter_table("organisation_successor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_successor_successor_id"), ["successor_id"], unique=False)

    op.create_table(
        "partnership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("theme", sa.String(length=60), nullable=True),
        sa.Column("significance", sa.String(length=60), nullable=False),
        sa.Column("stage", sa.String(length=60), nullable=False),
        sa.Column("scheme", sa.String(length=60), nullable=False),
        sa.Column("is_restricted", sa.Boolean(), nullable=False),
        sa.Column("cadence_days", sa.Integer(), nullable=True),
        sa.Column("lead_officer_id", sa.Integer(), nullable=True),
        sa.Column("senior_owner", sa.String(length=200), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("close_reason", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lead_officer_id"], ["person.id"], name=op.f("fk_partnership_lead_officer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership")),
    )
    with op.batch_alter_table("partnership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partnership_lead_officer_id"), ["lead_officer_id"], unique=False)
        batch_op.create_index("ix_partnership_name", ["name", "id"], unique=False)

    op.create_table(
        "restricted_access",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_restricted_access_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restricted_access")),
    )
    with op.batch_alter_table("restricted_access", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_restricted_access_person_id"), ["person_id"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_person_id"), ["person_id"], unique=False)

    op.create_table(
        "deal_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=True),
        sa.Column("legal_form", sa.String(length=60), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("value_pence", sa.BigInteger(), nullable=True),
        sa.Column("value_basis", sa.String(length=60), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("notice_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("extension", sa.String(length=200), nullable=True),
        sa.Column("exit_arrangement", sa.Text(), nullable=True),
        sa.Column("benefits_expected", sa.Text(), nullable=True),
        sa.Column("benefits_realised", sa.Text(), nullable=True),
        sa.Column("documents", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_deal_revision_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_revision")),
        sa.UniqueConstraint("partnership_id", "revision", name=op.f("uq_deal_revision_partnership_id_revision")),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("rater_id", sa.Integer(), nullable=False),
        sa.Column("ratee_id", sa.Integer(), nullable=False),
        sa.Column("determinant", sa.String(length=60), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("good", sa.Double(), nullable=False),
        sa.Column("bad", sa.Double(), nullable=False),
        sa.Column("rater_key", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_evidence_partnership_id")),
        sa.ForeignKeyConstraint(["ratee_id"], ["organisation.id"], name=op.f("fk_evidence_ratee_id")),
        sa.ForeignKeyConstraint(["rater_id"], ["organisation.id"], name=op.f("fk_evidence_rater_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index("ix_evidence_ratee", ["ratee_id", "held_on"], unique=False)
        batch_op.create_index(
            "ix_evidence_relationship", ["partnership_id", "rater_id", "ratee_id", "held_on"], unique=False
        )
        batch_op.create_index("ix_evidence_source", ["source"], unique=False)

    op.create_table(
        "interaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("first_version_id", sa.Integer(), nullable=True),
        sa.Column("correction_reason", sa.String(length=200), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("superseded_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["first_version_id"], ["interaction.id"], name=op.f("fk_interaction_first_version_id")),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_interaction_partnership_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_interaction_recorded_by_id")),
        sa.ForeignKeyConstraint(["superseded_by_id"], ["interaction.id"], name=op.f("fk_interaction_superseded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interaction")),
    )
    with op.batch_alter_table("interaction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interaction_first_version_id"), ["first_version_id"], unique=False)
        batch_op.create_index("ix_interaction_held_on", ["held_on", "id"], unique=False)
        batch_op.create_index("ix_interaction_partnership", ["partnership_id", "held_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_interaction_recorded_by_id"), ["recorded_by_id"], unique=False)

    op.create_table(
        "participation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_participation_organisation_id")
        ),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_participation_partnership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
    )
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.create_index("ix_participation_organisation", ["organisation_id", "partnership_id"], unique=False)
        batch_op.create_index("ix_participation_partnership", ["partnership_id", "organisation_id"], unique=False)

    op.create_table(
        "partnership_identifier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(length=60), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_partnership_identifier_partnership_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_identifier")),
        sa.UniqueConstraint("scheme", "value", name=op.f("uq_partnership_identifier_scheme_value")),
    )
    with op.batch_alter_table("partnership_identifier", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partnership_identifier_partnership_id"), ["partnership_id"], unique=False)

    op.create_table(
        "partnership_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=60), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name=op.f("fk_partnership_member_partnership_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_partnership_member_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership_member")),
    )
    with op.batch_alter_table("partnership_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partnership_member_partnership_id"), ["partnership_id"], unique=False)
        batch_op.create_index("ix_partnership_member_person", ["person_id", "partnership_id"], unique=False)

    op.create_table(
        "trust_state",
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("rater_id", sa.Integer(), nullable=False),
        sa.Column("ratee_id", sa.Integer(), nullable=False),
        sa.Column("determinant", sa.String(length=60), nullable=False),
        sa.Column("good_90", sa.Double(), nullable=False),
        sa.Column("bad_90", sa.Double(), nullable=False),
        sa.Column("good_180", sa.Double(), nullable=False),
        sa.Column("bad_180", sa.Double(), nullable=False),
        sa.Column("good_365", sa.Double(), nullable=False),
        sa.Column("bad_365", sa.Double(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("count_365", sa.Double(), nullable=False),
        sa.Column("first_held_on", sa.Date(), nullable=True),
        sa.Column("last_held_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_trust_state_partnership_id")),
        sa.ForeignKeyConstraint(["ratee_id"], ["organisation.id"], name=op.f("fk_trust_state_ratee_id")),
        sa.ForeignKeyConstraint(["rater_id"], ["organisation.id"], name=op.f("fk_trust_state_rater_id")),
        sa.PrimaryKeyConstraint("partnership_id", "rater_id", "ratee_id", "determinant", name=op.f("pk_trust_state")),
    )
    with op.batch_alter_table("trust_state", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trust_state_ratee_id"), ["ratee_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interaction_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_attendance_contact_id")),
        sa.ForeignKeyConstraint(["interaction_id"], ["interaction.id"], name=op.f("fk_attendance_interaction_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_attendance_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendance_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendance_interaction_id"), ["interaction_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendance_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "commitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("interaction_id", sa.Integer(), nullable=True),
        sa.Column("promisor_id", sa.Integer(), nullable=False),
        sa.Column("promisee_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["interaction_id"], ["interaction.id"], name=op.f("fk_commitment_interaction_id")),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_commitment_partnership_id")),
        sa.ForeignKeyConstraint(["promisee_id"], ["organisation.id"], name=op.f("fk_commitment_promisee_id")),
        sa.ForeignKeyConstraint(["promisor_id"], ["organisation.id"], name=op.f("fk_commitment_promisor_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_commitment_recorded_by_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["commitment.id"], name=op.f("fk_commitment_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
    )
    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commitment_interaction_id"), ["interaction_id"], unique=False)
        batch_op.create_index("ix_commitment_partnership", ["partnership_id", "due_on", "id"], unique=False)

    op.create_table(
        "deal_share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deal_revision_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("money_pence", sa.BigInteger(), nullable=True),
        sa.Column("in_kind", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["deal_revision_id"], ["deal_revision.id"], name=op.f("fk_deal_share_deal_revision_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_deal_share_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_share")),
        sa.UniqueConstraint(
            "deal_revision_id", "organisation_id", name=op.f("uq_deal_share_deal_revision_id_organisation_id")
        ),
    )
    with op.batch_alter_table("deal_share", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deal_share_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interaction_id", sa.Integer(), nullable=False),
        sa.Column("rater_id", sa.Integer(), nullable=False),
        sa.Column("ratee_id", sa.Integer(), nullable=False),
        sa.Column("rated_by_id", sa.Integer(), nullable=False),
        sa.Column("voice", sa.String(length=60), nullable=False),
        sa.Column("determinant", sa.String(length=60), nullable=False),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.Column("evidence", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["interaction_id"], ["interaction.id"], name=op.f("fk_reading_interaction_id")),
        sa.ForeignKeyConstraint(["rated_by_id"], ["person.id"], name=op.f("fk_reading_rated_by_id")),
        sa.ForeignKeyConstraint(["ratee_id"], ["organisation.id"], name=op.f("fk_reading_ratee_id")),
        sa.ForeignKeyConstraint(["rater_id"], ["organisation.id"], name=op.f("fk_reading_rater_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
    )
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reading_interaction_id"), ["interaction_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reading_ratee_id"), ["ratee_id"], unique=False)

    op.create_table(
        "settlement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=60), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitment.id"], name=op.f("fk_settlement_commitment_id")),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name=op.f("fk_settlement_partnership_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_settlement_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement")),
    )
    with op.batch_alter_table("settlement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_settlement_commitment_id"), ["commitment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_settlement_partnership_id"), ["partnership_id"], unique=False)
    begin_history()
    protect_history()


def downgrade() -> None:
    """Take the tables back to the version before."""
    release_history()
    with op.batch_alter_table("settlement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_settlement_partnership_id"))
        batch_op.drop_index(batch_op.f("ix_settlement_commitment_id"))

    op.drop_table("settlement")
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reading_ratee_id"))
        batch_op.drop_index(batch_op.f("ix_reading_interaction_id"))

    op.drop_table("reading")
    with op.batch_alter_table("deal_share", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deal_share_organisation_id"))

    op.drop_table("deal_share")
    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.drop_index("ix_commitment_partnership")
        batch_op.drop_index(batch_op.f("ix_commitment_interaction_id"))

    op.drop_table("commitment")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_attendance_interaction_id"))
        batch_op.drop_index(batch_op.f("ix_attendance_contact_id"))

    op.drop_table("attendance")
    with op.batch_alter_table("trust_state", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trust_state_ratee_id"))

    op.drop_table("trust_state")
    with op.batch_alter_table("partnership_member", schema=None) as batch_op:
        batch_op.drop_index("ix_partnership_member_person")
        batch_op.drop_index(batch_op.f("ix_partnership_member_partnership_id"))

    op.drop_table("partnership_member")
    with op.batch_alter_table("partnership_identifier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partnership_identifier_partnership_id"))

    op.drop_table("partnership_identifier")
    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.drop_index("ix_participation_partnership")
        batch_op.drop_index("ix_participation_organisation")

    op.drop_table("participation")
    with op.batch_alter_table("interaction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interaction_recorded_by_id"))
        batch_op.drop_index("ix_interaction_partnership")
        batch_op.drop_index("ix_interaction_held_on")
        batch_op.drop_index(batch_op.f("ix_interaction_first_version_id"))

    op.drop_table("interaction")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index("ix_evidence_source")
        batch_op.drop_index("ix_evidence_relationship")
        batch_op.drop_index("ix_evidence_ratee")

    op.drop_table("evidence")
    op.drop_table("deal_revision")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_person_id"))

    op.drop_table("sign_in")
    with op.batch_alter_table("restricted_access", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_restricted_access_person_id"))

    op.drop_table("restricted_access")
    with op.batch_alter_table("partnership", schema=None) as batch_op:
        batch_op.drop_index("ix_partnership_name")
        batch_op.drop_index(batch_op.f("ix_partnership_lead_officer_id"))

    op.drop_table("partnership")
    with op.batch_alter_table("organisation_successor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_successor_successor_id"))

    op.drop_table("organisation_successor")
    with op.batch_alter_table("organisation_membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_membership_of_id"))

    op.drop_table("organisation_membership")
    with op.batch_alter_table("organisation_identifier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_identifier_organisation_id"))

    op.drop_table("organisation_identifier")
    with op.batch_alter_table("organisation_alias", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_alias_organisation_id"))

    op.drop_table("organisation_alias")
    op.drop_table("node_position")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_organisation_id"))

    op.drop_table("contact")
    op.drop_table("trust_record")
    op.drop_table("submission")
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_attempt_email")
        batch_op.drop_index("ix_sign_in_attempt_address")

    op.drop_table("sign_in_attempt")
    op.drop_table("person")
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_parent_id"))
        batch_op.drop_index("ix_organisation_name")

    op.drop_table("organisation")
    op.drop_table("history_value")
    op.drop_table("history_head")
    with op.batch_alter_table("history_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_history_entry_scope")
        batch_op.drop_index("ix_history_entry_part_of")
        batch_op.drop_index("ix_history_entry_entity")
        batch_op.drop_index(batch_op.f("ix_history_entry_actor"))

    op.drop_table("history_entry")


def begin_history() -> None:
    """Put the head of an empty chain in its place, so that the first two writers have a row to wait for."""
    head = sa.table("history_head", sa.column("id"), sa.column("size"), sa.column("entry_hash"))
    op.execute(head.insert().values(id=1, size=0, entry_hash="0" * 64))


def protect_history() -> None:
    """Refuse to change or delete entries; the values beside them stay erasable."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the history is append-only'; END $$",
        )
        op.execute(
            "CREATE TRIGGER history_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON history_entry "
            "FOR EACH STATEMENT EXECUTE FUNCTION history_is_append_only()",
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER history_entry_no_{verb.lower()} BEFORE {verb} ON history_entry "
            "BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END",
        )
    # INSERT OR REPLACE deletes the row in its way without asking the trigger above.
    op.execute(
        "CREATE TRIGGER history_entry_no_replace BEFORE INSERT ON history_entry "
        "WHEN EXISTS (SELECT 1 FROM history_entry WHERE sequence = NEW.sequence) "
        "BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END",
    )


def release_history() -> None:
    """Take the protection away, so that the tables can go."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER history_entry_append_only ON history_entry")
        op.execute("DROP FUNCTION history_is_append_only()")
        return
    for verb in ("update", "delete", "replace"):
        op.execute(f"DROP TRIGGER history_entry_no_{verb}")
