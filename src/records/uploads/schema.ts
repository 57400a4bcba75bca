/** What uploading takes and answers. */
import { z } from 'zod';
import { Id } from '../../../signaling/protocol/index.ts';

export const ContentType = z.enum(['application/pdf', 'image/jpeg', 'image/png']);
export type ContentType = z.infer<typeof ContentType>;

export const UploadCategory = z.enum([
  'lab_report',
  'prescription',
  'identity',
  'photo',
  'referral',
  'discharge_summary',
  'insurance',
  'other',
]);
export type UploadCategory = z.infer<typeof UploadCategory>;

export const UploadStatus = z.enum(['clean', 'quarantined', 'not_scanned']).meta({
  description:
    'clean: the virus scanner found nothing. quarantined: it found something, or has yet to look; nobody can open it. not_scanned: nobody looked, and the clinic lets it be opened.',
});
export type UploadStatus = z.infer<typeof UploadStatus>;

export const Upload = z
  .object({
    id: Id,
    patientId: Id,
    patientName: z.string(),
    category: UploadCategory,
    fileName: z.string().meta({ description: 'Made safe to show.', example: 'Blood test.pdf' }),
    contentType: ContentType,
    size: z.int().meta({ description: 'Bytes, of what is given out: pictures are encoded anew.' }),
    sha256: z.string().meta({ description: 'Of what is given out, in hex.', example: 'ab'.repeat(32) }),
    status: UploadStatus,
    scannedAt: z.iso.datetime().nullable(),
    uploadedById: Id,
    uploadedByRole: z.enum(['patient', 'doctor', 'lab', 'staff', 'admin', 'service']),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Upload' });
export type Upload = z.infer<typeof Upload>;

export const NewUpload = Upload.extend({
  duplicateOf: Id.nullable().meta({ description: 'An earlier file of this patient with the same bytes.' }),
}).meta({ id: 'NewUpload' });
export type NewUpload = z.infer<typeof NewUpload>;

export const UploadFields = z.strictObject({
  category: UploadCategory,
  patientId: Id.optional().meta({ description: 'Whom it is about. A patient leaves it out.' }),
});
export type UploadFields = z.output<typeof UploadFields>;

export const UploadQuery = z.strictObject({
  patientId: Id.optional(),
  meetingId: Id.optional().meta({ description: 'Those that were shown in this consultation.' }),
  category: UploadCategory.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(2_000).optional().meta({ description: 'The nextCursor of the page before.' }),
});
export type UploadQuery = z.output<typeof UploadQuery>;

export const UploadPage = z
  .object({
    items: z.array(Upload).meta({ description: 'The newest first.' }),
    nextCursor: z.string().nullable().meta({ description: 'Null when this was the last page.' }),
  })
  .meta({ id: 'UploadPage' });
export type UploadPage = z.infer<typeof UploadPage>;

export const UploadParams = z.strictObject({ id: Id });

export const UploadLink = z
  .object({
    url: z.string().meta({ example: 'https://clinic.example.org/api/v1/uploads/linked?token=…' }),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'UploadLink' });
export type UploadLink = z.infer<typeof UploadLink>;

export const LinkQuery = z.strictObject({
  token: z.string().min(1).max(1_000).meta({ description: 'Of the link.', example: 'AQx3…' }),
});

export const UploadShareRequest = z.strictObject({ meetingId: Id }).meta({ id: 'UploadShareRequest' });

export const UploadShareView = z
  .object({ uploadId: Id, meetingId: Id, sharedAt: z.iso.datetime() })
  .meta({ id: 'UploadShare' });
export type UploadShareView = z.infer<typeof UploadShareView>;

export const SharedQuery = z.strictObject({ meetingId: Id });

/** A file on the table of a consultation. */
export const SharedFile = z
  .object({
    upload: Upload,
    sharedBy: Id.meta({
      description: 'Who laid it there, as the consultation knows them: the patient or the practitioner.',
    }),
    sharedAt: z.iso.datetime(),
  })
  .meta({ id: 'SharedFile' });
export type SharedFile = z.infer<typeof SharedFile>;

export const SharedFiles = z
  .object({ items: z.array(SharedFile).meta({ description: 'In the order in which they were laid there.' }) })
  .meta({ id: 'SharedFiles' });
export type SharedFiles = z.infer<typeof SharedFiles>;

export const UploadHistory = z
  .object({
    items: z
      .array(
        z.object({
          at: z.iso.datetime(),
          what: z.enum(['uploaded', 'opened', 'shared']),
          by: z.string().nullable().meta({ description: 'The name of the account or the API key.' }),
          roles: z.array(z.enum(['patient', 'doctor', 'lab', 'staff', 'admin'])),
        }),
      )
      .meta({ description: 'The newest first, 200 at most.' }),
  })
  .meta({ id: 'UploadHistory' });
export type UploadHistory = z.infer<typeof UploadHistory>;
