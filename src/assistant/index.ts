/** The assistant: what the other wings and the composition root may use of it. */
export {
  type ChatDeps,
  type ChatKeeper,
  ClinicWordsBook,
  chatRoutes,
  createAllowance,
  createChatKeeper,
  noAllowance,
  sealPurpose,
} from './chat/index.ts';
