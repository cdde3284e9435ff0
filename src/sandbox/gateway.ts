import type { IncomingMessage, ServerResponse } from 'node:http';
import { buildAnswer, buildRefusalAnswer, type Answer } from './answer.ts';
import { FaultDraw, type DrawnFaults } from './fault-draw.ts';
import { breakConnection, buildFaultAnswer, buildTooManyRequests, isSilent, slownessOf } from './fault-delivery.ts';
import { isExecutedBefore, type FaultPlan, type FaultRule } from './fault-plan.ts';
import { JSON_TYPE } from './media-types.ts';
import type { Organisation } from './organisation.ts';
import { createRandom } from './random.ts';
import { readBody } from './read-body.ts';
import { Refusal } from './refusal.ts';
import type { RequestLine } from './request-log.ts';
import type { RateLimitOptions, SandboxOptions } from './sandbox-options.ts';
import { answerScim } from './scim-api.ts';
import { sendAnswer } from './send-answer.ts';
import { SlidingWindow } from './sliding-window.ts';
import { applyEvents, completeAdoption } from './world-events.ts';

export const BASE_PATH = '/api/scim/v2';

/** Followed by the address of a free account. */
const ADOPT_PATH = '/sandbox/adopt/';

const DEFAULT_LIMIT: RateLimitOptions = { requests: 50, windowMs: 10_000 };
const NO_FAULTS: FaultPlan = { seed: 1, rules: [] };

export interface GatewayPorts {
  readonly organisation: Organisation;
  readonly readStatus: () => object;
  readonly log: (line: RequestLine) => void;
  readonly clock: () => number;
}

/** One request on its way: when it came and where it goes. */
interface Arrival {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly atMs: number;
}

/** What stands before the service: base path, key, rate limit, faults, latency and log, in this order. */
export class Gateway {
  readonly #ports: GatewayPorts;
  readonly #token: string;
  readonly #limit: RateLimitOptions | null;
  readonly #window: SlidingWindow | undefined;
  readonly #faults: FaultDraw;
  readonly #latencyMs: () => number;

  constructor(options: SandboxOptions, ports: GatewayPorts) {
    this.#ports = ports;
    this.#token = options.token;
    this.#limit = options.rateLimit === undefined ? DEFAULT_LIMIT : options.rateLimit;
    this.#window = this.#limit === null ? undefined : new SlidingWindow(this.#limit.requests, this.#limit.windowMs);
    this.#faults = new FaultDraw(options.faults ?? NO_FAULTS);
    this.#latencyMs = latencyOf(options);
  }

  /** Answers, or breaks, one request. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
    const arrival = { request, response, method: request.method ?? '', path, query, atMs: this.#ports.clock() };
    if (path === '/sandbox/status' && arrival.method === 'GET') {
      await sendAnswer(response, buildAnswer(200, JSON_TYPE, JSON.stringify(this.#ports.readStatus())));
      return;
    }
    if (path.startsWith(ADOPT_PATH) && arrival.method === 'POST') {
      await sendAnswer(response, this.#adopt(arrival));
      return;
    }
    const early = this.#refuseEarly(arrival);
    if (early !== undefined) {
      this.#log(arrival, { status: early.status, executed: false });
      await sendAnswer(response, early);
      return;
    }
    await this.#admit(arrival, this.#faults.draw(arrival.method));
  }

  /** What people do by hand in the WebApp; no part of the API. */
  #adopt({ request, path, atMs }: Arrival): Answer {
    if (keyOf(request.headers.authorization) !== this.#token) return buildRefusalAnswer(new Refusal(401));
    const address = decodeURIComponent(path.slice(ADOPT_PATH.length));
    const isAdopted = completeAdoption(this.#ports.organisation, address, atMs);
    return isAdopted ? { status: 204, headers: {}, body: '' } : buildRefusalAnswer(new Refusal(404));
  }

  #refuseEarly({ path, request, atMs }: Arrival): Answer | undefined {
    if (!path.startsWith(`${BASE_PATH}/`)) return buildRefusalAnswer(new Refusal(404));
    if (keyOf(request.headers.authorization) !== this.#token) return buildRefusalAnswer(new Refusal(401));
    if (this.#limit === null || this.#window === undefined || this.#window.admit(atMs)) return undefined;
    const waitSeconds = String(Math.ceil(this.#window.waitMs(atMs) / 1000));
    return buildTooManyRequests(this.#limit, this.#limit.retryAfter === true ? waitSeconds : undefined);
  }

  async #admit(arrival: Arrival, { events, fault }: DrawnFaults): Promise<void> {
    const isExecuted = fault === undefined || isExecutedBefore(fault.kind);
    const body = isExecuted ? await readBody(arrival.request) : undefined;
    const path = arrival.path.slice(BASE_PATH.length);
    applyEvents(this.#ports.organisation, events, { path, nowMs: arrival.atMs });
    // A body that never came whole is a request that never was.
    const own = body === undefined ? undefined : this.#execute(arrival, path, body);
    const answer = (fault && buildFaultAnswer(fault, arrival.atMs)) ?? own;
    const kinds = [...events, ...(fault === undefined ? [] : [fault])].map((rule) => rule.kind).join('+');
    this.#log(arrival, {
      status: answer === undefined || isSilent(fault) ? null : answer.status,
      executed: own !== undefined && own.status < 300,
      ...(kinds === '' ? {} : { fault: kinds }),
    });
    await waitMs(this.#latencyMs() + slownessOf(fault));
    await this.#send(arrival.response, answer, fault);
  }

  async #send(response: ServerResponse, answer: Answer | undefined, fault: FaultRule | undefined): Promise<void> {
    if (fault !== undefined && breakConnection(fault.kind, response, answer)) return;
    if (answer === undefined) response.destroy();
    else await sendAnswer(response, answer);
  }

  #execute(arrival: Arrival, path: string, body: string): Answer {
    const { headers } = arrival.request;
    return answerScim(this.#ports.organisation, {
      method: arrival.method,
      path,
      query: new URLSearchParams(arrival.query),
      accept: headers.accept,
      contentType: headers['content-type'],
      body,
      nowMs: arrival.atMs,
    });
  }

  #log(arrival: Arrival, rest: Pick<RequestLine, 'status' | 'executed' | 'fault'>): void {
    const path = arrival.query === '' ? arrival.path : `${arrival.path}?${arrival.query}`;
    this.#ports.log({ time: new Date(arrival.atMs).toISOString(), method: arrival.method, path, ...rest });
  }
}

function keyOf(authorization: string | undefined): string | undefined {
  return /^Bearer +(.*)$/i.exec(authorization ?? '')?.[1]?.trim();
}

function latencyOf(options: SandboxOptions): () => number {
  const { latencyMs = 0 } = options;
  const { minMs, maxMs } = typeof latencyMs === 'number' ? { minMs: latencyMs, maxMs: latencyMs } : latencyMs;
  const random = createRandom((options.faults?.seed ?? 1) + 1);
  return () => minMs + random() * (maxMs - minMs);
}

async function waitMs(durationMs: number): Promise<void> {
  if (durationMs > 0) await new Promise((resolve) => void setTimeout(resolve, durationMs).unref());
}
