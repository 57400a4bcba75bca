/**
 * A few codes to begin with. The CDT is the ADA's copyright: the codes are named here as facts, the words beside them are ours
 * and none of the ADA's. A clinic enters what else it uses, with the words that its licence gives it.
 */
import type { NewCdtCode } from './schema.ts';

export const starterSet: readonly NewCdtCode[] = [
  { code: 'D0140', description: 'Examination of one problem' },
  { code: 'D0150', description: 'Full first examination' },
  { code: 'D0330', description: 'Panoramic X-ray' },
  { code: 'D0340', description: 'Side X-ray of the head, with measurements' },
  { code: 'D0350', description: 'Photographs of mouth or face' },
  { code: 'D0470', description: 'Study models' },
  { code: 'D8010', description: 'Limited straightening, milk teeth' },
  { code: 'D8030', description: 'Limited straightening, adolescent' },
  { code: 'D8040', description: 'Limited straightening, adult' },
  { code: 'D8080', description: 'Full straightening, adolescent' },
  { code: 'D8090', description: 'Full straightening, adult' },
  { code: 'D8660', description: 'Visit before straightening begins' },
  { code: 'D8670', description: 'Visit during straightening' },
  { code: 'D8680', description: 'Retainers after straightening' },
  { code: 'D9995', description: 'Video visit, live' },
  { code: 'D9996', description: 'Visit by records sent ahead' },
];
