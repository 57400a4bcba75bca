import '../../ui/form/select-styles.ts';
import { Button, Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BuiltInRole, type ClinicSettings, type ClinicView } from '../../api/admin.ts';
import { Failure } from '../../ui/failure.tsx';
import { useFields } from '../../ui/form/use-fields.ts';
import { duration } from '../../ui/time.ts';
import { useUser } from '../auth/use-session.ts';
import styles from './admin.module.css';
import { ChatGroup } from './chat-group.tsx';
import { Check } from './check.tsx';
import {
  type ClinicFields,
  changedSettings,
  clinicFields,
  isLocale,
  isTelephone,
  type NumberField,
  numberFields,
  readNumber,
  readReminders,
} from './clinic-form.ts';
import { ConsentChoice, type LawChoice } from './consent-choice.tsx';
import { DocumentsGroup } from './documents-group.tsx';
import { FilesGroup } from './files-group.tsx';
import { NumbersGroup } from './numbers-group.tsx';
import { SignInGroup } from './sign-in-group.tsx';
import { useAdminApi } from './use-admin.ts';
import { WaitingWords, writtenWords } from './waiting-words.tsx';

const visitFields = [
  'earlyStartMinutes',
  'noShowMinutes',
  'maxDurationMinutes',
  'reconnectWindowSeconds',
  'doctorGraceSeconds',
  'recoveryWindowSeconds',
] as const satisfies readonly NumberField[];
const paymentFields = ['lateCancelRefundPercent'] as const satisfies readonly NumberField[];
const bookingFields = ['cancelFreeHours', 'waitlistOfferMinutes'] as const satisfies readonly NumberField[];
const zones = Intl.supportedValuesOf('timeZone');

function useClinicFaults() {
  const { t } = useTranslation('admin');
  return (values: ClinicFields): Partial<Record<keyof ClinicFields, string>> => {
    const faults: Partial<Record<keyof ClinicFields, string>> = {};
    if (values.name.trim() === '') faults.name = t('clinic.nameMissing');
    if (!isLocale(values.locale.trim())) faults.locale = t('clinic.localeWrong');
    if (!isTelephone(values.emergencyNumber.trim())) faults.emergencyNumber = t('clinic.numberWrong');
    if (readReminders(values.reminders) === null) faults.reminders = t('clinic.remindersWrong');
    for (const field of Object.keys(numberFields) as NumberField[]) {
      if (readNumber(values[field], numberFields[field]) === null)
        faults[field] = t('clinic.between', numberFields[field]);
    }
    return faults;
  };
}

/** As they stand in the form, once nothing in it is wrong. */
function settingsOf(
  values: ClinicFields,
  rest: LawChoice &
    Pick<
      ClinicSettings,
      | 'timeZone'
      | 'mfaRequiredFor'
      | 'requireVerifiedEmail'
      | 'unmarkedVisits'
      | 'waitingRoomText'
      | 'unscannedFiles'
      | 'paymentBeforeJoin'
      | 'documentsByModel'
      | 'assistantByModel'
    >,
): ClinicSettings {
  const number = (field: NumberField) => readNumber(values[field], numberFields[field]) ?? 0;
  return {
    ...rest,
    locale: values.locale.trim(),
    emergencyNumber: values.emergencyNumber.trim(),
    reminderMinutesBefore: readReminders(values.reminders) ?? [],
    reconnectWindowSeconds: number('reconnectWindowSeconds'),
    doctorGraceSeconds: number('doctorGraceSeconds'),
    recoveryWindowSeconds: number('recoveryWindowSeconds'),
    earlyStartMinutes: number('earlyStartMinutes'),
    noShowMinutes: number('noShowMinutes'),
    maxDurationMinutes: number('maxDurationMinutes'),
    cancelFreeHours: number('cancelFreeHours'),
    waitlistOfferMinutes: number('waitlistOfferMinutes'),
    lateCancelRefundPercent: number('lateCancelRefundPercent'),
    uploadRetentionDays: number('uploadRetentionDays'),
    chatRetentionDays: number('chatRetentionDays'),
    chatRecordDays: number('chatRecordDays'),
    documentDraftDays: number('documentDraftDays'),
    documentConfirmationDays: number('documentConfirmationDays'),
  };
}

interface ClinicFormProps {
  clinic: ClinicView;
  onSaved: (clinic: ClinicView) => void;
}

export function ClinicForm({ clinic, onSaved }: ClinicFormProps) {
  const { t, i18n } = useTranslation('admin');
  const admin = useAdminApi();
  const mayWrite = useUser().scopes.includes('tenant:write');
  const { values, form, field, refuse } = useFields<ClinicFields>(clinicFields(clinic));
  const [timeZone, setTimeZone] = useState(clinic.settings.timeZone);
  const [mfaRequiredFor, setMfa] = useState<readonly BuiltInRole[]>(clinic.settings.mfaRequiredFor);
  const [requireVerifiedEmail, setVerified] = useState(clinic.settings.requireVerifiedEmail);
  const [unmarkedVisits, setUnmarked] = useState(clinic.settings.unmarkedVisits);
  const [paymentBeforeJoin, setPayFirst] = useState(clinic.settings.paymentBeforeJoin);
  const [unscannedFiles, setUnscanned] = useState(clinic.settings.unscannedFiles);
  const [assistantByModel, setAssistant] = useState(clinic.settings.assistantByModel);
  const [documentsByModel, setByModel] = useState(clinic.settings.documentsByModel);
  const { country, teleconsultationConsent } = clinic.settings;
  const [law, setLaw] = useState<LawChoice>({ country, teleconsultationConsent });
  const [waitingWords, setWaitingWords] = useState<Record<string, string>>(clinic.settings.waitingRoomText);
  const faultsOf = useClinicFaults();
  const saving = useMutation({ mutationFn: admin.changeClinic, onSuccess: onSaved });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (refuse(faultsOf(values)) || saving.isPending) return;
    const choices = { timeZone, mfaRequiredFor: [...mfaRequiredFor], requireVerifiedEmail, unmarkedVisits, ...law };
    const waitingRoomText = writtenWords(waitingWords);
    const after = settingsOf(values, {
      ...choices,
      paymentBeforeJoin,
      unscannedFiles,
      documentsByModel,
      assistantByModel,
      waitingRoomText,
    });
    const name = values.name.trim();
    saving.mutate({ ...(name === clinic.name ? {} : { name }), settings: changedSettings(clinic.settings, after) });
  }

  const reminders = readReminders(values.reminders);
  const inWords = (reminders ?? []).map((minutes) => duration({ locale: i18n.language }, minutes * 60)).join(', ');
  return (
    <form ref={form} noValidate onSubmit={submit} className={styles['form']}>
      {saving.error !== null && <Failure error={saving.error} />}
      <fieldset className={styles['group']} disabled={!mayWrite}>
        <legend>{t('clinic.general')}</legend>
        <TextInput {...field('name')} label={t('clinic.name')} autoComplete="off" maxLength={200} />
        <p className="dimmed">{t('clinic.slug', { slug: clinic.slug })}</p>
        <Select
          searchable
          allowDeselect={false}
          limit={100}
          label={t('clinic.timeZone')}
          description={t('clinic.timeZoneAbout')}
          data={zones.includes(timeZone) ? zones : [timeZone, ...zones]}
          value={timeZone}
          nothingFoundMessage={t('clinic.noZone')}
          comboboxProps={{ withinPortal: false }}
          onChange={(zone) => {
            if (zone !== null) setTimeZone(zone);
          }}
        />
        <TextInput
          {...field('locale')}
          label={t('clinic.locale')}
          description={t('clinic.localeAbout')}
          autoComplete="off"
        />
        <TextInput
          {...field('emergencyNumber')}
          type="tel"
          label={t('clinic.emergencyNumber')}
          description={t('clinic.emergencyNumberAbout')}
          autoComplete="off"
        />
        <ConsentChoice value={law} onChange={setLaw} />
      </fieldset>
      <NumbersGroup legend={t('clinic.visits')} names={visitFields} field={field} isDisabled={!mayWrite} />
      <NumbersGroup legend={t('clinic.booking')} names={bookingFields} field={field} isDisabled={!mayWrite}>
        <TextInput
          {...field('reminders')}
          label={t('clinic.reminders')}
          description={inWords === '' ? t('clinic.remindersNone') : t('clinic.remindersAbout', { when: inWords })}
          inputMode="text"
          autoComplete="off"
        />
        <Check
          label={t('clinic.unmarked')}
          isOn={unmarkedVisits === 'fulfilled'}
          onChange={(isOn) => setUnmarked(isOn ? 'fulfilled' : 'noshow')}
        >
          {t('clinic.unmarkedAbout')}
        </Check>
      </NumbersGroup>
      <NumbersGroup legend={t('clinic.payments')} names={paymentFields} field={field} isDisabled={!mayWrite}>
        <Check label={t('clinic.payFirst')} isOn={paymentBeforeJoin} onChange={setPayFirst}>
          {t('clinic.payFirstAbout')}
        </Check>
      </NumbersGroup>
      <ChatGroup field={field} isDisabled={!mayWrite} isByModel={assistantByModel} onByModel={setAssistant} />
      <FilesGroup field={field} isDisabled={!mayWrite} unscannedFiles={unscannedFiles} onUnscanned={setUnscanned} />
      <DocumentsGroup field={field} isDisabled={!mayWrite} isByModel={documentsByModel} onByModel={setByModel} />
      <fieldset className={styles['group']} disabled={!mayWrite}>
        <legend>{t('clinic.waiting')}</legend>
        <WaitingWords texts={waitingWords} onChange={setWaitingWords} />
      </fieldset>
      <SignInGroup
        mfaRequiredFor={mfaRequiredFor}
        requireVerifiedEmail={requireVerifiedEmail}
        isDisabled={!mayWrite}
        onMfa={setMfa}
        onVerified={setVerified}
      />
      {mayWrite && (
        <div>
          <Button type="submit" size="md" loading={saving.isPending}>
            {t('user.save')}
          </Button>
        </div>
      )}
    </form>
  );
}
