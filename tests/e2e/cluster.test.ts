/** Two real Chromium on two nodes: a node dies, or is restarted, and both go on seeing and hearing without a new page. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromiumMissing, chromiumPath, seesAndHears } from '../support/browser.ts';
import { type ClusterVisit, clusterVisit, lead } from '../support/cluster-visit.ts';
import type { ServerProcess } from '../support/process.ts';
import { noRedis } from '../support/redis.ts';
import { isSameDocument } from '../support/rough-visit.ts';
import { readVisit } from '../support/visit.ts';

const isPossible = chromiumPath !== undefined && noRedis === undefined;
const suite = isPossible ? describe : describe.skip;
/** How soon is measured by `npm run bench -- cluster`; here only that it happens, on however busy a machine. */
const patienceMs = 45_000;

suite(`a call over several nodes${isPossible ? '' : ` (${noRedis ?? chromiumMissing})`}`, () => {
  let visit: ClusterVisit;
  beforeAll(async () => {
    visit = await clusterVisit(0);
  }, 180_000);
  afterAll(() => visit?.[Symbol.asyncDispose]());

  const pages = () => [visit.doctor.person.page, visit.patient.person.page];
  const bothSeeAndHear = () => Promise.all(pages().map((page) => seesAndHears(page, 'a person’s', patienceMs)));

  async function standing(node: ServerProcess) {
    const { status, reconnectDeadline } = await readVisit(node.url, visit.clinic, visit.meetingId);
    const samePages = await Promise.all(pages().map(isSameDocument));
    const faults = [...visit.doctor.person.faults, ...visit.patient.person.faults];
    return { status, reconnectDeadline, samePages, faults };
  }

  /** The same pages, in the same visit, and nothing went wrong in them. */
  const asIfNothingWere = { status: 'active', reconnectDeadline: null, samePages: [true, true], faults: [] };

  it('goes on when the node is killed that holds the room and the doctor’s connection', async () => {
    await bothSeeAndHear();
    const { node: holder } = visit.doctor;
    const { node: other } = visit.patient;
    lead(visit.doctor, other);
    await holder.kill('SIGKILL');
    await bothSeeAndHear();
    expect(await standing(other)).toEqual(asIfNothingWere);
  }, 120_000);

  it('goes on when every node is restarted, one after the other', async () => {
    const { node: old } = visit.patient;
    const next = await visit.startNode();
    lead(visit.doctor, next);
    lead(visit.patient, next);
    expect(await old.kill('SIGTERM')).toBe(0);
    await bothSeeAndHear();
    expect(await standing(next)).toEqual(asIfNothingWere);
  }, 120_000);
});
