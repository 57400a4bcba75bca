/** What uploads tell others. Ids alone: who hears it asks for the rest, by right. */
export const uploadShared = 'upload.shared';

export interface UploadShared {
  meetingId: string;
  uploadId: string;
  /** Who laid it on the table: the patient's id or the practitioner's. */
  from: string;
  /** ISO 8601. */
  sharedAt: string;
  patientId: string;
  doctorId: string;
}
