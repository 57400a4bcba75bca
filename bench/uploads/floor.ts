/**
 * The floor of uploads: a bare Express handler that lets multer write the file to the disk, encodes a picture anew, hands the
 * file to clamd where there is one, and writes a row in one committed statement through pg. No limit, no identity, no look
 * into PDFs, no encryption, no audit, no log.
 */
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import express from 'express';
import multer from 'multer';
import { Pool } from 'pg';
import sharp from 'sharp';
import { createClamd } from '../../src/adapters/scan/index.ts';
import { newId } from '../../src/platform/ids.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'housecall-bench-files-'));
const pool = new Pool({ connectionString: process.env['DATABASE_URL'] });
const port = process.env['CLAMD_PORT'];
const scanner = port === undefined ? undefined : createClamd({ host: '127.0.0.1', port: Number(port) });
const note = JSON.stringify({ fileName: 'report.pdf', sha256: 'ab'.repeat(32), wrappedKey: 'cd'.repeat(60) });

const app = express().disable('x-powered-by').disable('etag');
app.post('/api/v1/uploads', multer({ dest: folder }).single('file'), async (req, res) => {
  const { path: file = '', mimetype, size } = req.file ?? {};
  await scanner?.scan(createReadStream(file));
  if (mimetype === 'image/jpeg') await sharp(file).autoOrient().jpeg({ quality: 90 }).toFile(`${file}.jpg`);
  const id = newId();
  await pool.query({ name: 'add', text: 'insert into bench_floor values ($1, $2, $3)', values: [id, size, note] });
  res.status(201).json({ id, size });
});

const server = app.listen(0, '127.0.0.1', () =>
  process.stdout.write(`ready at http://127.0.0.1:${(server.address() as AddressInfo).port}\n`),
);
process.on('SIGTERM', () => {
  server.closeAllConnections();
  // The bench's own channel would keep it.
  server.close(
    () => void Promise.all([pool.end(), rm(folder, { recursive: true, force: true })]).then(() => process.exit(0)),
  );
});
