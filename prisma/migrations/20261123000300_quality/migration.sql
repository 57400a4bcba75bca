-- How each participant's connection was, one row a stay, kept up to date while it lasts.

-- CreateTable
CREATE TABLE "meeting_quality" (
    "tenant_id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "participant_id" UUID NOT NULL,
    "seat" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3) NOT NULL,
    "way" TEXT,
    "score_average" DOUBLE PRECISION NOT NULL,
    "score_worst" SMALLINT NOT NULL,
    "frozen_seconds" INTEGER NOT NULL,
    "sound_only_seconds" INTEGER NOT NULL,
    "figures" JSONB NOT NULL,

    CONSTRAINT "meeting_quality_pkey" PRIMARY KEY ("tenant_id","meeting_id","participant_id","seat")
);

-- AddForeignKey
ALTER TABLE "meeting_quality" ADD CONSTRAINT "meeting_quality_tenant_id_meeting_id_fkey" FOREIGN KEY ("tenant_id", "meeting_id") REFERENCES "meeting"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table meeting_quality
  add constraint meeting_quality_role_check check (role in ('doctor', 'patient', 'guest')),
  add constraint meeting_quality_way_check check (way in ('udp', 'tcp', 'relay')),
  add constraint meeting_quality_score_check check (score_worst between 1 and 5 and score_average between 1 and 5),
  add constraint meeting_quality_time_check check (until_at >= from_at and frozen_seconds >= 0 and sound_only_seconds >= 0);

-- Row-level security as everywhere (20261121000100).
alter table meeting_quality enable row level security;
alter table meeting_quality force row level security;
create policy tenant_isolation on meeting_quality using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()));

grant select, insert, update on meeting_quality to housecall_app;
