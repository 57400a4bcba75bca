/** A date of birth as it is written where the clinic is. Pure. */
export function birthDay(birthDate: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(birthDate));
}
