/** Brings the texts of the patients' pages with them. */

import { enPatients } from './en-patients.ts';
import { translations } from './i18n.ts';

translations.addResourceBundle('en', 'patients', enPatients);
