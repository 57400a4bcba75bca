/** Local days and times as callers write them and as the tables keep them. */

export function toMinutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

export function toTime(minutes: number): string {
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** A column of type `date`, which Prisma takes as the midnight of UTC. */
export function toColumn(day: string): Date {
  return new Date(`${day}T00:00:00.000Z`);
}
