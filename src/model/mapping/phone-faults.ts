import type { PhoneFault } from '../directory/phone.ts';

/** Words for people. */
export const PHONE_FAULTS: Readonly<Record<PhoneFault, string>> = {
  several: 'two numbers, and nobody can tell which one is meant',
  remark: 'a remark beside the number',
  'not-a-number': 'not a phone number',
  extension: 'it has an extension',
  invalid: 'no such number',
  'not-mobile': 'not a mobile number, so it cannot receive the login code',
  'machine-number': 'a number for machines',
};
