/** `npm run bench` measures everything, `npm run bench -- calls` (or another of the names below) one of them. Prints Markdown. */
import os from 'node:os';
import { reportAudit } from './audit/report.ts';
import { reportPlans } from './booking/plans.ts';
import { reportBooking } from './booking/report.ts';
import { reportChaos } from './chaos/report.ts';
import { reportCluster } from './cluster/report.ts';
import { reportBusy } from './consultations/busy.ts';
import { reportLifecycles } from './consultations/lifecycles.ts';
import { reportMedia } from './consultations/media.ts';
import { reportNodes } from './consultations/nodes.ts';
import { reportReconnects } from './consultations/reconnects.ts';
import { reportFrames } from './frame/report.ts';
import { reportGuardrails } from './guardrails/report.ts';
import { reportCalls } from './load/report.ts';
import { reportMemory } from './memory/report.ts';
import { reportProxy } from './proxy/report.ts';
import { reportRest } from './rest/report.ts';
import { reportRoads } from './roads/report.ts';
import { reportSlots } from './slots/report.ts';
import { reportStorm } from './storm/report.ts';
import { reportUploads } from './uploads/report.ts';

const measurements: Record<string, (say: (line: string) => void) => Promise<string>> = {
  calls: reportCalls,
  memory: reportMemory,
  frame: reportFrames,
  roads: reportRoads,
  cluster: reportCluster,
  proxy: reportProxy,
  chaos: reportChaos,
  lifecycles: reportLifecycles,
  busy: reportBusy,
  media: reportMedia,
  nodes: reportNodes,
  reconnects: reportReconnects,
  rest: reportRest,
  audit: reportAudit,
  slots: reportSlots,
  booking: reportBooking,
  plans: reportPlans,
  storm: reportStorm,
  uploads: reportUploads,
  guardrails: reportGuardrails,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(measurements, name));
if (unknown.length > 0) {
  console.error(
    `There is no ${unknown.join(', ')} here. Use: npm run bench -- ${Object.keys(measurements).join(' | ')}`,
  );
  process.exit(2);
}
const say = (line: string): void => console.error(line);
// What else the machine does is most of what differs between two runs.
const load = os.loadavg()[0]?.toFixed(1);
const machine = `${os.availableParallelism()} cores, ${os.cpus()[0]?.model}, Node ${process.version}, load ${load} before the start`;
console.log(`${new Date().toISOString().slice(0, 16)}Z, ${machine}\n`);
for (const [name, measure] of Object.entries(measurements)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  say(`${name}:`);
  console.log(`${await measure(say)}\n`);
}
