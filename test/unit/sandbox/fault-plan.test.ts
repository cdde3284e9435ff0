import { expect, test } from 'vitest';
import { FaultDraw } from '../../../src/sandbox/fault-draw.ts';
import { parseFaultPlan } from '../../../src/sandbox/fault-plan.ts';

const RULE = { method: undefined, rate: undefined, count: undefined, address: undefined, parameter: undefined };

test.each([
  ['5xx=2%', { kind: '5xx', rate: 0.02 }],
  ['hang=0.5%', { kind: 'hang', rate: 0.005 }],
  ['slow=1%:3000', { kind: 'slow', rate: 0.01, parameter: '3000' }],
  ['429=5%:retry-after=2', { kind: '429', rate: 0.05, parameter: 'retry-after=2' }],
  ['5xx=100%@PUT:502', { kind: '5xx', rate: 1, method: 'PUT', parameter: '502' }],
  ['lost-reply@POST#3', { kind: 'lost-reply', method: 'POST', count: { first: 3, last: 3 } }],
  ['reset#2-4', { kind: 'reset', count: { first: 2, last: 4 } }],
  ['html@GET#5+', { kind: 'html', method: 'GET', count: { first: 5, last: Infinity } }],
  ['vanish@PUT#2', { kind: 'vanish', method: 'PUT', count: { first: 2, last: 2 } }],
  ['appear=Jo.x@a.ORG@GET#2', { kind: 'appear', address: 'jo.x@a.org', method: 'GET', count: { first: 2, last: 2 } }],
])('%s is understood', (text, rule) => {
  expect(parseFaultPlan(text).rules).toEqual([{ ...RULE, ...rule }]);
});

test('a plan is a list with spaces allowed and one seed', () => {
  const plan = parseFaultPlan('seed=7, 5xx=2%,close-before=1% ,lost-reply@POST#3');
  expect(plan.seed).toBe(7);
  expect(plan.rules.map(({ kind }) => kind)).toEqual(['5xx', 'close-before', 'lost-reply']);
});

test.each([
  '',
  '5xx',
  'boom=1%',
  'toString=1%',
  '5xx=101%',
  '5xx=2',
  '5xx=2%#3',
  'hang@FETCH#1',
  'hang@PUT',
  'hang#0',
  'hang#4-2',
  'hang#x',
  'slow=1%:fast',
  'slow=1%:',
  'reset=1%:5',
  '5xx=1%:404',
  '429=1%:later',
  'appear@GET#1',
  'appear=jo@GET#1',
  'appear=jo@a.org',
  'hang=jo@a.org#1',
  'seed=x',
])('"%s" is refused', (text) => {
  expect(() => parseFaultPlan(text)).toThrow(expect.objectContaining({ code: 'SANDBOX_OPTIONS' }));
});

test('every wrong part is named at once', () => {
  const refusal = expect.objectContaining({
    problems: [
      { where: 'fault "boom=1%"', what: expect.stringContaining('unknown kind') },
      { where: 'fault "hang"', what: expect.stringContaining('needs either') },
    ],
  });
  expect(() => parseFaultPlan('boom=1%,5xx=2%,hang')).toThrow(refusal);
});

test('a count with a method counts that method only, without one every request', () => {
  const draw = new FaultDraw(parseFaultPlan('reset@POST#2,hang#4'));
  const kinds = ['POST', 'GET', 'POST', 'GET', 'POST'].map((method) => draw.draw(method).fault?.kind);
  expect(kinds).toEqual([undefined, undefined, 'reset', 'hang', undefined]);
});

test('the first fault that hits wins, events come besides', () => {
  const draw = new FaultDraw(parseFaultPlan('vanish#1,5xx#1,reset#1,appear=jo@a.org#1'));
  const { events, fault } = draw.draw('GET');
  expect([fault?.kind, events.map(({ kind }) => kind)]).toEqual(['5xx', ['vanish', 'appear']]);
});

test('a rate is met in the long run and does not move when another rule is added', () => {
  const hitsOf = (text: string): number[] => {
    const draw = new FaultDraw(parseFaultPlan(text));
    return Array.from({ length: 10_000 }, (_, index) => (draw.draw('GET').fault?.kind === 'hang' ? index : -1)).filter(
      (index) => index >= 0,
    );
  };
  const alone = hitsOf('seed=3,hang=5%');
  expect(alone.length).toBeGreaterThan(400);
  expect(alone.length).toBeLessThan(600);
  expect(hitsOf('seed=3,hang=5%,reset=50%')).toEqual(alone);
});
