/** The provider's own words in the reader's; what nobody here knows stays as it is. */
import { useTranslation } from 'react-i18next';
import { enBilling } from '../../ui/i18n/en-billing.ts';

type Told = keyof typeof enBilling.steps.toldOf;
type Method = keyof typeof enBilling.method;

const isTold = (key: string): key is Told => Object.hasOwn(enBilling.steps.toldOf, key);
const isMethod = (key: string): key is Method => Object.hasOwn(enBilling.method, key);

/** `card` is `Card`. */
export function useMethodWords(): (method: string) => string {
  const { t } = useTranslation('billing');
  return (method) => (isMethod(method) ? t(`method.${method}`) : method);
}

/** What a webhook said: `payment.captured` is a sentence. */
export function useToldWords(): (type: string, price: string) => string {
  const { t } = useTranslation('billing');
  return (type, price) => {
    const key = type.replaceAll('.', '_');
    return isTold(key) ? t(`steps.toldOf.${key}`, { price }) : t('steps.told', { type });
  };
}
