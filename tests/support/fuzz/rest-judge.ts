/** Whether an answer is what CONTRACT and the description promise, whatever was sent. */
import { z } from 'zod';
import { errorCatalogue } from '../../../src/platform/errors.ts';
import { Problem, problemType } from '../../../src/platform/http/problem.ts';
import type { DescribedResponse, Judge } from '../openapi.ts';
import { repeats } from './canary.ts';
import type { RestAnswer } from './rest-client.ts';
import type { Operation, RestShot } from './rest-shots.ts';

const StrictProblem = z.strictObject(Problem.shape);
const anyId = /[0-9a-f]{8}-[0-9a-f]{4}-/i;
const saneRequestId = /^[A-Za-z0-9._-]{8,128}$/;
/** What is wrong with it, in sentences. With `judge` it must fit what the description says of its status. */
export function faultsOfAnswer(shot: RestShot, answer: RestAnswer, judge?: Judge): string[] {
  const { status, headers } = answer;
  // Node itself refuses a head of more than 16 kB, before there is a request.
  if (status === 431 && answer.body.length === 0) return [];
  const text = answer.body.toString('utf8');
  const faults: string[] = [];
  if (status >= 500 || status < 200) faults.push(`answered ${status}: ${text.slice(0, 200)}`);
  for (const [name, value] of Object.entries(headers)) {
    if (repeats(String(value))) faults.push(`repeats in the header ${name} what was sent`);
  }
  if (headers['x-injected'] !== undefined || headers['x-powered-by'] !== undefined)
    faults.push('has a header too many');
  const isOurs = !shot.target.startsWith('/socket.io');
  if (isOurs && !saneRequestId.test(String(headers['x-request-id']))) faults.push('has no sane X-Request-Id');
  if (isOurs && status >= 400 && shot.method !== 'HEAD') faults.push(...faultsOfProblem(answer, text));
  else if (!shot.target.startsWith('/api/v1') && repeats(text)) faults.push('repeats in the page what was sent');
  if (shot.operation && judge) faults.push(...faultsByDescription(shot.operation, answer, text, judge));
  return faults;
}

/** Whether status, content type and body are what the description says of the operation. */
function faultsByDescription(
  operation: Operation,
  { status, headers }: RestAnswer,
  text: string,
  judge: Judge,
): string[] {
  const declared = operation.responses[String(status)] as DescribedResponse | undefined;
  if (!declared) return [`answered ${status}, which the description does not know`];
  const type = headers['content-type']?.split(';')[0];
  if (!declared.content) return text === '' ? [] : [`answered ${status} with a body, and shall have none`];
  if (type === undefined || !(type in declared.content))
    return [`answered ${status} as ${type}, which the description does not know`];
  const place = ['paths', operation.path, operation.method.toLowerCase(), 'responses', String(status), 'content', type];
  const value = /[/+]json$/.test(type) ? parseJson(text) : text;
  return judge
    .faults([...place, 'schema'], value)
    .map((fault) => `answered ${status} with what does not fit: ${fault}`);
}

function faultsOfProblem({ status, headers }: RestAnswer, text: string): string[] {
  if (headers['content-type']?.startsWith('application/problem+json') !== true)
    return [`answered ${status} as ${headers['content-type']}: ${text.slice(0, 200)}`];
  const parsed = StrictProblem.safeParse(parseJson(text));
  if (!parsed.success) return [`answered a problem that is none: ${z.prettifyError(parsed.error)}`];
  const { code, type, title, detail, requestId, errors = [] } = parsed.data;
  const said = JSON.stringify([title, detail, errors]);
  return [
    ...(parsed.data.status === status && errorCatalogue[code].status === status ? [] : ['has two statuses']),
    ...(type === problemType(code) ? [] : ['has a type that is not its code']),
    ...(requestId === headers['x-request-id'] ? [] : ['has two request ids']),
    ...(status === 401 && headers['www-authenticate'] === undefined ? ['has no WWW-Authenticate'] : []),
    ...(repeats(said) || anyId.test(said) ? [`repeats what was sent: ${said.slice(0, 300)}`] : []),
    ...(/\bat .*:\d+:\d+|node_modules|select |prisma/i.test(said) ? [`shows its inside: ${said.slice(0, 300)}`] : []),
  ];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
