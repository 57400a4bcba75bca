/** What is mailed about accounts. Words per language; `en` stands in for what is not there yet. */
import type { Mail } from '../../platform/mail/postbox.ts';
import { type Letter, renderMail } from '../../platform/mail/render-mail.ts';
import type { Clinic } from './clinic.ts';

type LetterName =
  | 'confirmAddress'
  | 'haveAccount'
  | 'resetPassword'
  | 'passwordChanged'
  | 'confirmNewAddress'
  | 'addressChanged'
  | 'secondFactorOn'
  | 'secondFactorOff'
  | 'invitation';

interface Words {
  subject: string;
  paragraphs: readonly string[];
  action?: string;
  notes?: readonly string[];
}

interface Language {
  greeting(name: string): string;
  greetingWithoutName: string;
  letters: Record<LetterName, (facts: { clinic: string; when: string }) => Words>;
}

const notYou = 'If this was not you, you can leave this mail unanswered: nothing happens without the link.';

const en: Language = {
  greeting: (name) => `Dear ${name},`,
  greetingWithoutName: 'Hello,',
  letters: {
    confirmAddress: ({ clinic }) => ({
      subject: `Confirm your e-mail address for ${clinic}`,
      paragraphs: [`You made an account at ${clinic}. Please confirm that this is your e-mail address.`],
      action: 'Confirm the address',
      notes: ['The link is good once, and for 24 hours.', 'If you made no account there, do not follow it.'],
    }),
    haveAccount: ({ clinic }) => ({
      subject: `You have an account at ${clinic} already`,
      paragraphs: [
        `Somebody, probably you, wanted to make an account at ${clinic} with this e-mail address. There is one already, and nothing was changed.`,
        'If you do not remember your password, you can choose a new one.',
      ],
      action: 'Choose a new password',
      notes: ['The link is good once, and for one hour.', notYou],
    }),
    resetPassword: ({ clinic }) => ({
      subject: `Choose a new password for ${clinic}`,
      paragraphs: [`You asked for a new password for your account at ${clinic}.`],
      action: 'Choose a new password',
      notes: ['The link is good once, and for one hour.', notYou],
    }),
    passwordChanged: ({ clinic, when }) => ({
      subject: `Your password for ${clinic} was changed`,
      paragraphs: [
        `The password of your account at ${clinic} was changed on ${when}. Everybody who was signed in elsewhere was signed out.`,
        'If this was not you, choose a new password at once and tell the clinic.',
      ],
      action: 'Choose a new password',
    }),
    confirmNewAddress: ({ clinic }) => ({
      subject: `Confirm your new e-mail address for ${clinic}`,
      paragraphs: [
        `You asked to use this e-mail address for your account at ${clinic}. From then on you sign in with it.`,
      ],
      action: 'Use this address',
      notes: ['The link is good once, and for 24 hours.', notYou],
    }),
    addressChanged: ({ clinic, when }) => ({
      subject: `The e-mail address of your account at ${clinic} was changed`,
      paragraphs: [
        `Since ${when} another e-mail address belongs to your account at ${clinic}, and this one does not any more.`,
        'If this was not you, please tell the clinic at once.',
      ],
    }),
    secondFactorOn: ({ clinic, when }) => ({
      subject: `Signing in to ${clinic} now needs a code`,
      paragraphs: [
        `Since ${when} a code of an authenticator app is needed to sign in to your account at ${clinic}. Keep your recovery codes where you find them without your phone.`,
        'If this was not you, please tell the clinic at once.',
      ],
    }),
    secondFactorOff: ({ clinic, when }) => ({
      subject: `Signing in to ${clinic} needs no code any more`,
      paragraphs: [
        `On ${when} the second factor of your account at ${clinic} was taken away. Your password alone signs you in now.`,
        'If you do not know of this, choose a new password at once and tell the clinic.',
      ],
    }),
    invitation: ({ clinic }) => ({
      subject: `Your account at ${clinic}`,
      paragraphs: [`${clinic} has made an account for you. Choose a password, and you can sign in.`],
      action: 'Choose a password',
      notes: ['The link is good once, and for three days. After that, ask for a new password where you sign in.'],
    }),
  },
};

const languages: Record<string, Language> = { en };

export interface AccountMail {
  clinic: Clinic;
  to: string;
  /** Left out where the reader may be a stranger. */
  name?: string;
  /** Where the mail's one button leads. */
  url?: string;
  now: Date;
}

export function accountMail(letter: LetterName, { clinic, to, name, url, now }: AccountMail): Mail {
  const { locale, timeZone } = clinic.settings;
  const tag = new Intl.Locale(locale).language;
  const language = languages[tag] ?? en;
  const spoken = language === en ? 'en' : tag;
  const when = new Intl.DateTimeFormat(spoken === tag ? locale : spoken, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  });
  const { subject, paragraphs, action, notes } = language.letters[letter]({
    clinic: clinic.name,
    when: when.format(now),
  });
  const content: Letter = {
    language: spoken,
    subject,
    greeting: name === undefined ? language.greetingWithoutName : language.greeting(name),
    paragraphs,
    ...(action !== undefined && url !== undefined && { action: { label: action, url } }),
    ...(notes && { notes }),
    from: clinic.name,
  };
  return { to, ...renderMail(content) };
}

/** Behind `#`, so that the token reaches no server's log and no Referer. */
export function accountLink(publicUrl: string, page: 'verify' | 'reset', token: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/${page}#token=${token}`;
}

/** Where one asks for a new password. */
export function forgotLink(publicUrl: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/forgot`;
}
