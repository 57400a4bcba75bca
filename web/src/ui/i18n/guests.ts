/** Brings the texts about guests with the chunk that needs them. */
import { enGuests } from './en-guests.ts';
import { translations } from './i18n.ts';

translations.addResourceBundle('en', 'guests', enGuests);
