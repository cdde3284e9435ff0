import { expect, it } from 'vitest';
import { openPace } from '../../../../src/operations/apply/tell-pace.ts';

it('an apply says how long it takes, how far it is, and what it waits for', () => {
  let now = 0;
  const told: string[] = [];
  const note = (text: string): void => void told.push(text);
  const pace = openPace({ progress: note, advance: note }, () => now);
  pace.begin(5011);
  now = 12_000;
  pace.advance(60, 'create a@company.org: applied');
  pace.wait(400);
  pace.wait(7100);
  expect(told).toEqual([
    "Applying 5,011 changes: about 17 minutes at Zivver's limit of 50 requests in 10 seconds",
    '[----------] 60 of 5,011 (1 %), about 17 minutes left · create a@company.org: applied',
    '[----------] 60 of 5,011 (1 %), about 17 minutes left · waiting 8 s: Zivver takes 50 requests in 10 seconds',
  ]);
});
