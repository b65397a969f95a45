"""The first store: directory, Center, practice, patients, referrals and the work that follows from them."""

from __future__ import annotations

import uuid
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# fmt: off
PROCEDURES = (
    ("occipital_release_greater", "occipital_release", "Occipital release, greater occipital nerve", "Greater occipital nerve"),
    ("occipital_release_lesser", "occipital_release", "Occipital release, lesser occipital nerve", "Lesser occipital nerve"),
    ("occipital_release_third", "occipital_release", "Occipital release, third occipital nerve", "Third occipital nerve"),
    ("decompression_frontal", "nerve_decompression", "Nerve decompression, site I (frontal)", "Supraorbital and supratrochlear nerves"),
    ("decompression_temporal", "nerve_decompression", "Nerve decompression, site II (temporal)", "Zygomaticotemporal nerve"),
    ("decompression_rhinogenic", "nerve_decompression", "Nerve decompression, site III (rhinogenic)", "Nerve endings behind the nose"),
    ("decompression_occipital", "nerve_decompression", "Nerve decompression, site IV (occipital)", "Greater and third occipital nerves"),
    ("decompression_auriculotemporal", "nerve_decompression", "Nerve decompression, site V (auriculotemporal)", "Auriculotemporal nerve"),
    ("decompression_lesser_occipital", "nerve_decompression", "Nerve decompression, site VI (lesser occipital)", "Lesser occipital nerve"),
    ("revision", "revision", "Revision of an earlier nerve operation", "Any site"),
    ("diagnostic_block", "diagnostic_block", "Diagnostic nerve block", "Greater, lesser or third occipital nerve"),
)
# fmt: on
"""Code, kind, name and detail of the procedures that a directory begins with; the kinds are the field's own words."""


def upgrade() -> None:
    """Make the tables and write the procedures."""
    _directory()
    _surgeon()
    _surgeon_parts()
    _surgeon_links()
    _center()
    _practice()
    _patient()
    _referral()
    _referral_parts()
    _work()
    _attachments()
    _write_procedures()


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _address() -> list[sa.Column[str]]:
    return _text("line1", "line2", "city", "state", "zip", "phone", "fax")


def _id() -> sa.Column[str]:
    return sa.Column("id", sa.Uuid(as_uuid=False), nullable=False)


def _versioned() -> list[sa.Column[Any]]:
    times = [sa.Column(name, sa.DateTime(), nullable=False) for name in ("created", "updated")]
    return [sa.Column("version", sa.Integer(), nullable=False), *times, _id()]


def _enum(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)


def _points(table: str, column: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)


# fmt: off
def _directory() -> None:
    op.create_table('procedure',
        *_text('code'),
        sa.Column('kind', _enum('occipital_release', 'nerve_decompression', 'revision', 'diagnostic_block', name='procedurekind'), nullable=False),
        *_text('name', 'detail'), sa.Column('position', sa.Integer(), nullable=False), _id(),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_procedure')),
        sa.UniqueConstraint('code', name=op.f('uq_procedure_code')))
    op.create_table('location',
        *_text('name', 'hours', 'access'), *_address(), *_versioned(),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_location')))
    op.create_table('plan',
        *_text('name'), _id(), sa.PrimaryKeyConstraint('id', name=op.f('pk_plan')),
        sa.UniqueConstraint('name', name=op.f('uq_plan_name')))
# fmt: on


# fmt: off
def _surgeon() -> None:
    op.create_table('surgeon',
        sa.Column('npi', sa.String(), nullable=True),
        *_text('given_name', 'family_name', 'degrees', 'specialty'),
        sa.Column('accepting', _enum('yes', 'existing', 'no', name='accepting'), nullable=False),
        sa.Column('age_min', sa.Integer(), nullable=True), sa.Column('age_max', sa.Integer(), nullable=True),
        *_text('refuses'), sa.Column('next_visit_days', sa.Integer(), nullable=True),
        sa.Column('next_surgery_days', sa.Integer(), nullable=True),
        sa.Column('waits_claimed_on', sa.Date(), nullable=True),
        sa.Column('verified_on', sa.Date(), nullable=True), *_text('verified_by', 'verified_how'),
        sa.Column('fax_verified_on', sa.Date(), nullable=True), *_text('notes'),
        sa.Column('invented', sa.Boolean(), nullable=False),
        sa.Column('archived', sa.Boolean(), nullable=False), *_text('sort_name', 'folded_name', 'folded'),
        *_versioned(),
        sa.CheckConstraint('age_min IS NULL OR age_max IS NULL OR age_min <= age_max', name=op.f('ck_surgeon_ages')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_surgeon')),
        sa.UniqueConstraint('npi', name=op.f('uq_surgeon_npi')))
    op.create_index(op.f('ix_surgeon_sort_name'), 'surgeon', ['sort_name'], unique=False)


def _surgeon_parts() -> None:
    op.create_table('credential',
        sa.Column('surgeon_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False), *_text('kind', 'title', 'issuer'),
        sa.Column('year', sa.Integer(), nullable=True), _id(),
        _points('credential', 'surgeon_id', 'surgeon', ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_credential')))
    op.create_index(op.f('ix_credential_surgeon_id'), 'credential', ['surgeon_id'], unique=False)
    op.create_table('placement',
        sa.Column('surgeon_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('location_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False), *_text('phone', 'fax', 'days', 'contact'), _id(),
        _points('placement', 'surgeon_id', 'surgeon', ondelete='CASCADE'),
        _points('placement', 'location_id', 'location'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_placement')),
        sa.UniqueConstraint('surgeon_id', 'location_id', name=op.f('uq_placement_surgeon_id')))
    op.create_index(op.f('ix_placement_location_id'), 'placement', ['location_id'], unique=False)
    op.create_index(op.f('ix_placement_surgeon_id'), 'placement', ['surgeon_id'], unique=False)
    op.create_table('requirement',
        sa.Column('surgeon_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('procedure_id', sa.Uuid(as_uuid=False), nullable=True),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('kind', _enum('specialist_diagnosis', 'preventives', 'block_relief', 'botulinum_cycles', 'imaging_months', 'headache_days', 'diary', name='requirementkind'), nullable=False),
        sa.Column('amount', sa.Integer(), nullable=True),
        sa.Column('level', _enum('must', 'wish', name='level'), nullable=False), _id(),
        _points('requirement', 'surgeon_id', 'surgeon', ondelete='CASCADE'),
        _points('requirement', 'procedure_id', 'procedure'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_requirement')))
    op.create_index(op.f('ix_requirement_surgeon_id'), 'requirement', ['surgeon_id'], unique=False)
# fmt: on


# fmt: off
def _surgeon_links() -> None:
    op.create_table('surgeon_procedure',
        sa.Column('surgeon_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('procedure_id', sa.Uuid(as_uuid=False), nullable=False), _id(),
        _points('surgeon_procedure', 'surgeon_id', 'surgeon', ondelete='CASCADE'),
        _points('surgeon_procedure', 'procedure_id', 'procedure'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_surgeon_procedure')),
        sa.UniqueConstraint('surgeon_id', 'procedure_id', name=op.f('uq_surgeon_procedure_surgeon_id')))
    op.create_index(op.f('ix_surgeon_procedure_procedure_id'), 'surgeon_procedure', ['procedure_id'], unique=False)
    op.create_index(op.f('ix_surgeon_procedure_surgeon_id'), 'surgeon_procedure', ['surgeon_id'], unique=False)
    op.create_table('surgeon_plan',
        sa.Column('surgeon_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('plan_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('verified_on', sa.Date(), nullable=True), _id(),
        _points('surgeon_plan', 'surgeon_id', 'surgeon', ondelete='CASCADE'),
        _points('surgeon_plan', 'plan_id', 'plan'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_surgeon_plan')),
        sa.UniqueConstraint('surgeon_id', 'plan_id', name=op.f('uq_surgeon_plan_surgeon_id')))
    op.create_index(op.f('ix_surgeon_plan_plan_id'), 'surgeon_plan', ['plan_id'], unique=False)
    op.create_index(op.f('ix_surgeon_plan_surgeon_id'), 'surgeon_plan', ['surgeon_id'], unique=False)
    op.create_table('surgeon_language',
        sa.Column('surgeon_id', sa.Uuid(as_uuid=False), nullable=False), *_text('code'),
        sa.Column('position', sa.Integer(), nullable=False), _id(),
        _points('surgeon_language', 'surgeon_id', 'surgeon', ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_surgeon_language')),
        sa.UniqueConstraint('surgeon_id', 'code', name=op.f('uq_surgeon_language_surgeon_id')))
    op.create_index(op.f('ix_surgeon_language_surgeon_id'), 'surgeon_language', ['surgeon_id'], unique=False)
# fmt: on


# fmt: off
def _center() -> None:
    op.create_table('center',
        *_text('name', 'after_hours_phone', 'trial_contact'), *_address(), *_versioned(),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_center')))
    op.create_table('expert',
        *_text('name', 'degrees'),
        sa.Column('field', _enum('neurology', 'pain', 'pediatrics', 'physical_therapy', 'psychology', 'other', name='expertfield'), nullable=False),
        *_text('what', 'phone'), sa.Column('position', sa.Integer(), nullable=False), _id(),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_expert')))
    op.create_table('trial',
        *_text('title', 'procedures'),
        sa.Column('state', _enum('recruiting', 'active', 'closed', name='trialstate'), nullable=False),
        *_text('contact', 'phone', 'who', 'summary'), sa.Column('position', sa.Integer(), nullable=False),
        _id(), sa.PrimaryKeyConstraint('id', name=op.f('pk_trial')))
# fmt: on


# fmt: off
def _practice() -> None:
    op.create_table('practice',
        *_text('name', 'email', 'callback_person', 'callback_phone'),
        sa.Column('ours', sa.Boolean(), nullable=False), *_address(), *_versioned(),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_practice')))
    op.create_table('letterhead',
        sa.Column('practice_id', sa.Uuid(as_uuid=False), nullable=False), *_text('heading'),
        sa.Column('lines', sa.JSON(), nullable=False), sa.Column('from_date', sa.Date(), nullable=False),
        _id(), _points('letterhead', 'practice_id', 'practice', ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_letterhead')))
    op.create_index(op.f('ix_letterhead_practice_id'), 'letterhead', ['practice_id'], unique=False)
    op.create_table('provider',
        sa.Column('practice_id', sa.Uuid(as_uuid=False), nullable=False),
        *_text('given_name', 'family_name', 'degrees'),
        sa.Column('role', _enum('physician', 'nurse_practitioner', 'physician_assistant', 'other', name='role'), nullable=False),
        *_text('npi', 'phone'), sa.Column('active', sa.Boolean(), nullable=False), *_versioned(),
        _points('provider', 'practice_id', 'practice'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_provider')))
    op.create_index(op.f('ix_provider_practice_id'), 'provider', ['practice_id'], unique=False)
# fmt: on


# fmt: off
def _patient() -> None:
    op.create_table('patient',
        *_text('family_name', 'given_name'), sa.Column('date_of_birth', sa.Date(), nullable=True),
        *_text('mrn', 'phone_last4', 'phone_alt_last4', 'sort_name', 'folded'),
        sa.Column('details', sa.JSON(), nullable=False), *_versioned(),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_patient')))
    op.create_index(op.f('ix_patient_date_of_birth'), 'patient', ['date_of_birth'], unique=False)
    op.create_index(op.f('ix_patient_mrn'), 'patient', ['mrn'], unique=False)
    op.create_index(op.f('ix_patient_phone_alt_last4'), 'patient', ['phone_alt_last4'], unique=False)
    op.create_index(op.f('ix_patient_phone_last4'), 'patient', ['phone_last4'], unique=False)
    op.create_index(op.f('ix_patient_sort_name'), 'patient', ['sort_name'], unique=False)
    op.create_table('coverage',
        sa.Column('patient_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False), *_text('kind', 'payer'),
        sa.Column('details', sa.JSON(), nullable=False), _id(),
        _points('coverage', 'patient_id', 'patient', ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_coverage')))
    op.create_index(op.f('ix_coverage_patient_id'), 'coverage', ['patient_id'], unique=False)
# fmt: on


# fmt: off
def _referral() -> None:
    op.create_table('referral',
        *_text('reference'), sa.Column('patient_id', sa.Uuid(as_uuid=False), nullable=True),
        sa.Column('surgeon_id', sa.Uuid(as_uuid=False), nullable=True),
        sa.Column('practice_id', sa.Uuid(as_uuid=False), nullable=True),
        sa.Column('state', _enum('draft', 'signed', 'sent', 'answered', 'closed', 'canceled', name='referralstate'), nullable=False),
        sa.Column('readiness', _enum('emergency', 'incomplete', 'ready', name='readiness'), nullable=False),
        *_text('urgency', 'patient_name', 'date_of_birth', 'surgeon_name', 'folded'),
        sa.Column('number', sa.Integer(), nullable=False), sa.Column('marks', sa.JSON(), nullable=False),
        *_text('signed_by'), sa.Column('signed_at', sa.DateTime(), nullable=True),
        sa.Column('sent_at', sa.DateTime(), nullable=True), *_versioned(),
        _points('referral', 'patient_id', 'patient'), _points('referral', 'surgeon_id', 'surgeon'),
        _points('referral', 'practice_id', 'practice'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_referral')),
        sa.UniqueConstraint('reference', name=op.f('uq_referral_reference')))
    op.create_index(op.f('ix_referral_patient_id'), 'referral', ['patient_id'], unique=False)
    op.create_index(op.f('ix_referral_patient_name'), 'referral', ['patient_name'], unique=False)
    op.create_index(op.f('ix_referral_practice_id'), 'referral', ['practice_id'], unique=False)
    op.create_index(op.f('ix_referral_queue'), 'referral', ['state', 'readiness', 'updated'], unique=False)
    op.create_index(op.f('ix_referral_surgeon_id'), 'referral', ['surgeon_id'], unique=False)
    op.create_index(op.f('ix_referral_surgeon_name'), 'referral', ['surgeon_name'], unique=False)
    op.create_index(op.f('ix_referral_updated'), 'referral', ['updated', 'id'], unique=False)


def _referral_parts() -> None:
    op.create_table('referral_version',
        sa.Column('referral_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False), sa.Column('intake', sa.JSON(), nullable=False),
        sa.Column('saved_at', sa.DateTime(), nullable=False), *_text('saved_by'), _id(),
        _points('referral_version', 'referral_id', 'referral'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_referral_version')),
        sa.UniqueConstraint('referral_id', 'number', name=op.f('uq_referral_version_referral_id')))
    op.create_index(op.f('ix_referral_version_referral_id'), 'referral_version', ['referral_id'], unique=False)
    op.create_table('state_event',
        sa.Column('referral_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('sequence', sa.Integer(), nullable=False), sa.Column('at', sa.DateTime(), nullable=False),
        *_text('who'),
        sa.Column('state', _enum('draft', 'signed', 'sent', 'answered', 'closed', 'canceled', name='referralstate'), nullable=False),
        *_text('what', 'why'), _id(), _points('state_event', 'referral_id', 'referral'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_state_event')))
    op.create_index(op.f('ix_state_event_referral_id'), 'state_event', ['referral_id'], unique=False)
    op.create_table('draft',
        sa.Column('referral_id', sa.Uuid(as_uuid=False), nullable=True), *_text('person'),
        sa.Column('based_on', sa.Integer(), nullable=True),
        sa.Column('patient_id', sa.Uuid(as_uuid=False), nullable=True),
        sa.Column('marks', sa.JSON(), nullable=False), *_text('patient'),
        sa.Column('intake', sa.JSON(), nullable=False), sa.Column('updated', sa.DateTime(), nullable=False),
        _id(), _points('draft', 'referral_id', 'referral'), _points('draft', 'patient_id', 'patient'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_draft')),
        sa.UniqueConstraint('referral_id', 'person', name=op.f('uq_draft_referral_id')))
# fmt: on


# fmt: off
def _work() -> None:
    op.create_table('appointment',
        sa.Column('referral_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('surgeon_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('location_id', sa.Uuid(as_uuid=False), nullable=True),
        sa.Column('start', sa.DateTime(), nullable=False), *_text('time_zone'),
        sa.Column('arrive_minutes_before', sa.Integer(), nullable=False),
        sa.Column('interpreter_booked', sa.Boolean(), nullable=False),
        sa.Column('status', _enum('scheduled', 'kept', 'canceled', 'no_show', name='appointmentstatus'), nullable=False),
        *_versioned(), _points('appointment', 'referral_id', 'referral'),
        _points('appointment', 'surgeon_id', 'surgeon'), _points('appointment', 'location_id', 'location'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_appointment')))
    op.create_index(op.f('ix_appointment_referral_id'), 'appointment', ['referral_id'], unique=False)
    op.create_index(op.f('ix_appointment_start'), 'appointment', ['start'], unique=False)
    op.create_index(op.f('ix_appointment_surgeon_id'), 'appointment', ['surgeon_id'], unique=False)
    op.create_table('task',
        sa.Column('referral_id', sa.Uuid(as_uuid=False), nullable=False), *_text('what', 'owner'),
        sa.Column('due', sa.Date(), nullable=True), sa.Column('done_at', sa.DateTime(), nullable=True),
        *_versioned(), _points('task', 'referral_id', 'referral'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_task')))
    op.create_index(op.f('ix_task_due'), 'task', ['due'], unique=False)
    op.create_index(op.f('ix_task_referral_id'), 'task', ['referral_id'], unique=False)
    op.create_table('call',
        sa.Column('patient_id', sa.Uuid(as_uuid=False), nullable=True),
        sa.Column('referral_id', sa.Uuid(as_uuid=False), nullable=True),
        sa.Column('at', sa.DateTime(), nullable=False), *_text('by', 'with_whom'),
        sa.Column('identity_checked', sa.Boolean(), nullable=False), *_text('said', 'next_step'), _id(),
        _points('call', 'patient_id', 'patient'), _points('call', 'referral_id', 'referral'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_call')))
    op.create_index(op.f('ix_call_patient_id'), 'call', ['patient_id'], unique=False)
    op.create_index(op.f('ix_call_referral_id'), 'call', ['referral_id'], unique=False)


def _attachments() -> None:
    op.create_table('attachment',
        sa.Column('referral_id', sa.Uuid(as_uuid=False), nullable=False),
        sa.Column('kind', _enum('neurology_note', 'imaging_report', 'medication_list', 'block_record', 'diary', 'insurance_card', 'consent', 'other', name='attachmentkind'), nullable=False),
        *_text('title'), sa.Column('document_date', sa.Date(), nullable=True),
        sa.Column('pages', sa.Integer(), nullable=False), *_text('sha256'),
        sa.Column('added_at', sa.DateTime(), nullable=False),
        sa.Column('content', sa.LargeBinary(), nullable=False), _id(),
        _points('attachment', 'referral_id', 'referral'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_attachment')))
    op.create_index(op.f('ix_attachment_referral_id'), 'attachment', ['referral_id'], unique=False)
# fmt: on


def _write_procedures() -> None:
    names = ("id", "code", "kind", "name", "detail", "position")
    columns: list[sa.ColumnClause[Any]] = [sa.column(name) for name in names]
    table = sa.table("procedure", *columns)
    rows = [
        {
            "id": uuid.uuid5(uuid.NAMESPACE_URL, f"referral-app/procedure/{code}").hex,
            "code": code,
            "kind": kind,
            "name": name,
            "detail": detail,
            "position": position,
        }
        for position, (code, kind, name, detail) in enumerate(PROCEDURES)
    ]
    op.bulk_insert(table, rows)
