/** Pictures: decoded and encoded anew, upright, so that nothing is left in them but the picture. */
import sharp from 'sharp';
import { AppError } from '../../platform/errors.ts';
import { bad } from './kinds.ts';

/** A picture of 5 MB from any camera has fewer; decoded, so many take 200 MB. */
export const mostPixels = 50_000_000;
const longestSeconds = 20;

/** Throws INVALID_INPUT for what cannot be decoded or would take too much. */
export async function cleanImage(bytes: Buffer, kind: 'image/jpeg' | 'image/png'): Promise<Buffer> {
  const input = { limitInputPixels: mostPixels, failOn: 'error', sequentialRead: true } as const;
  const { width, height, format } = await metadataOf(bytes);
  if (width * height > mostPixels) throw bad(`Has more than ${mostPixels / 1_000_000} million pixels`);
  if (format !== (kind === 'image/png' ? 'png' : 'jpeg')) throw bad('Cannot be read as a picture');
  const upright = sharp(bytes, input).timeout({ seconds: longestSeconds }).autoOrient().toColourspace('srgb');
  try {
    return await (kind === 'image/png' ? upright.png() : upright.jpeg({ quality: 90 })).toBuffer();
  } catch (cause) {
    throw new AppError('INVALID_INPUT', 'This file is not taken. The reason stands in errors.', {
      cause,
      faults: [{ path: 'file', message: 'Cannot be read as a picture' }],
    });
  }
}

/** Of the head alone: nothing is decoded for it. */
async function metadataOf(bytes: Buffer) {
  try {
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch {
    throw bad('Cannot be read as a picture');
  }
}
