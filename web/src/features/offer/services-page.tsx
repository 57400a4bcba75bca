import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfferedModality, ServiceView } from '../../api/scheduling.ts';
import { useClinicTime } from '../../ui/clinic-time.tsx';
import { Failure } from '../../ui/failure.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { useUser } from '../auth/use-session.ts';
import { money } from '../booking/money.ts';
import { useScheduling } from '../booking/use-scheduling.ts';
import planning from '../planning/planning.module.css';
import { useStaffLists } from '../planning/use-planning.ts';
import { Checks, OfferForm } from './form.tsx';
import { OfferPage } from './offer-page.tsx';
import { type ServiceFault, type ServiceFields, serviceBody, serviceFault, serviceFields } from './service-words.ts';
import { refuses, useSave } from './use-save.ts';

const ways = ['both', 'video', 'in_person'] as const satisfies readonly OfferedModality[];
type TextField =
  | 'name'
  | 'codeSystem'
  | 'code'
  | 'durationMinutes'
  | 'price'
  | 'currency'
  | 'bufferBeforeMinutes'
  | 'bufferAfterMinutes';
const textFields: readonly TextField[] = [
  'name',
  'durationMinutes',
  'price',
  'currency',
  'code',
  'codeSystem',
  'bufferBeforeMinutes',
  'bufferAfterMinutes',
];

function ServiceForm({ service, onDone }: { service: ServiceView | null; onDone: () => void }) {
  const { t } = useTranslation('planning');
  const api = useScheduling();
  const { doctors } = useStaffLists();
  const [fields, setFields] = useState<ServiceFields>(() => serviceFields(service));
  const [fault, setFault] = useState<ServiceFault | null>(null);
  const change = (part: Partial<ServiceFields>) => setFields({ ...fields, ...part });
  const save = useSave(
    (body: Record<string, unknown>) =>
      service === null ? api.createService(body) : api.changeService(service.id, body),
    onDone,
  );
  const isWrong = (name: TextField) => fault === name || refuses(save.error, name === 'price' ? 'priceMinor' : name);
  return (
    <OfferForm
      title={t(service === null ? 'offer.newService' : 'offer.changeService')}
      error={save.error}
      isBusy={save.isPending}
      onCancel={onDone}
      onSave={() => {
        const found = serviceFault(fields);
        setFault(found);
        if (found === null) save.mutate(serviceBody(fields));
      }}
    >
      {textFields.map((name) => (
        <TextInput
          key={name}
          label={t(`offer.${name}`)}
          value={fields[name]}
          autoComplete="off"
          inputMode={name.endsWith('Minutes') ? 'numeric' : name === 'price' ? 'decimal' : 'text'}
          error={isWrong(name) && t('offer.wrong')}
          onChange={({ currentTarget: { value } }) => change({ [name]: value })}
        />
      ))}
      <NativeSelect
        label={t('hours.way')}
        value={fields.modality}
        data={ways.map((way) => ({ value: way, label: t(`way.${way}`) }))}
        onChange={({ currentTarget: { value } }) => change({ modality: ways.find((way) => way === value) ?? 'both' })}
      />
      <Checks
        legend={t('offer.givenBy')}
        options={doctors}
        chosen={fields.practitionerIds}
        onChange={(practitionerIds) => change({ practitionerIds })}
      />
    </OfferForm>
  );
}

function Row({ service, onEdit }: { service: ServiceView; onEdit: (() => void) | null }) {
  const { t } = useTranslation('planning');
  const { t: booking } = useTranslation('scheduling');
  const { locale } = useClinicTime();
  const api = useScheduling();
  const { name, code, durationMinutes, priceMinor, currency, modality, isActive = true } = service;
  const turn = useSave((on: boolean) => api.changeService(service.id, { isActive: on }));
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{code}</td>
      <td>{booking('minutes', { count: durationMinutes })}</td>
      <td className="numbers">{priceMinor === 0 ? booking('free') : money(locale, priceMinor, currency)}</td>
      <td>{t(`way.${modality}`)}</td>
      <td>{t(isActive ? 'offer.active' : 'offer.inactive')}</td>
      <td>
        {onEdit !== null && (
          <div className="row">
            <Button variant="default" aria-label={t('offer.editOf', { name })} onClick={onEdit}>
              {t('hours.edit')}
            </Button>
            <Button
              variant="subtle"
              loading={turn.isPending}
              aria-label={t(isActive ? 'offer.closeOf' : 'offer.openOf', { name })}
              onClick={() => turn.mutate(!isActive)}
            >
              {t(isActive ? 'offer.close' : 'offer.open')}
            </Button>
            {turn.error !== null && <Failure error={turn.error} />}
          </div>
        )}
      </td>
    </tr>
  );
}

interface ServicesTableProps {
  services: readonly ServiceView[];
  /** Null for who may only look. */
  onEdit: ((service: ServiceView) => void) | null;
}

function ServicesTable({ services, onEdit }: ServicesTableProps) {
  const { t } = useTranslation('planning');
  return (
    <ScrollRegion label={t('offer.table')}>
      <table className={planning['table']}>
        <thead>
          <tr>
            {(['name', 'code', 'durationMinutes', 'price'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`offer.${column}`)}
              </th>
            ))}
            <th scope="col">{t('hours.way')}</th>
            <th scope="col">{t('arrivals.state')}</th>
            <th scope="col">{t('arrivals.actions')}</th>
          </tr>
        </thead>
        <tbody>
          {services.map((service) => (
            <Row key={service.id} service={service} onEdit={onEdit && (() => onEdit(service))} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** What can be booked, and what it costs. */
export function ServicesPage() {
  const { t } = useTranslation('planning');
  const api = useScheduling();
  const mayKeep = useUser().scopes.includes('catalog:write');
  const found = useQuery({
    queryKey: ['services', 'all'],
    queryFn: ({ signal }) => api.services({ limit: 200 }, signal),
  });
  return (
    <OfferPage
      title={t('offer.services')}
      lead={t('offer.servicesLead')}
      found={found}
      empty={{ title: t('offer.noServices'), text: t('offer.noServicesText') }}
      newOne={mayKeep ? t('offer.newService') : null}
      renderForm={(service, onDone) => <ServiceForm service={service} onDone={onDone} />}
      renderList={(services, onEdit) => <ServicesTable services={services} onEdit={mayKeep ? onEdit : null} />}
    />
  );
}
