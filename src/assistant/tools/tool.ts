/** What a tool of the assistant is. It reaches nothing but routes, as the person who asks. */
import type { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import type { InsideInput } from '../../platform/http/inside.ts';
import type { Audience } from '../guardrails/index.ts';
import type { Proposal } from './proposal.ts';

export interface ToolDesk {
  /** Uses a route in the name of who asks; what it answers is as the route declares it. */
  route(name: string, input?: InsideInput): Promise<unknown>;
  clock: Clock;
  clinic: { clinicName: string; emergencyNumber: string; timeZone: string };
  /** To be done once the person confirms it. */
  propose(proposal: Proposal): void;
}

export interface AssistantTool {
  name: string;
  description: string;
  audiences: readonly Audience[];
  input: z.ZodType;
  use(desk: ToolDesk, input: unknown): Promise<unknown>;
}

/** Keeps the types of the input together while it is declared. */
export function declare<S extends z.ZodType>(
  tool: Omit<AssistantTool, 'input' | 'use'> & {
    input: S;
    use(desk: ToolDesk, input: z.output<S>): Promise<unknown>;
  },
): AssistantTool {
  return { ...tool, use: (desk, input) => tool.use(desk, input as z.output<S>) };
}
