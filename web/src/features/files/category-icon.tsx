import {
  IconBuildingHospital,
  IconFile,
  IconId,
  IconPhoto,
  IconPill,
  IconShieldHeart,
  IconTestPipe,
  IconUserShare,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { UploadCategory } from '../../api/files.ts';

const icons: Readonly<Record<UploadCategory, ComponentType<{ size: number; 'aria-hidden': true }>>> = {
  lab_report: IconTestPipe,
  prescription: IconPill,
  identity: IconId,
  photo: IconPhoto,
  referral: IconUserShare,
  discharge_summary: IconBuildingHospital,
  insurance: IconShieldHeart,
  other: IconFile,
};

/** Beside the category's name, never instead of it. */
export function CategoryIcon({ category }: { category: UploadCategory }) {
  const Icon = icons[category];
  return <Icon size={28} aria-hidden />;
}
