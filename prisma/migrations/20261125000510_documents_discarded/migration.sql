-- A draft that nobody ever confirmed can be discarded: it is kept as what was written, and shown to nobody any more.
alter table "clinical_document" add column "discarded_at" timestamptz(3);
alter table "clinical_document" add constraint "clinical_document_discarded_check"
  check ("discarded_at" is null or "confirmed_version" is null);
