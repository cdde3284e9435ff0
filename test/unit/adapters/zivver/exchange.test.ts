import fc from 'fast-check';
import type { Dispatcher } from 'undici';
import { describe, expect, it } from 'vitest';
import { exchange, type ExchangeRequest } from '../../../../src/adapters/zivver/exchange.ts';

const request: ExchangeRequest = {
  method: 'PUT',
  url: new URL('https://app.zivver.com/api/scim/v2/Users?filter=x'),
  headers: { accept: 'application/json' },
  body: '{}',
};
const limits = { headersTimeoutMs: 60, bodyTimeoutMs: 60, totalTimeoutMs: 30, maxAnswerBytes: 10 };

interface Played {
  readonly dispatcher: Dispatcher;
  readonly handlers: Dispatcher.DispatchHandler[];
  readonly options: Dispatcher.DispatchOptions[];
}

/** A dispatcher that does only what `play` makes it do. */
function playDispatcher(play: (handler: Dispatcher.DispatchHandler) => void): Played {
  const handlers: Dispatcher.DispatchHandler[] = [];
  const options: Dispatcher.DispatchOptions[] = [];
  const dispatch = (one: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean => {
    options.push(one);
    handlers.push(handler);
    play(handler);
    return true;
  };
  return { dispatcher: { dispatch } as unknown as Dispatcher, handlers, options };
}

function recordAborts(): { readonly controller: Dispatcher.DispatchController; readonly reasons: string[] } {
  const reasons: string[] = [];
  const controller = { abort: (reason: Error) => void reasons.push(reason.message) };
  return { controller: controller as unknown as Dispatcher.DispatchController, reasons };
}

describe('exchange', () => {
  it('is not sent when it waits for a connection until its time is over, and stays unsent when one comes', async () => {
    const { dispatcher, handlers } = playDispatcher(() => undefined);
    expect(await exchange(dispatcher, request, limits)).toEqual({
      delivery: 'not-sent',
      fault: 'TOTAL_TIMEOUT',
      status: null,
    });
    const { controller, reasons } = recordAborts();
    handlers[0]!.onRequestStart!(controller, {});
    expect(reasons).toHaveLength(1);
  });

  it('is never written twice, even if undici wants to', async () => {
    const { controller, reasons } = recordAborts();
    const { dispatcher } = playDispatcher((handler) => {
      handler.onRequestStart!(controller, {});
      handler.onRequestStart!(controller, {});
    });
    const outcome = await exchange(dispatcher, request, limits);
    expect(outcome).toEqual({ delivery: 'unknown', fault: 'SENT_TWICE', status: null });
    expect(reasons).toEqual(['SENT_TWICE']);
  });

  it('is not sent when undici refuses it at once', async () => {
    const { dispatcher } = playDispatcher(() => {
      throw Object.assign(new Error('no'), { code: 'UND_ERR_INVALID_ARG' });
    });
    expect(await exchange(dispatcher, request, limits)).toMatchObject({
      delivery: 'not-sent',
      fault: 'UND_ERR_INVALID_ARG',
    });
  });

  it('finds the code of a failure in what caused it', async () => {
    const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    const failures = [new Error('fetch failed', { cause: refused }), new AggregateError([refused]), refused];
    for (const failure of failures) {
      const { dispatcher } = playDispatcher((handler) => handler.onResponseError!({} as never, failure));
      expect(await exchange(dispatcher, request, limits)).toMatchObject({
        delivery: 'not-sent',
        fault: 'ECONNREFUSED',
      });
    }
  });

  it('keeps origin, path and query of the URL', async () => {
    const { dispatcher, options } = playDispatcher((handler) => handler.onResponseError!({} as never, new Error('x')));
    await exchange(dispatcher, request, limits);
    expect(options[0]).toMatchObject({
      origin: 'https://app.zivver.com',
      path: '/api/scim/v2/Users?filter=x',
      method: 'PUT',
    });
  });

  it('reads a body in any pieces, whatever length the answer announces', async () => {
    const announced = fc.constantFrom(undefined, '0', '7', '9999', '-1', '1e3', 'ten', '400', '401');
    const bodies = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(bodies, announced, async (pieces, length) => {
        const { controller } = recordAborts();
        const { dispatcher } = playDispatcher((handler) => {
          handler.onRequestStart!(controller, {});
          handler.onResponseStart!(controller, 200, length === undefined ? {} : { 'content-length': length });
          for (const piece of pieces) handler.onResponseData!(controller, Buffer.from(piece));
          handler.onResponseEnd!(controller, {});
        });
        const outcome = await exchange(dispatcher, request, { ...limits, maxAnswerBytes: 400 });
        expect(outcome).toMatchObject({ delivery: 'answered' });
        expect('body' in outcome ? Buffer.from(outcome.body) : null).toEqual(Buffer.concat(pieces));
      }),
    );
  });
});
