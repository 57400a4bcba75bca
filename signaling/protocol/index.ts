export * from './calls.ts';
export * from './errors.ts';
export * from './events.ts';
export * from './facts.ts';
export * from './ids.ts';
export * from './media.ts';
export * from './meeting.ts';
export * from './participant.ts';
