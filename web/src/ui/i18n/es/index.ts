/** Everything that patients and guests read, fetched when somebody reads it in this language. */
import type { Texts } from '../languages.ts';
import { account } from './account.ts';
import { assistant } from './assistant.ts';
import { check } from './check.ts';
import { documents } from './documents.ts';
import { common } from './everywhere.ts';
import { files } from './files.ts';
import { guests } from './guests.ts';
import { law } from './law.ts';
import { network } from './network.ts';
import { pay } from './pay.ts';
import { room } from './room.ts';
import { scheduling } from './scheduling.ts';
import { tools } from './tools.ts';
import { waiting } from './waiting.ts';

export const texts: Texts = {
  account,
  assistant,
  check,
  common,
  documents,
  files,
  guests,
  law,
  network,
  pay,
  room,
  scheduling,
  tools,
  waiting,
};
