/** Everything that patients and guests read, fetched when somebody reads it in this language. */
import type { Texts } from '../languages.ts';
import { check } from './check.ts';
import { common } from './common.ts';
import { guests } from './guests.ts';
import { network } from './network.ts';
import { room } from './room.ts';
import { tools } from './tools.ts';
import { waiting } from './waiting.ts';

export const texts: Texts = { check, common, guests, network, room, tools, waiting };
