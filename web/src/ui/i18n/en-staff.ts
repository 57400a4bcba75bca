export const enStaff = {} as const;
