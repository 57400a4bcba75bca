/** Brings the texts of the calendar, the arrivals, hours and the clinic's offer with their own chunk. */
import { enPlanning } from './en-planning.ts';
import { translations } from './i18n.ts';

translations.addResourceBundle('en', 'planning', enPlanning);
