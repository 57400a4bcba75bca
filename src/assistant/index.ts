/** The assistant: what the other wings and the composition root may use of it. */
export {
  type ChatDeps,
  ChatKeeper,
  ClinicWordsBook,
  chatRoutes,
  createAllowance,
  noAllowance,
  sealPurpose,
} from './chat/index.ts';
