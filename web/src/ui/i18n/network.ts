/** Brings the texts of the network test with their own chunk. */
import { enNetwork } from './en-network.ts';
import { translations } from './i18n.ts';

translations.addResourceBundle('en', 'network', enNetwork);
