/** Brings the texts of the call's further controls with the room's chunk. */
import { enTools } from './en-tools.ts';
import { translations } from './i18n.ts';

translations.addResourceBundle('en', 'tools', enTools);
