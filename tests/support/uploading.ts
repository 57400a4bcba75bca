/** Sends files as a browser does, and looks at what is left of them on the disk and in the tables. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { LiveServer } from './live.ts';
import type { Answered } from './serve-app.ts';
import type { TestPerson, TestTenant } from './tenant.ts';

export interface Sending {
  name?: string;
  type?: string;
  category?: string;
  patientId?: string;
  headers?: Record<string, string>;
}

export async function upload(
  live: LiveServer,
  clinic: TestTenant,
  person: TestPerson,
  bytes: Uint8Array,
  { name = 'report.pdf', type = 'application/pdf', category = 'lab_report', patientId, headers }: Sending = {},
): Promise<Answered> {
  const form = new FormData();
  form.set('category', category);
  if (patientId !== undefined) form.set('patientId', patientId);
  form.set('file', new File([Uint8Array.from(bytes)], name, { type }));
  const answer = await fetch(`${live.url}/api/v1/uploads`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await clinic.token(person)}`, ...headers },
    body: form,
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, json: JSON.parse(text) };
}

export async function download(
  live: LiveServer,
  clinic: TestTenant,
  person: TestPerson,
  id: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
  const answer = await fetch(`${live.url}/api/v1/uploads/${id}/content`, {
    headers: { authorization: `Bearer ${await clinic.token(person)}`, ...headers },
  });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

/** Files below the folder, whatever they are, as paths from there. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

/** How much there is of uploads, anywhere. */
export async function leftOf(
  live: LiveServer,
): Promise<{ files: number; coming: number; rows: number; leftovers: number }> {
  const [files, coming] = await Promise.all([
    filesBelow(path.join(live.dataDir, 'files')),
    filesBelow(path.join(live.dataDir, 'incoming')),
  ]);
  const [counts] = await live.db.sql<{ rows: number; leftovers: number }>(
    `select (select count(*)::int from upload) as rows, (select count(*)::int from stored_leftover) as leftovers`,
  );
  return { files: files.length, coming: coming.length, rows: counts?.rows ?? -1, leftovers: counts?.leftovers ?? -1 };
}
