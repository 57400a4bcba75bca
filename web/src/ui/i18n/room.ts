/** Brings the texts of the waiting room and the call with their own chunk. */
import { enRoom } from './en-room.ts';
import { translations } from './i18n.ts';

translations.addResourceBundle('en', 'room', enRoom);
