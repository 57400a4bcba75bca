/** What `npm run load` is asked for. */
import { parseArgs } from 'node:util';
import { z } from 'zod';

const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

const Options = z.object({
  /** Where the server, or the balancer in front of several, is. */
  url: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/$/, '')),
  /** Consultations at a time. */
  meetings: count(1, 20_000),
  /** How long new ones begin when one ends; the last ones are then let to their end. Access tokens last for half an hour. */
  minutes: z.coerce.number().positive().max(25),
  /** How long one takes, in seconds. */
  seconds: count(1, 1_500),
  /** Of a hundred participants, so many lose their connection once in a consultation and come back. */
  drops: count(0, 100),
  /** Lines of chat a minute in each consultation. */
  chat: count(0, 60),
  /** `none`: signalling alone. `calls`: the calls for media too, without packets; real pictures take browsers (`bench -- frame`). */
  media: z.enum(['none', 'calls']),
  /** An administrator, who makes the doctors and patients. */
  email: z.string(),
  password: z.string(),
  clinic: z.string(),
  /** A folder for report.json and report.html. */
  out: z.string(),
  /** Of the moments of chance. */
  seed: count(0, 2 ** 31),
});
export type Options = z.output<typeof Options>;

export const usage = `npm run load -- [--url http://localhost:3000] [--meetings 20] [--minutes 1] [--seconds 60] [--drops 10]
  [--chat 2] [--media none|calls] [--clinic demo] [--email admin@demo.clinic] [--password …] [--out load-report] [--seed 1]

Makes doctors and patients of its own in the clinic, then scripted consultations over real sockets. The server under load
needs RATE_LIMITS=off, which production refuses: load a staging server, never a clinic's.`;

const text = (value: string) => ({ type: 'string', default: value }) as const;

/** Throws with a line for each bad option. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      url: text('http://localhost:3000'),
      meetings: text('20'),
      minutes: text('1'),
      seconds: text('60'),
      drops: text('10'),
      chat: text('2'),
      media: text('calls'),
      clinic: text('demo'),
      email: text('admin@demo.clinic'),
      password: text('Housecall-Demo-1'),
      out: text('load-report'),
      seed: text('1'),
    },
  });
  const found = Options.safeParse(values);
  if (found.success) return found.data;
  throw new Error(found.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'));
}
