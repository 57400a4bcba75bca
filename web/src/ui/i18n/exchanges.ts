/** Brings the texts of the record of exchanges with their own chunk. */
import { enExchanges } from './en-exchanges.ts';
import { translations } from './i18n.ts';

translations.addResourceBundle('en', 'exchanges', enExchanges);
