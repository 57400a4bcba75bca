/** The person's own files. Their names and kinds only: what is in them is not for the provider of a model. */
import { z } from 'zod';
import type { UploadPage } from '../../records/uploads/schema.ts';
import { declare } from './tool.ts';

export const myDocuments = declare({
  name: 'my_documents',
  description:
    'Which files and documents of the person you talk with the clinic has: name, kind and day. Not what is in them.',
  audiences: ['patient'],
  input: z.object({}),
  async use({ route }) {
    const { items } = (await route('GET /uploads', { query: { limit: '20' } })) as UploadPage;
    return items.map(({ fileName, category, createdAt }) => ({ fileName, category, createdAt }));
  },
});
