"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "audit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=120), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_at"), "audit", ["at"], unique=False)
    op.create_index(op.f("ix_audit_row_id"), "audit", ["row_id"], unique=False)
    op.create_table(
        "change_step",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("who", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_change_step")),
    )
    op.create_table(
        "portfolio",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("organisation", sa.String(length=300), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("method", sa.String(length=60), nullable=False),
        sa.Column("aggregation", sa.String(length=40), nullable=False),
        sa.Column("risk_aversion", sa.Float(), nullable=False),
        sa.Column("p_low", sa.Float(), nullable=False),
        sa.Column("p_high", sa.Float(), nullable=False),
        sa.CheckConstraint(
            "p_low >= 0 AND p_low <= p_high AND p_high <= 1", name=op.f("ck_portfolio_p_range")
        ),
        sa.CheckConstraint("risk_aversion >= 0", name=op.f("ck_portfolio_risk_aversion_range")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portfolio")),
    )
    op.create_table(
        "change_image",
        sa.Column("step_number", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["step_number"],
            ["change_step.number"],
            name=op.f("fk_change_image_step_number"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("step_number", "place", name=op.f("pk_change_image")),
    )
    op.create_table(
        "criterion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("dimension", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("low", sa.Float(), nullable=False),
        sa.Column("high", sa.Float(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("portfolio_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(dimension = 'risk') = (category IS NOT NULL)",
            name=op.f("ck_criterion_risk_has_category"),
        ),
        sa.CheckConstraint("low < high", name=op.f("ck_criterion_scale_order")),
        sa.CheckConstraint("weight >= 0", name=op.f("ck_criterion_weight_range")),
        sa.ForeignKeyConstraint(
            ["portfolio_id"],
            ["portfolio.id"],
            name=op.f("fk_criterion_portfolio_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion")),
        sa.UniqueConstraint("portfolio_id", "key", name=op.f("uq_criterion_portfolio_id_key")),
    )
    op.create_index(op.f("ix_criterion_portfolio_id"), "criterion", ["portfolio_id"], unique=False)
    op.create_table(
        "participant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("team", sa.String(length=120), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("portfolio_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("weight >= 0", name=op.f("ck_participant_weight_range")),
        sa.ForeignKeyConstraint(
            ["portfolio_id"],
            ["portfolio.id"],
            name=op.f("fk_participant_portfolio_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint("portfolio_id", "name", name=op.f("uq_participant_portfolio_id_name")),
    )
    op.create_index(
        op.f("ix_participant_portfolio_id"), "participant", ["portfolio_id"], unique=False
    )
    op.create_table(
        "role",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("day_rate", sa.Float(), nullable=True),
        sa.Column("capacity_days", sa.Float(), nullable=True),
        sa.Column("portfolio_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["portfolio_id"],
            ["portfolio.id"],
            name=op.f("fk_role_portfolio_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("portfolio_id", "title", name=op.f("uq_role_portfolio_id_title")),
    )
    op.create_index(op.f("ix_role_portfolio_id"), "role", ["portfolio_id"], unique=False)
    op.create_table(
        "use_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("organisation", sa.String(length=300), nullable=False),
        sa.Column("function", sa.String(length=300), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("tags", sa.String(length=300), nullable=False),
        sa.Column("source_id", sa.String(length=300), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("affected", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("current_cost", sa.Float(), nullable=True),
        sa.Column("current_volume", sa.String(length=300), nullable=False),
        sa.Column("problem_evidence", sa.Text(), nullable=False),
        sa.Column("if_nothing", sa.Text(), nullable=False),
        sa.Column("simpler_fix", sa.Text(), nullable=False),
        sa.Column("technical_relevance", sa.Text(), nullable=False),
        sa.Column("commercial_relevance", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=300), nullable=False),
        sa.Column("expected_output", sa.Text(), nullable=False),
        sa.Column("data_notes", sa.Text(), nullable=False),
        sa.Column("benefits", sa.Text(), nullable=False),
        sa.Column("benefit_low", sa.Float(), nullable=True),
        sa.Column("benefit_likely", sa.Float(), nullable=True),
        sa.Column("benefit_high", sa.Float(), nullable=True),
        sa.Column("benefit_basis", sa.Text(), nullable=False),
        sa.Column("rollback_trigger", sa.Text(), nullable=False),
        sa.Column("partner_teams", sa.Text(), nullable=False),
        sa.Column("hiring", sa.Text(), nullable=False),
        sa.Column("capacity_note", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=300), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("portfolio_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("title <> ''", name=op.f("ck_use_case_title_given")),
        sa.ForeignKeyConstraint(
            ["portfolio_id"],
            ["portfolio.id"],
            name=op.f("fk_use_case_portfolio_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_use_case")),
        sa.UniqueConstraint("portfolio_id", "key", name=op.f("uq_use_case_portfolio_id_key")),
    )
    op.create_index(op.f("ix_use_case_portfolio_id"), "use_case", ["portfolio_id"], unique=False)
    op.create_table(
        "acceptance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("check_by", sa.String(length=300), nullable=False),
        sa.Column("use_case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["use_case_id"],
            ["use_case.id"],
            name=op.f("fk_acceptance_use_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptance")),
    )
    op.create_index(op.f("ix_acceptance_use_case_id"), "acceptance", ["use_case_id"], unique=False)
    op.create_table(
        "anchor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("criterion_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["criterion.id"],
            name=op.f("fk_anchor_criterion_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anchor")),
        sa.UniqueConstraint("criterion_id", "level", name=op.f("uq_anchor_criterion_id_level")),
    )
    op.create_index(op.f("ix_anchor_criterion_id"), "anchor", ["criterion_id"], unique=False)
    op.create_table(
        "cost",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("phase", sa.String(length=40), nullable=False),
        sa.Column("recurrence", sa.String(length=40), nullable=False),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("likely", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("use_case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["use_case_id"], ["use_case.id"], name=op.f("fk_cost_use_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost")),
    )
    op.create_index(op.f("ix_cost_use_case_id"), "cost", ["use_case_id"], unique=False)
    op.create_table(
        "dataset",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("owner", sa.String(length=300), nullable=False),
        sa.Column("access", sa.Integer(), nullable=True),
        sa.Column("lineage", sa.Integer(), nullable=True),
        sa.Column("completeness", sa.Integer(), nullable=True),
        sa.Column("timeliness", sa.Integer(), nullable=True),
        sa.Column("labels", sa.Integer(), nullable=True),
        sa.Column("stability", sa.Integer(), nullable=True),
        sa.Column("personal_data", sa.String(length=40), nullable=False),
        sa.Column("legal_basis", sa.String(length=300), nullable=False),
        sa.Column("improvement", sa.Text(), nullable=False),
        sa.Column("use_case_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "access IS NULL OR (access >= 1 AND access <= 5)", name=op.f("ck_dataset_access_range")
        ),
        sa.CheckConstraint(
            "completeness IS NULL OR (completeness >= 1 AND completeness <= 5)",
            name=op.f("ck_dataset_completeness_range"),
        ),
        sa.CheckConstraint(
            "labels IS NULL OR (labels >= 1 AND labels <= 5)", name=op.f("ck_dataset_labels_range")
        ),
        sa.CheckConstraint(
            "lineage IS NULL OR (lineage >= 1 AND lineage <= 5)",
            name=op.f("ck_dataset_lineage_range"),
        ),
        sa.CheckConstraint(
            "stability IS NULL OR (stability >= 1 AND stability <= 5)",
            name=op.f("ck_dataset_stability_range"),
        ),
        sa.CheckConstraint(
            "timeliness IS NULL OR (timeliness >= 1 AND timeliness <= 5)",
            name=op.f("ck_dataset_timeliness_range"),
        ),
        sa.ForeignKeyConstraint(
            ["use_case_id"],
            ["use_case.id"],
            name=op.f("fk_dataset_use_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dataset")),
    )
    op.create_index(op.f("ix_dataset_use_case_id"), "dataset", ["use_case_id"], unique=False)
    op.create_table(
        "effort",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Uuid(), nullable=False),
        sa.Column("phase", sa.String(length=40), nullable=False),
        sa.Column("days", sa.Float(), nullable=False),
        sa.Column("who", sa.String(length=300), nullable=False),
        sa.Column("use_case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["role_id"], ["role.id"], name=op.f("fk_effort_role_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["use_case_id"], ["use_case.id"], name=op.f("fk_effort_use_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_effort")),
    )
    op.create_index(op.f("ix_effort_role_id"), "effort", ["role_id"], unique=False)
    op.create_index(op.f("ix_effort_use_case_id"), "effort", ["use_case_id"], unique=False)
    op.create_table(
        "kpi",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column("direction", sa.String(length=40), nullable=False),
        sa.Column("baseline", sa.Float(), nullable=True),
        sa.Column("target", sa.Float(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("owner", sa.String(length=300), nullable=False),
        sa.Column("sponsor", sa.String(length=300), nullable=False),
        sa.Column("paired_with", sa.String(length=300), nullable=False),
        sa.Column("use_case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["use_case_id"], ["use_case.id"], name=op.f("fk_kpi_use_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kpi")),
    )
    op.create_index(op.f("ix_kpi_use_case_id"), "kpi", ["use_case_id"], unique=False)
    op.create_table(
        "milestone",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("phase", sa.String(length=40), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("exit_criteria", sa.Text(), nullable=False),
        sa.Column("use_case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["use_case_id"],
            ["use_case.id"],
            name=op.f("fk_milestone_use_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
    )
    op.create_index(op.f("ix_milestone_use_case_id"), "milestone", ["use_case_id"], unique=False)
    op.create_table(
        "rating",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("abstained", sa.Boolean(), nullable=False),
        sa.Column("use_case_id", sa.Uuid(), nullable=False),
        sa.Column("criterion_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "abstained = (value IS NULL)", name=op.f("ck_rating_value_or_abstained")
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["criterion.id"],
            name=op.f("fk_rating_criterion_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_rating_participant_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["use_case_id"], ["use_case.id"], name=op.f("fk_rating_use_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sa.UniqueConstraint(
            "use_case_id",
            "criterion_id",
            "participant_id",
            name=op.f("uq_rating_use_case_id_criterion_id_participant_id"),
        ),
    )
    op.create_index(op.f("ix_rating_criterion_id"), "rating", ["criterion_id"], unique=False)
    op.create_index(op.f("ix_rating_participant_id"), "rating", ["participant_id"], unique=False)
    op.create_index(op.f("ix_rating_use_case_id"), "rating", ["use_case_id"], unique=False)
    op.create_table(
        "risk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("likelihood", sa.Integer(), nullable=True),
        sa.Column("severity", sa.Integer(), nullable=True),
        sa.Column("mitigation", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=300), nullable=False),
        sa.Column("use_case_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "likelihood IS NULL OR (likelihood >= 1 AND likelihood <= 5)",
            name=op.f("ck_risk_likelihood_range"),
        ),
        sa.CheckConstraint(
            "severity IS NULL OR (severity >= 1 AND severity <= 5)",
            name=op.f("ck_risk_severity_range"),
        ),
        sa.ForeignKeyConstraint(
            ["use_case_id"], ["use_case.id"], name=op.f("fk_risk_use_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk")),
    )
    op.create_index(op.f("ix_risk_use_case_id"), "risk", ["use_case_id"], unique=False)
    op.create_table(
        "solution",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("approach", sa.String(length=40), nullable=False),
        sa.Column("input_data", sa.Text(), nullable=False),
        sa.Column("output", sa.Text(), nullable=False),
        sa.Column("task", sa.String(length=300), nullable=False),
        sa.Column("sophistication", sa.String(length=40), nullable=False),
        sa.Column("proposed_by", sa.String(length=40), nullable=False),
        sa.Column("shortlisted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("feasibility", sa.String(length=40), nullable=False),
        sa.Column("feasibility_reason", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("use_case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["use_case_id"],
            ["use_case.id"],
            name=op.f("fk_solution_use_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solution")),
    )
    op.create_index(op.f("ix_solution_use_case_id"), "solution", ["use_case_id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("solution_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("finding", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=2000), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=True),
        sa.Column("use_case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["solution_id"],
            ["solution.id"],
            name=op.f("fk_evidence_solution_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["use_case_id"],
            ["use_case.id"],
            name=op.f("fk_evidence_use_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_solution_id"), "evidence", ["solution_id"], unique=False)
    op.create_index(op.f("ix_evidence_use_case_id"), "evidence", ["use_case_id"], unique=False)
