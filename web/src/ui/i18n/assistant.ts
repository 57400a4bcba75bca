/** Brings the texts of the assistant with the pages that show them. */
import { enAssistant } from './en-assistant.ts';
import { translations } from './i18n.ts';

translations.addResourceBundle('en', 'assistant', enAssistant);
