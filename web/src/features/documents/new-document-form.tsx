import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ChangeEvent, type FormEvent, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentKind, NewDocument } from '../../api/documents.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { useFields } from '../../ui/form/use-fields.ts';
import { Notice } from '../../ui/notice.tsx';
import { paths } from '../../ui/router/paths.ts';
import { useGo } from '../../ui/router/router.tsx';
import { DocumentFailure } from './document-failure.tsx';
import styles from './documents.module.css';
import { linesOf } from './lines.ts';
import { useDocumentsApi, useKeepDocument } from './use-documents.ts';
import { useLeaveGuard } from './use-leave-guard.tsx';

const kinds = ['treatment_summary', 'insurance_summary', 'progress_note'] as const satisfies readonly DocumentKind[];
const tiers = ['mild', 'moderate', 'severe'] as const;
const audiences = ['patient', 'clinician', 'insurer'] as const;
const tones = ['plain', 'reassuring', 'formal'] as const;
const languages = ['en', 'es', 'hi'] as const;
const lists = ['findings', 'procedures', 'medications', 'nextSteps'] as const;

type Fields = Record<
  'kind' | 'age' | 'tier' | (typeof lists)[number] | 'note' | 'audience' | 'tone' | 'language',
  string
>;

const blank: Fields = {
  kind: 'treatment_summary',
  age: '',
  tier: 'mild',
  findings: '',
  procedures: '',
  medications: '',
  nextSteps: '',
  note: '',
  audience: '',
  tone: '',
  language: '',
};

/** One of the words, or the first of them. */
function oneOf<T extends string>(words: readonly [T, ...T[]], value: string): T {
  return words.find((word) => word === value) ?? words[0];
}

function bodyOf(values: Fields, about: { patientId: string; meetingId: string | null }): NewDocument {
  const { audience, tone, language } = values;
  return {
    patientId: about.patientId,
    ...(about.meetingId !== null && { meetingId: about.meetingId }),
    age: Number(values.age),
    tier: oneOf(tiers, values.tier),
    findings: linesOf(values.findings),
    procedures: linesOf(values.procedures),
    medications: linesOf(values.medications),
    nextSteps: linesOf(values.nextSteps),
    note: values.note.trim(),
    ...(audience !== '' && { audience: oneOf(audiences, audience) }),
    ...(tone !== '' && { tone: oneOf(tones, tone) }),
    ...(language !== '' && { language: oneOf(languages, language) }),
  };
}

function useFaults() {
  const { t } = useTranslation('documents');
  return (values: Fields): Partial<Fields> => {
    const faults: Partial<Fields> = {};
    if (!/^\d{1,3}$/.test(values.age.trim()) || Number(values.age) > 130) faults.age = t('form.ageWrong');
    for (const name of lists) {
      const lines = linesOf(values[name]);
      if (lines.length > 20 || lines.some((line) => line.length > 300)) faults[name] = t('form.tooMany');
    }
    if (linesOf(values.findings).length === 0) faults.findings = t('form.findingsMissing');
    return faults;
  };
}

interface NewDocumentFormProps {
  patientId: string;
  meetingId: string | null;
  /** What is known to begin with. */
  first: Pick<Fields, 'age' | 'note'>;
}

/** What a draft is written from. */
export function NewDocumentForm({ patientId, meetingId, first }: NewDocumentFormProps) {
  const { t } = useTranslation('documents');
  const api = useDocumentsApi();
  const keep = useKeepDocument();
  const go = useGo();
  const announce = useAnnounce();
  const { values, setValues, form, field, refuse } = useFields<Fields>({ ...blank, ...first });
  const faultsOf = useFaults();
  const waiting = useId();
  const isTyped = lists.some((name) => values[name] !== '') || values.note !== first.note;
  const writing = useMutation({
    mutationFn: () => api.write(oneOf(kinds, values.kind), bodyOf(values, { patientId, meetingId })),
    onSuccess(document) {
      keep(document);
      announce(t('form.written'));
      go(paths.document(document.id), { replace: true });
    },
  });
  const { dialog } = useLeaveGuard(isTyped && !writing.isSuccess);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (writing.isPending || refuse(faultsOf(values))) return;
    announce(t('form.writing'));
    writing.mutate();
  }
  /** As `field`, for what has several lines or a list of choices. */
  function input(name: keyof Fields) {
    const { onChange, ...rest } = field(name);
    return {
      ...rest,
      onChange: (event: ChangeEvent<HTMLTextAreaElement | HTMLSelectElement>) =>
        onChange(event as unknown as ChangeEvent<HTMLInputElement>),
    };
  }
  const select = (
    name: 'kind' | 'tier' | 'audience' | 'tone' | 'language',
    data: { value: string; label: string }[],
  ) => (
    <NativeSelect
      label={t(`form.${name}`)}
      name={name}
      data={data}
      value={values[name]}
      onChange={({ currentTarget: { value } }) => setValues((before) => ({ ...before, [name]: value }))}
    />
  );
  const usual = { value: '', label: t('form.usual') };
  return (
    <>
      {dialog}
      <form ref={form} noValidate className={styles['form']} onSubmit={submit} aria-describedby={waiting}>
        {meetingId !== null && (
          <Notice tone="plain">
            <p>{t('form.visit')}</p>
          </Notice>
        )}
        <div className={styles['pair']}>
          {select(
            'kind',
            kinds.map((value) => ({ value, label: t(`kind.${value}`) })),
          )}
          {select(
            'tier',
            tiers.map((value) => ({ value, label: t(`tier.${value}`) })),
          )}
          <TextInput
            {...field('age')}
            label={t('form.age')}
            description={t('form.ageAbout')}
            inputMode="numeric"
            autoComplete="off"
            maxLength={3}
          />
        </div>
        {lists.map((name) => (
          <Textarea
            key={name}
            {...input(name)}
            label={t(`form.${name}`)}
            description={t(name === 'medications' ? 'form.medicationsAbout' : 'form.lines')}
            required={name === 'findings'}
            withAsterisk={false}
            rows={3}
          />
        ))}
        <Textarea
          {...input('note')}
          label={t('form.note')}
          description={t('form.noteAbout')}
          rows={5}
          maxLength={4_000}
        />
        <details className={styles['more']}>
          <summary>{t('form.more')}</summary>
          <div className={styles['pair']}>
            {select('audience', [usual, ...audiences.map((value) => ({ value, label: t(`audience.${value}`) }))])}
            {select('tone', [usual, ...tones.map((value) => ({ value, label: t(`tone.${value}`) }))])}
            {select('language', [
              { value: '', label: t('form.own') },
              ...languages.map((value) => ({ value, label: t(`language.${value}`) })),
            ])}
          </div>
        </details>
        {writing.error !== null && <DocumentFailure error={writing.error} />}
        <div className="row">
          <Button type="submit" size="md" loading={writing.isPending}>
            {t('form.write')}
          </Button>
          <output id={waiting}>{writing.isPending && t('form.writing')}</output>
        </div>
      </form>
    </>
  );
}
