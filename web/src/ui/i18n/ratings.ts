/** Brings the texts of ratings with the pages that show them. */
import { enRatings } from './en-ratings.ts';
import { translations } from './i18n.ts';

translations.addResourceBundle('en', 'ratings', enRatings);
