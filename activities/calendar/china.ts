import { holidays, workdays } from 'chinese-days/dist/chinese-days.json';
import type { Arrangements } from './working-days';

/** Of a library's year that is known there is at least National Day; a neighbour may tell of single days. */
const NATIONAL_DAY = '10-01';

/**
 * China's holidays and make-up working days as the State Council announced them. They come with the package
 * `chinese-days`: a new version of it is a new calendar.
 */
export const CHINA: Arrangements = {
  knows: (year) => Object.hasOwn(holidays, `${year}-${NATIONAL_DAY}`),
  arranged: (day) =>
    Object.hasOwn(workdays, day) ? 'working' : Object.hasOwn(holidays, day) ? 'off' : undefined,
};
