/** Brings the texts of the desk and the history with their own chunk: a patient's phone never loads them. */
import { enStaff } from './en-staff.ts';
import { translations } from './i18n.ts';

translations.addResourceBundle('en', 'staff', enStaff);
