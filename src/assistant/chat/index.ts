/** The assistant's chat. */
export { createAllowance, noAllowance } from './allowance.ts';
export { ClinicWordsBook } from './clinic-words.ts';
export { type ChatDeps, sealPurpose } from './deps.ts';
export { type ChatKeeper, createChatKeeper } from './keeper.ts';
export { chatRoutes } from './routes.ts';
