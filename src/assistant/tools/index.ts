/** What the assistant can look up and propose, as the person it talks with. */
import type { ToolOffer, ToolUse } from '../../adapters/llm/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { AppError, errorCatalogue } from '../../platform/errors.ts';
import type { Inside } from '../../platform/http/inside.ts';
import type { RequestContext } from '../../platform/http/route.ts';
import type { Audience } from '../guardrails/index.ts';
import { findFreeTimes, myAppointments, proposeBooking } from './appointments.ts';
import { clinicFacts, findDoctors, listServices } from './clinic.ts';
import { myDocuments } from './documents.ts';
import type { Proposal } from './proposal.ts';
import type { AssistantTool, ToolDesk } from './tool.ts';

export { Proposal } from './proposal.ts';

const all: readonly AssistantTool[] = [
  clinicFacts,
  listServices,
  findDoctors,
  findFreeTimes,
  myAppointments,
  myDocuments,
  proposeBooking,
];

/** The tools of one exchange. */
export interface Desk {
  offers: Readonly<Record<string, ToolOffer>>;
  /** What it came to, or in words why it came to nothing: for the model to read. Throws only what is our own fault. */
  use(use: ToolUse): Promise<unknown>;
  /** What is to be confirmed, no more than three. */
  readonly proposals: readonly Proposal[];
}

const mostProposals = 3;

export function openDesk(parts: {
  context: RequestContext;
  inside: Inside;
  audience: Audience;
  clock: Clock;
  words: ToolDesk['clinic'];
}): Desk {
  const { context, inside, audience, clock, words: clinic } = parts;
  const offered = all.filter(({ audiences }) => audiences.includes(audience));
  const proposals: Proposal[] = [];
  const desk: ToolDesk = {
    route: (name, input) => inside(context, name, input),
    clock,
    clinic,
    propose(proposal) {
      if (proposals.length >= mostProposals) throw new AppError('CONFLICT', 'No more can be proposed at once.');
      proposals.push(proposal);
    },
  };
  return {
    offers: Object.fromEntries(offered.map(({ name, description, input }) => [name, { description, input }])),
    proposals,
    async use({ tool: name, input }) {
      const tool = offered.find((one) => one.name === name);
      if (!tool) return { error: 'There is no such tool.' };
      try {
        return await tool.use(desk, input);
      } catch (error) {
        if (!(error instanceof AppError) || error.status >= 500) throw error;
        return { error: errorCatalogue[error.code].title };
      }
    },
  };
}
