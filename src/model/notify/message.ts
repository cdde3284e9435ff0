import { escapeTerminal } from '../text/escape.ts';
import type { Finding } from '../schema/generated/finding.ts';
import { listTold } from './finding.ts';
import type { NotifyConfiguration, Webhook } from './notify-configuration.ts';
import type { Notice } from './notice.ts';

/** One message to one address or webhook. Every text is of one line and escaped. */
export interface Message {
  readonly event: Notice['event'];
  readonly about: string;
  readonly organisation: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly links: Notice['links'];
  /** Address, or name of the webhook. */
  readonly to: string;
  /** Null: a mail. */
  readonly webhook: Webhook | null;
}

/** What the rules want told and was not told yet: each thing once to each, and again if it did not arrive. */
export function listMessages(
  notices: readonly Notice[],
  {
    configuration,
    findings,
    organisation,
  }: { configuration: NotifyConfiguration; findings: readonly Finding[]; organisation: string },
): readonly Message[] {
  const arrived = new Set(
    listTold(findings).flatMap(({ event, about, to, failure }) =>
      failure === null ? [keyOf({ event, about, to })] : [],
    ),
  );
  // Named by two rules, one of which may name people: told once, with the names.
  const rules = [...configuration.rules].sort((one, other) => Number(one.showsNames) - Number(other.showsNames));
  const wanted = rules.flatMap((rule) =>
    notices
      .filter(({ event }) => rule.events.includes(event))
      .flatMap((notice) => {
        const content = { ...buildContent(notice, rule.showsNames), organisation };
        return recipientsOf(rule, configuration).map((recipient) => ({ ...content, ...recipient }));
      }),
  );
  const messages = new Map(wanted.map((message) => [keyOf(message), message]));
  return [...messages].flatMap(([key, message]) => (arrived.has(key) ? [] : [message]));
}

/** To everybody whom any rule names. */
export function listTestMessages(configuration: NotifyConfiguration, organisation: string): readonly Message[] {
  const notice: Notice = {
    event: 'waiting',
    about: 'test',
    title: `${organisation}: a test of zivver-gitops notify`,
    lines: ['Nothing happened. Messages reach you here.'],
    names: [],
    links: [],
  };
  const all = new Map(
    configuration.rules
      .flatMap((rule) => recipientsOf(rule, configuration))
      .map(({ to, webhook }) => [to, { ...buildContent(notice, false), organisation, to, webhook }] as const),
  );
  return [...all.values()];
}

function buildContent({ event, about, title, lines, names, links }: Notice, showsNames: boolean) {
  const told = showsNames ? [...lines, ...names] : lines;
  return { event, about, title: escapeTerminal(title), lines: told.map(escapeTerminal), links };
}

function recipientsOf(
  { addresses, webhooks }: NotifyConfiguration['rules'][number],
  configuration: NotifyConfiguration,
): readonly Pick<Message, 'to' | 'webhook'>[] {
  const named = configuration.webhooks.filter(({ name }) => webhooks.includes(name));
  return [
    ...addresses.map((to) => ({ to, webhook: null })),
    ...named.map((webhook) => ({ to: webhook.name, webhook })),
  ];
}

function keyOf({ event, about, to }: Pick<Message, 'event' | 'about' | 'to'>): string {
  return `${event} ${about} ${to}`;
}
