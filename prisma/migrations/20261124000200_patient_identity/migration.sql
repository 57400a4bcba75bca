-- That the clinic's desk has made sure who a patient is, and how.

-- AlterTable
ALTER TABLE "patient" ADD COLUMN "identity_checked_at" TIMESTAMPTZ(3), ADD COLUMN "identity_checked_how" TEXT;

alter table patient add constraint patient_identity_whole
  check ((identity_checked_at is null) = (identity_checked_how is null)
    and (identity_checked_how is null or identity_checked_how in ('document', 'known', 'code')));
