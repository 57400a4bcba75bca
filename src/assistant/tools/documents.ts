/** The person's own files and documents. Kinds and days only: neither names nor what is in them are for the provider of a model. */
import { z } from 'zod';
import type { DocumentPage } from '../../records/documents/schema.ts';
import type { UploadPage } from '../../records/uploads/schema.ts';
import { declare } from './tool.ts';

const query = { limit: '20' };

export const myDocuments = declare({
  name: 'my_documents',
  description:
    'Which files and documents of the person you talk with the clinic has: kind and day. Not their names, and not what is in them.',
  audiences: ['patient'],
  input: z.object({}),
  async use({ route }) {
    const uploads = (await route('GET /uploads', { query })) as UploadPage;
    const documents = (await route('GET /documents', { query })) as DocumentPage;
    return {
      files: uploads.items.map(({ category, createdAt }) => ({ category, createdAt })),
      documents: documents.items.map(({ kind, createdAt }) => ({ kind, createdAt })),
    };
  },
});
