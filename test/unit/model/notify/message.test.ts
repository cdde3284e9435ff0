import { expect, it } from 'vitest';
import { listMessages, listTestMessages, type Message } from '../../../../src/model/notify/message.ts';
import type { NotifyConfiguration, Webhook } from '../../../../src/model/notify/notify-configuration.ts';
import type { Notice } from '../../../../src/model/notify/notice.ts';
import { renderMail } from '../../../../src/model/notify/render-mail.ts';
import { renderWebhook } from '../../../../src/model/notify/render-webhook.ts';
import { HOSTILE_TEXTS } from '../../../support/hostile-texts.ts';

const hook = (kind: Webhook['kind']): Webhook => ({ name: kind, kind });
const notice: Notice = {
  event: 'waiting',
  about: 'sha256:1',
  title: 'Plan 12 for org: waits',
  lines: ['Two accounts lose access.'],
  names: ['Anna Jansen'],
  links: [{ label: 'Pull requests', url: 'https://forge.example/pulls' }],
};

function configure(...rules: Partial<NotifyConfiguration['rules'][number]>[]): NotifyConfiguration {
  const rule = { events: ['waiting' as const], addresses: [], webhooks: [], showsNames: false };
  return { mail: null, webhooks: [hook('teams'), hook('json')], rules: rules.map((one) => ({ ...rule, ...one })) };
}

function list(configuration: NotifyConfiguration, findings: Parameters<typeof listMessages>[1]['findings'] = []) {
  return listMessages([notice], { configuration, findings, organisation: 'org' });
}

it('names are told only where a rule allows them, and once to whom two rules name', () => {
  const messages = list(
    configure(
      { addresses: ['a@b.example', 'c@b.example'] },
      { addresses: ['a@b.example'], showsNames: true },
      { webhooks: ['json'] },
    ),
  );
  expect(messages.map(({ to, lines }) => [to, lines.join(' ')])).toEqual([
    ['a@b.example', 'Two accounts lose access. Anna Jansen'],
    ['c@b.example', 'Two accounts lose access.'],
    ['json', 'Two accounts lose access.'],
  ]);
});

it('what was told is not told again, what did not arrive is', () => {
  const told = { type: 'told' as const, at: '2026-11-24T06:00:00.000Z', event: 'waiting' as const, about: 'sha256:1' };
  const configuration = configure({ addresses: ['a@b.example', 'c@b.example'] });
  const findings = [
    { ...told, to: 'a@b.example', failure: null },
    { ...told, to: 'c@b.example', failure: 'down' },
  ];
  expect(list(configuration, findings).map(({ to }) => to)).toEqual(['c@b.example']);
  expect(list(configuration, [{ ...told, about: 'sha256:2', to: 'a@b.example', failure: null }])).toHaveLength(2);
  expect(list(configure({ events: ['drift'], addresses: ['a@b.example'] }))).toEqual([]);
  expect(
    listTestMessages(
      configure({ addresses: ['a@b.example'] }, { webhooks: ['teams'], addresses: ['a@b.example'] }),
      'org',
    ).map(({ to }) => to),
  ).toEqual(['a@b.example', 'teams']);
});

/** Every text in what is posted. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value === null || typeof value !== 'object' ? [] : Object.values(value).flatMap(textsOf);
}

it.each(['teams', 'slack', 'mattermost', 'json'] as const)('hostile text stays text for %s', (kind) => {
  for (const hostile of [
    ...HOSTILE_TEXTS,
    '```\n@channel <!channel> [x](https://evil.example)',
    '<https://evil.example|click>',
  ]) {
    const configuration = { ...configure({ webhooks: [kind], showsNames: true }), webhooks: [hook(kind)] };
    const given = { ...notice, title: hostile, names: [hostile] };
    const [message] = listMessages([given], { configuration, findings: [], organisation: 'org' });
    const body = renderWebhook(message as Message);
    const texts = textsOf(body);
    // eslint-disable-next-line no-control-regex
    expect(texts.join('').replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u202a-\u202e\u2066-\u2069]/);
    if (kind === 'slack') expect((body as { text: string }).text).not.toMatch(/[<>]/);
    // One fence and one span of code, which nothing of the text ends.
    if (kind === 'mattermost') expect((body as { text: string }).text.match(/`/g)).toHaveLength(8);
    if (kind === 'teams') expect(JSON.stringify(body)).not.toContain('"TextBlock"');
  }
});

it('a mail has a subject of one line, and hostile text cannot add lines to it', () => {
  for (const hostile of HOSTILE_TEXTS) {
    const configuration = configure({ addresses: ['a@b.example'], showsNames: true });
    const [message] = listMessages([{ ...notice, title: hostile, names: [hostile] }], {
      configuration,
      findings: [],
      organisation: 'org',
    });
    const { subject, text } = renderMail(message as Message);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(text.split('\n')).toHaveLength(9);
  }
});
