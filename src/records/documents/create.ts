/** Having a document written about a patient. */
import { randomInt } from 'node:crypto';
import { parseSettings } from '../../identity/index.ts';
import type { Actor } from '../../platform/actor.ts';
import type { TenantDb, Tx } from '../../platform/db/scope.ts';
import { newId } from '../../platform/ids.ts';
import { ageGroupOf, chooseCodes } from '../cdt/index.ts';
import type { DocumentDeps } from './deps.ts';
import type { Facts } from './facts.ts';
import { presentVersion } from './forms.ts';
import { mannerOf, reachOf, writerOf } from './policy.ts';
import { findDocument } from './rows.ts';
import { ageIn, judgeScene, languageIn, type SceneRow, sceneOf } from './scene.ts';
import type { DocumentInput, DocumentKind, DocumentView } from './schema.ts';
import { daysAfter } from './state.ts';
import { toView } from './view.ts';
import { type Written, writeText } from './writing.ts';

type Wanted = DocumentInput & { kind: DocumentKind };

/**
 * Has a draft written. The model is asked outside any transaction; whether the actor may is judged before it and again when
 * the draft is kept. Throws as `judgeScene` and `ageIn` do, and RATE_LIMITED.
 */
export async function createDocument(
  deps: DocumentDeps,
  { db, actor }: { db: TenantDb; actor: Actor },
  wanted: Wanted,
): Promise<DocumentView> {
  const practitionerId = writerOf(actor);
  const scene = sceneOf(db.tenantId, practitionerId, wanted, deps.clock.now());
  const [before] = await db.read(scene);
  db.about({ patientIds: [wanted.patientId] });
  const row = judgeScene(before, actor, wanted);
  const facts = factsOf(row, wanted);
  await deps.allowance.take(actor);
  const { documentsByModel } = parseSettings(row.settings);
  const written = await writeText(deps, facts, documentsByModel);
  return db.run(async (tx) => {
    const [present] = await tx.$queryRaw<SceneRow[]>(scene);
    const { settings } = judgeScene(present, actor, wanted);
    const now = deps.clock.now();
    const expiresAt = daysAfter(now, parseSettings(settings).documentDraftDays);
    const id = await keep(tx, { db, actor, wanted, facts, written, now, expiresAt });
    return toView(await findDocument(tx, db, reachOf(actor), id), actor, now);
  });
}

function factsOf(row: SceneRow, wanted: Wanted): Facts {
  const { kind, tier, findings, procedures, medications, nextSteps, note, seed = randomInt(2_147_483_647) } = wanted;
  const manner = mannerOf(kind, {
    ...(wanted.audience && { audience: wanted.audience }),
    ...(wanted.tone && { tone: wanted.tone }),
  });
  const told = { findings, procedures, medications, nextSteps, note };
  return {
    kind,
    tier,
    seed,
    ...manner,
    ...told,
    language: languageIn(row, { audience: manner.audience, language: wanted.language }),
    age: ageIn(row, wanted),
  };
}

interface Draft {
  db: TenantDb;
  actor: Actor;
  wanted: Wanted;
  facts: Facts;
  written: Written;
  now: Date;
  expiresAt: Date | null;
}

async function keep(tx: Tx, { db, actor, wanted, facts, written, now, expiresAt }: Draft): Promise<string> {
  const { tenantId } = db;
  const { kind, audience, tone, language, seed, tier, age, findings, procedures, medications, nextSteps, note } = facts;
  const { payload, source, fallback, model, tokensUsed, generationTimeMs } = written;
  const codes = await chooseCodes(tx, tenantId, { tier, ageGroup: ageGroupOf(age) });
  const id = newId();
  const whose = { patientId: wanted.patientId, meetingId: wanted.meetingId ?? null, practitionerId: writerOf(actor) };
  const manner = { kind, audience, tone, language, seed, tier, ageYears: age };
  const lists = { findings: [...findings], procedures: [...procedures], medications: [...medications] };
  const input = { ...lists, nextSteps: [...nextSteps], note };
  const made = { source, fallback, model, tokensUsed, generationTimeMs };
  const times = { createdAt: now, changedAt: now, expiresAt };
  await tx.clinicalDocument.create({
    data: { id, tenantId, ...whose, ...manner, input, ...made, version: 1, ...times },
  });
  const chosen = codes.map(({ code, description }) => ({ code, description }));
  const text = { schemaVersion: presentVersion[kind], payload, codes: chosen, madeById: actor.userId, at: now };
  await tx.clinicalDocumentVersion.create({ data: { tenantId, documentId: id, version: 1, ...text } });
  return id;
}
