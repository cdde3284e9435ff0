import type { ServerResponse } from 'node:http';
import { buildAnswer, buildRefusalAnswer, type Answer } from './answer.ts';
import type { FaultKind, FaultRule } from './fault-plan.ts';
import { JSON_TYPE } from './media-types.ts';
import { Refusal } from './refusal.ts';
import { sendHalf } from './send-answer.ts';

const DEFAULT_SLOW_MS = 3000;

/** The answer that takes the place of the service's own, for faults that answer something else. */
export function buildFaultAnswer(fault: FaultRule, nowMs: number): Answer | undefined {
  switch (fault.kind) {
    case '5xx':
    case 'late-5xx':
      return buildRefusalAnswer(new Refusal(Number(fault.parameter ?? 503)));
    case '401':
      return buildRefusalAnswer(new Refusal(401));
    case '429':
      return buildTooManyRequests({ requests: 50, windowMs: 10_000 }, retryAfterOf(fault.parameter, nowMs));
    case 'html':
      return buildAnswer(Number(fault.parameter ?? 200), 'text/html;charset=utf-8', HTML_PAGE);
    case 'slow':
    case 'appear':
    case 'vanish':
    case 'adopt':
    case 'close-before':
    case 'lost-reply':
    case 'reset-before':
    case 'reset':
    case 'hang-before':
    case 'hang':
    case 'half-body':
      return undefined;
  }
}

/** For faults of the connection. True if the answer is dealt with. */
export function breakConnection(kind: FaultKind, response: ServerResponse, answer: Answer | undefined): boolean {
  switch (kind) {
    case 'close-before':
    case 'lost-reply':
      response.destroy();
      return true;
    case 'reset-before':
    case 'reset':
      response.socket?.resetAndDestroy();
      return true;
    case 'hang-before':
    case 'hang':
      return true;
    case 'half-body':
      if (answer !== undefined) sendHalf(response, answer);
      return answer !== undefined;
    case '5xx':
    case 'late-5xx':
    case '401':
    case '429':
    case 'html':
    case 'slow':
    case 'appear':
    case 'vanish':
    case 'adopt':
      return false;
  }
}

const SILENT: ReadonlySet<string> = new Set([
  'close-before',
  'lost-reply',
  'reset-before',
  'reset',
  'hang-before',
  'hang',
] satisfies FaultKind[]);

/** True if the client gets no status at all. */
export function isSilent(fault: FaultRule | undefined): boolean {
  return fault !== undefined && SILENT.has(fault.kind);
}

/** Extra delay of the answer in milliseconds. */
export function slownessOf(fault: FaultRule | undefined): number {
  return fault?.kind === 'slow' ? Number(fault.parameter ?? DEFAULT_SLOW_MS) : 0;
}

/** The 429 of zivver-api §6. */
export function buildTooManyRequests(
  limit: { readonly requests: number; readonly windowMs: number },
  retryAfter: string | undefined,
): Answer {
  const body = JSON.stringify({
    code: 429,
    message: 'Too Many Requests',
    emptiedBucketDetails: { limiterId: 'cab', budget: limit.requests, windowSeconds: limit.windowMs / 1000 },
    reference: 'https://tools.ietf.org/html/draft-polli-ratelimit-headers-02',
  });
  const headers = { 'content-type': JSON_TYPE, ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }) };
  return { status: 429, headers, body };
}

function retryAfterOf(parameter: string | undefined, nowMs: number): string | undefined {
  const [, name, value] = /^(retry-after|retry-after-date)=(.+)$/.exec(parameter ?? '') ?? [];
  if (name === undefined || value === undefined) return undefined;
  return name === 'retry-after' ? value : new Date(nowMs + Number(value) * 1000).toUTCString();
}

const HTML_PAGE = '<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>\n';
