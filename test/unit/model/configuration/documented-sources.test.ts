import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../../src/model/configuration/configuration.ts';
import { renderOrganisationFile } from '../../../../src/operations/setup/organisation-template.ts';
import { parseHandWritten } from '../../../../src/adapters/yaml-files/hand-written.ts';

const PAGE = readFileSync(path.resolve(import.meta.dirname, '../../../../.github/docs/sources.md'), 'utf8');
const [sources = '', account = ''] = [...PAGE.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text ?? '');
const ZIVVER = 'zivver: { url: https://app.zivver.com/api/scim/v2, claimedDomains: [company.org] }\n';

describe('sources as the documentation shows them', () => {
  it('are valid on their page', () => {
    const { sources: read } = parseConfiguration(`${ZIVVER}sources:\n${sources}`, 'company', '/desired/company');
    expect(read.map(({ name }) => name)).toEqual(['agency', 'by-hand']);
    expect(parseHandWritten(account, 'accounts/info.yaml')).toMatchObject({ ok: true });
  });

  it('are valid in the file of init, when their comment signs are removed', () => {
    const text = renderOrganisationFile({
      url: 'https://app.zivver.com/api/scim/v2',
      domains: ['company.org'],
      administrators: [],
      approval: { kind: 'people' },
      sso: 'base64',
      recipient: `age1${'q'.repeat(58)}`,
      fingerprintKey: null,
      source: { kind: 'ldif', files: ['a.ldif'], baseDn: null },
    });
    const start = text.indexOf('  # - name: by-hand');
    const end = text.indexOf('\n\n', start);
    const shown = text.slice(0, start) + text.slice(start, end).replace(/^ {2}# /gm, '  ') + text.slice(end);
    expect(parseConfiguration(shown, 'company', '/desired/company').sources).toHaveLength(3);
  });
});
