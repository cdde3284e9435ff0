import { describe, expect, it } from 'vitest';

import { buildAuthority, issueCertificate } from '../support/certificates.ts';
import {
  closeAfterEach,
  PASSWORD,
  authority,
  catchError,
  findClosedUrl,
  directory,
  openSource,
  root,
  startResponder,
  startSource,
} from '../support/ldap-world.ts';

closeAfterEach();

describe('a login', () => {
  it.each(['525', '52e', '530', '531', '532', '533', '701', '773', '775'])(
    'refused with AD reason %s is told so',
    async (reason) => {
      const message = `80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data ${reason}, v1db1\0`;
      const { source, responder } = await startSource({ bind: { code: 49, message } });
      const error = await catchError(source.read([]));
      expect(error.code).toBe('SOURCE_CREDENTIALS');
      expect(error.problems[0]?.what).toContain(reason);
      expect(responder.requests.filter(({ kind }) => kind === 'bind')).toHaveLength(1);
      expect(JSON.stringify([error.message, error.remedy, error.problems, String(error.cause)])).not.toContain(
        PASSWORD,
      );
    },
  );

  it('with a bare name gets the advice to add the domain', async () => {
    const message = 'comment: AcceptSecurityContext error, data 52e, v1db1';
    const { source } = await startSource({ bind: { code: 49, message } }, { user: 'svc_zivver' });
    expect((await catchError(source.read([]))).remedy).toContain('DOMAIN\\svc_zivver');
  });

  it('that is refused is not tried on the next server', async () => {
    const refusing = await startResponder({ bind: { code: 49, message: 'data 775,' } });
    const other = await startResponder({});
    const source = openSource({ urls: [refusing.url, other.url] });
    expect((await catchError(source.read([]))).code).toBe('SOURCE_CREDENTIALS');
    expect(other.requests).toEqual([]);
  });
});

describe('a server', () => {
  it('that is down is passed over with a warning', async () => {
    const down = await findClosedUrl();
    const up = await startResponder({});
    const { server, warnings } = await openSource({ urls: [down, up.url] }).read([]);
    expect(server).toBe(`localhost:${up.port}`);
    expect(warnings).toHaveLength(1);
  });

  it('that is down is unreachable if there is no other', async () => {
    const down = await findClosedUrl();
    expect((await catchError(openSource({ urls: [down] }).read([]))).code).toBe('SOURCE_UNREACHABLE');
  });

  it.each([
    ['of an unknown authority', buildAuthority('Other CA'), ['localhost'], undefined],
    ['for another host', authority, ['dc1.company.org'], undefined],
    ['that has expired', authority, ['localhost'], new Date(Date.now() - 86_400_000)],
  ])('with a certificate %s gets no password', async (_why, issuer, names, to) => {
    for (const startTls of [false, true]) {
      const { source, responder } = await startSource(
        { certificate: issueCertificate(issuer, names, to), startTls },
        { startTls },
      );
      const error = await catchError(source.read([]));
      expect(error.code).toBe('SOURCE_TLS');
      expect(error.problems.map(({ what }) => what).join()).toContain(names[0]);
      expect(error.problems.map(({ what }) => what).join()).toContain(issuer.name);
      expect(responder.requests.filter(({ kind }) => kind === 'bind')).toEqual([]);
    }
  });

  it('whose certificate is for localhost is not accepted by its address with StartTLS', async () => {
    const responder = await startResponder({ startTls: true });
    const source = openSource({ urls: [`ldap://127.0.0.1:${responder.port}`], startTls: true });
    expect((await catchError(source.read([]))).code).toBe('SOURCE_TLS');
  });

  it('that speaks no TLS on that port is told so', async () => {
    const responder = await startResponder({ startTls: true });
    const error = await catchError(
      openSource({ urls: [`ldaps://localhost:${responder.port}`], connectTimeoutMs: 80 }).read([]),
    );
    expect(error.code).toBe('SOURCE_TLS');
  });

  it('that expects TLS at once gets no StartTLS', async () => {
    const responder = await startResponder({});
    const error = await catchError(
      openSource({ urls: [`ldap://localhost:${responder.port}`], startTls: true }).read([]),
    );
    expect(error.code).toBe('SOURCE_UNREACHABLE');
    expect(responder.requests).toEqual([]);
  });

  it('that has not finished its replication is not believed', async () => {
    const entries = [{ ...root, attributes: { ...root.attributes, isSynchronized: ['FALSE'] } }, ...directory.slice(1)];
    const { source } = await startSource({ entries });
    expect((await catchError(source.read([]))).code).toBe('SOURCE_IMPLAUSIBLE');
  });
});
