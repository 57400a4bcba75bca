/** Questions from the bench to a process that it started, and their answers, over the channel between the two. */
import type { ChildProcess } from 'node:child_process';

interface Question {
  question: number;
  name: string;
  input: unknown;
}

type Reply = { question: number } & ({ result: unknown } | { fault: string });

export type Answers = Record<string, (input: never) => unknown>;

const known = new Map<string, (input: unknown) => unknown>();

/** Answers each question by the function of its name. The process ends when the bench is gone. */
export function answerBench(answers: Answers): void {
  if (known.size === 0) {
    process.on('message', (question: Question) => void reply(question));
    process.once('disconnect', () => process.exit(0));
  }
  for (const [name, answer] of Object.entries(answers)) known.set(name, answer as (input: unknown) => unknown);
}

const send = (message: Reply) => process.send?.(message);

async function reply({ question, name, input }: Question): Promise<void> {
  try {
    const answer = known.get(name);
    if (!answer) throw new Error('Nobody here answers that.');
    send({ question, result: await answer(input) });
  } catch (error) {
    send({ question, fault: error instanceof Error ? error.message : String(error) });
  }
}

let asked = 0;

/** Rejects with what the process says went wrong, or when it ends before it has answered. */
export function ask<A extends Answers, N extends keyof A & string>(
  child: ChildProcess,
  name: N,
  input?: Parameters<A[N]>[0],
): Promise<Awaited<ReturnType<A[N]>>> {
  asked += 1;
  const question = asked;
  return new Promise((resolve, reject) => {
    const onMessage = (reply: Reply) => {
      if (reply.question !== question) return;
      leave();
      if ('fault' in reply) reject(new Error(`${name}: ${reply.fault}`));
      else resolve(reply.result as Awaited<ReturnType<A[N]>>);
    };
    const onExit = () => {
      leave();
      reject(new Error(`The process ended before it answered ${name}.`));
    };
    const leave = () => child.off('message', onMessage).off('exit', onExit);
    child.on('message', onMessage).once('exit', onExit);
    child.send({ question, name, input } satisfies Question);
  });
}
