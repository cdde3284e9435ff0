import { describe, expect, it } from 'vitest';
import {
  formatSealedMobile,
  isComparableMobile,
  keyIdOfSealed,
  maskMobile,
} from '../../../../src/model/account/sealed-mobile.ts';

describe('a masked number', () => {
  it.each([
    ['+31612345699', '+31 6 •••• ••99'],
    ['+12125550123', '+1 2 • •••• ••23'],
    ['+35312345678', '+353 1 ••• ••78'],
    ['+79161234567', '+7 9 • •••• ••67'],
    ['+316123', '••••'],
    ['0612345699', '••••'],
    ['+31 6 12345699', '••••'],
    ['', '••••'],
  ])('of %s is %s', (number, masked) => {
    expect(maskMobile(number)).toBe(masked);
  });
});

describe('a sealed form', () => {
  const sealed = formatSealedMobile('+31612345699', '5f0c2a', '1f2e3d4c5b6a7988');

  it('tells its key, which a number in clear does not have', () => {
    expect(sealed).toBe('+31 6 •••• ••99 sealed:5f0c2a:1f2e3d4c5b6a7988');
    expect(keyIdOfSealed(sealed)).toBe('5f0c2a');
    for (const clear of ['+31612345699', '', null, undefined]) expect(keyIdOfSealed(clear)).toBeNull();
  });

  it('is compared with forms of its own key and with no number, never with another key or a number in clear', () => {
    const other = formatSealedMobile('+31612345698', '5f0c2a', '0000000000000000');
    expect([null, undefined, other].map((one) => isComparableMobile(sealed, one))).toEqual([true, true, true]);
    const foreign = formatSealedMobile('+31612345699', 'ffffff', '1f2e3d4c5b6a7988');
    expect([foreign, '+31612345699'].map((one) => isComparableMobile(one, sealed))).toEqual([false, false]);
    expect(isComparableMobile('+31612345698', '+31612345699')).toBe(true);
  });
});
