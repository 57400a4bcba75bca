/** Brings the texts of files with their own chunk. */
import { enFiles } from './en-files.ts';
import { translations } from './i18n.ts';

translations.addResourceBundle('en', 'files', enFiles);
