/** Puts an example beside every body of a description that has none. */
import { exampleOf, type JsonSchema, type Schemas } from './example.ts';

interface Media {
  schema?: JsonSchema;
  example?: unknown;
}
interface Body {
  content?: Record<string, Media>;
}
interface Operation {
  requestBody?: Body;
  responses?: Record<string, Body>;
}

const files: Record<string, string> = {
  'text/csv': 'id,status\r\n019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6071,ended\r\n',
  'text/calendar': 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n',
};

/** The same document. */
export function withExamples<D>(document: D): D {
  const { paths = {}, components } = document as {
    paths?: Record<string, Record<string, Operation>>;
    components?: { schemas?: Schemas };
  };
  const schemas = components?.schemas ?? {};
  for (const item of Object.values(paths)) {
    for (const { requestBody, responses = {} } of Object.values(item)) {
      for (const body of [requestBody, ...Object.values(responses)]) {
        for (const [type, media] of Object.entries(body?.content ?? {})) {
          if (media.example !== undefined || !media.schema) continue;
          media.example = files[type] ?? exampleOf(media.schema, schemas);
        }
      }
    }
  }
  return document;
}
