/** How a test sends a body: as JSON, or to a route that takes a file as a form with one that is taken. */
import type { Route } from '../../../src/platform/http/route.ts';
import { pdfWith } from '../hostile-files.ts';
import type { CallOptions } from '../serve-app.ts';

export function bodyFor(route: Route, body: unknown): Pick<CallOptions, 'body' | 'form'> {
  if (body === undefined) return {};
  return route.receives ? { form: formOf(body as Record<string, string>) } : { body };
}

export function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new File([Uint8Array.from(pdfWith(''))], 'report.pdf', { type: 'application/pdf' }));
  return form;
}
