/** The words of the socket as zod schemas: for whoever writes a client of their own, or checks one. */
export * from '../../../signaling/protocol/index.ts';
