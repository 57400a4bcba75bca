import 'i18next';
import type { en } from './en.ts';
import type { enAccount } from './en-account.ts';
import type { enAdmin } from './en-admin.ts';
import type { enAssistant } from './en-assistant.ts';
import type { enBilling } from './en-billing.ts';
import type { enCheck } from './en-check.ts';
import type { enDocuments } from './en-documents.ts';
import type { enExchanges } from './en-exchanges.ts';
import type { enFiles } from './en-files.ts';
import type { enGuests } from './en-guests.ts';
import type { enLaw } from './en-law.ts';
import type { enNetwork } from './en-network.ts';
import type { enPatients } from './en-patients.ts';
import type { enPay } from './en-pay.ts';
import type { enPlanning } from './en-planning.ts';
import type { enQuality } from './en-quality.ts';
import type { enRatings } from './en-ratings.ts';
import type { enRoom } from './en-room.ts';
import type { enScheduling } from './en-scheduling.ts';
import type { enStaff } from './en-staff.ts';
import type { enTools } from './en-tools.ts';
import type { enWaiting } from './en-waiting.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: {
      common: typeof en;
      assistant: typeof enAssistant;
      billing: typeof enBilling;
      check: typeof enCheck;
      room: typeof enRoom;
      documents: typeof enDocuments;
      exchanges: typeof enExchanges;
      files: typeof enFiles;
      guests: typeof enGuests;
      law: typeof enLaw;
      network: typeof enNetwork;
      pay: typeof enPay;
      planning: typeof enPlanning;
      quality: typeof enQuality;
      ratings: typeof enRatings;
      patients: typeof enPatients;
      scheduling: typeof enScheduling;
      staff: typeof enStaff;
      waiting: typeof enWaiting;
      tools: typeof enTools;
      account: typeof enAccount;
      admin: typeof enAdmin;
    };
  }
}
