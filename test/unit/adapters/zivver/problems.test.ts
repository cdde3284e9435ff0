import { describe, expect, it } from 'vitest';
import type { TargetProblem } from '../../../../src/model/account/target.ts';
import type { Answer } from '../../../../src/adapters/zivver/exchange.ts';
import { mapProblem, mapUnusableAnswer } from '../../../../src/adapters/zivver/problems.ts';

const UUID = 'b2e7f6a0-3a53-4f0e-9d3e-0a4d1c5b7e01';
const TOO_MANY = JSON.stringify({
  code: 429,
  message: 'Too Many Requests',
  emptiedBucketDetails: { limiterId: 'cab' },
});
const NOT_ALLOWED =
  'You are not allowed to add this address to your organization. Does the account belong to a registered domain name?';

function answer(status: number, text: string, contentType = 'text/plain'): Answer {
  return { delivery: 'answered', status, headers: new Map([['content-type', contentType]]), body: Buffer.from(text) };
}

describe('mapProblem', () => {
  const table: [number, string, TargetProblem['cause'], TargetProblem['delivery']][] = [
    [400, `Unknown account with uuid: ${UUID}`, 'unknown-account', 'refused'],
    [400, 'Account is outside the organization', 'outside-organisation', 'refused'],
    [400, 'Error creating alias: Domain Not Owned', 'alias-domain-not-owned', 'refused'],
    [400, 'Error creating alias: Alias is already taken for bo@company.org', 'alias-taken', 'refused'],
    [400, 'Error creating alias: Alias is already taken', 'alias-taken', 'refused'],
    [400, 'Error creating alias: Alias is a guest: bo@company.org', 'alias-is-guest', 'refused'],
    [400, 'Unknown in set', 'unknown-member', 'refused'],
    [400, 'Error creating member: Member Not Found', 'unknown-member', 'refused'],
    [400, 'Invalid division: care', 'invalid-division', 'refused'],
    [400, 'Something new', 'unexpected', 'refused'],
    [401, '{"code":401,"message":"HTTP 401 Unauthorized"}', 'key-refused', 'refused'],
    [403, NOT_ALLOWED, 'address-not-allowed', 'refused'],
    [403, '', 'key-refused', 'refused'],
    [404, '', 'unexpected', 'refused'],
    [406, '{"code":406,"message":"HTTP 406 Not Acceptable"}', 'unexpected', 'refused'],
    [408, '', 'unavailable', 'unknown'],
    [409, '', 'already-exists', 'refused'],
    [415, '{"code":415,"message":"HTTP 415 Unsupported Media Type"}', 'unexpected', 'refused'],
    [429, TOO_MANY, 'rate-limited', 'refused'],
    [302, '', 'unexpected', 'unknown'],
    [500, 'oops', 'unavailable', 'unknown'],
    [502, '<html>Bad gateway</html>', 'unavailable', 'unknown'],
    [599, '', 'unavailable', 'unknown'],
    [204, '', 'unexpected', 'unknown'],
  ];
  it.each(table)('explains %i "%s" as %s, %s', (status, text, cause, delivery) => {
    const problem = mapProblem(answer(status, text), true);
    expect(problem).toMatchObject({ cause, delivery, status });
    expect(problem.what).toMatch(/^[A-Z].*\.$/);
    expect(problem.what).not.toContain('$');
    expect(problem.cure).toMatch(/^[A-Z].*\.$/);
  });

  it('names the address, the division or the id that Zivver names', () => {
    const what = (text: string): string => mapProblem(answer(400, text), false).what;
    expect(what('Error creating alias: Alias is already taken for bo@company.org')).toContain('bo@company.org');
    expect(what('Error creating alias: Alias is a guest: guest@company.org')).toContain('guest@company.org');
    expect(what('Invalid division: care')).toContain('care');
    expect(what(`Unknown account with uuid: ${UUID}`)).toContain(UUID);
  });

  it('repeats an unknown sentence, as one short line, only if the request carried no secret', () => {
    const odd = answer(400, `Bad\n\u202ekey\u0000 hunter2 ${'x'.repeat(9_000)}`);
    expect(mapProblem(odd, true).what).toContain(': Bad key hunter2');
    expect(mapProblem(odd, true).what.length).toBeLessThan(500);
    expect(mapProblem(odd, false).what).not.toContain('hunter2');
  });

  it('repeats the message of a JSON error and nothing of a web page', () => {
    expect(mapProblem(answer(415, '{"code":415,"message":"HTTP 415"}', 'application/json'), true).what).toContain(
      'HTTP 415',
    );
    expect(mapProblem(answer(400, '{"code":', 'application/json'), true).what).not.toContain('code');
    expect(mapProblem(answer(400, 'Page', 'text/html'), true).what).not.toContain('Page');
  });

  it.each([
    ['ENOTFOUND', 'DNS'],
    ['ECONNREFUSED', 'HTTPS_PROXY'],
    ['UND_ERR_CONNECT_TIMEOUT', 'HTTPS_PROXY'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'CA file'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CA file'],
    ['CERT_HAS_EXPIRED', 'clock'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'host'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'scheme'],
    ['UND_ERR_ABORTED', 'NO_PROXY'],
    ['HEADERS_TIMEOUT', 'Wait'],
    ['ANSWER_TOO_LARGE', 'zivver.url'],
    ['UND_ERR_SOCKET', 'network'],
  ])('explains the failure %s with a cure that mentions %s', (fault, word) => {
    const problem = mapProblem({ delivery: 'not-sent', fault, status: null }, true);
    expect(problem).toMatchObject({ cause: 'unavailable', delivery: 'not-sent', status: null });
    expect(problem.what).toContain(fault);
    expect(problem.cure).toContain(word);
  });

  it('keeps doubt about a request that may have been executed', () => {
    const problem = mapProblem({ delivery: 'unknown', fault: 'UND_ERR_SOCKET', status: 200 }, true);
    expect(problem).toMatchObject({ delivery: 'unknown', status: 200 });
  });
});

describe('mapUnusableAnswer', () => {
  it('never takes a wrong success for a refusal', () => {
    const page = mapUnusableAnswer(answer(200, '<html>', 'text/html; charset=utf-8'), 'it is not JSON');
    expect(page).toMatchObject({ cause: 'unexpected', delivery: 'unknown', status: 200 });
    expect(page.what).toContain('web page');
  });
});
