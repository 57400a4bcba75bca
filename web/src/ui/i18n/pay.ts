/** Brings the texts of paying with their own chunk. */
import { enPay } from './en-pay.ts';
import { translations } from './i18n.ts';

translations.addResourceBundle('en', 'pay', enPay);
