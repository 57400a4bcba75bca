import { falseFriends } from './false-friends.ts';

/** Words that hold sentences together; they also let "iwanttodie" be taken apart. */
export const smallWords = new Set(
  (
    'i a to the my of in on me is it and for with you your be at so do this that was am are have has had or if by up out we he she they his her him ' +
    'yo la el de en un una mi me se es los las por con su al lo te y o ya ' +
    'hai ho hu hoon ka ki ke ko se ne me mera meri mujhe raha rahi gaya gayi'
  ).split(' '),
);

const ordinary = new Set([...smallWords, ...falseFriends.split(/\s+/)]);

export function isOrdinary(word: string): boolean {
  return ordinary.has(word);
}
