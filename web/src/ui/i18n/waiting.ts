/** Brings the texts around the waiting with the chunk of whoever waits or is waited for. */
import { enWaiting } from './en-waiting.ts';
import { translations } from './i18n.ts';

translations.addResourceBundle('en', 'waiting', enWaiting);
