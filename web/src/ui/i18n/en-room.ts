export const enRoom = {} as const;
