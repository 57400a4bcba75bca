/**
 * How much a test does that proves by numbers: `npm test` enough to notice a fault, and THOROUGH=1, as CI sets it, all
 * that we promise.
 */
export const isThorough = process.env['THOROUGH'] === '1';

export const volume = (usual: number, thorough: number): number => (isThorough ? thorough : usual);
