/** As much of vitest as the tests of the model use, on node:test: vitest itself needs native parts that Wine does not load. */
import { after, afterEach, before, beforeEach, describe as group, it as one } from 'node:test';
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  customMatchers,
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect';
import * as chai from 'chai';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);
const expect = ((value: unknown, message?: string) => chai.expect(value, message)) as typeof chai.expect & object;
Object.assign(expect, chai.expect);
Object.assign(expect, Reflect.get(globalThis, ASYMMETRIC_MATCHERS_OBJECT));
setState({ assertionCalls: 0, currentTestName: '' } as never, expect as never);
Object.defineProperty(globalThis, GLOBAL_EXPECT, { value: expect, writable: true, configurable: true });
(chai.expect as never as { extend(on: object, matchers: object): void }).extend(expect, customMatchers);

type Body = (...values: unknown[]) => unknown;
type Define = (name: string, body: () => unknown) => unknown;

function withEach(define: Define) {
  const each =
    (rows: readonly unknown[]) =>
    (name: string, body: Body): void => {
      for (const [index, row] of rows.entries())
        define(`${name} (${index})`, () => body(...(Array.isArray(row) ? (row as unknown[]) : [row])));
    };
  const base = (name: string, body: Body): void => void define(name, () => body());
  const skip = (): void => undefined;
  const conditional = (isWanted: boolean) =>
    isWanted ? Object.assign(base, { each }) : Object.assign(skip, { each: () => skip });
  return Object.assign(base, {
    each,
    skip,
    skipIf: (condition: unknown) => conditional(!condition),
    runIf: (condition: unknown) => conditional(Boolean(condition)),
  });
}

export const describe = withEach((name, body) => group(name, () => void body()));
const defineTest: Define = (name, body) => one(name, { timeout: 120_000 }, async () => void (await body()));
export const it = withEach(defineTest);
export const test = withEach(defineTest);
export { after as afterAll, afterEach, before as beforeAll, beforeEach, expect };
