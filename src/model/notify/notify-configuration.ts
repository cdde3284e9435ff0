import type { Organisation } from '../schema/generated/organisation.ts';
import type { NotifyEvent } from '../schema/generated/finding.ts';

/** `notify:` of organisation.yaml with every default filled in. */
export interface NotifyConfiguration {
  /** Null: no mail is sent. */
  readonly mail: MailServer | null;
  readonly webhooks: readonly Webhook[];
  readonly rules: readonly NotifyRule[];
}

export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** True: TLS from the first byte; false: STARTTLS, without which nothing is sent. */
  readonly isTlsFromStart: boolean;
  /** Null: the server asks nobody for a password. */
  readonly user: string | null;
  readonly from: string;
  /** Relative to organisation.yaml. */
  readonly caFile: string | null;
}

export interface Webhook {
  readonly name: string;
  readonly kind: 'teams' | 'slack' | 'mattermost' | 'json';
}

export interface NotifyRule {
  readonly events: readonly NotifyEvent[];
  readonly addresses: readonly string[];
  /** Names of webhooks. */
  readonly webhooks: readonly string[];
  /** People may be named; else counts and links only. */
  readonly showsNames: boolean;
}

/** Null: nobody is told. */
export function buildNotify(given: Organisation['notify']): NotifyConfiguration | null {
  if (given === undefined) return null;
  const { mail, webhooks = [], tell } = given;
  return {
    mail:
      mail === undefined
        ? null
        : { ...parseMailServer(mail.server), from: mail.from, user: mail.user ?? null, caFile: mail.caFile ?? null },
    webhooks,
    rules: tell.map(({ events, to, webhooks: named, names }) => ({
      events,
      addresses: to ?? [],
      webhooks: named ?? [],
      showsNames: names ?? false,
    })),
  };
}

function parseMailServer(server: string): Pick<MailServer, 'host' | 'port' | 'isTlsFromStart'> {
  const [, scheme, host = '', port] = /^(smtps?):\/\/([^:]+)(?::(\d+))?$/.exec(server) ?? [];
  const isTlsFromStart = scheme === 'smtps';
  return { host, isTlsFromStart, port: port === undefined ? (isTlsFromStart ? 465 : 587) : Number(port) };
}

/** What a schema cannot say: rules that name what is not there. */
export function findNotifyFaults(
  given: Organisation['notify'],
  complain: (pointer: string, what: string) => void,
): void {
  const names = (given?.webhooks ?? []).map(({ name }) => name);
  names.forEach((name, index) => {
    if (names.indexOf(name) !== index) complain(`/notify/webhooks/${index}/name`, `two webhooks are named ${name}`);
  });
  given?.tell.forEach(({ to = [], webhooks = [] }, index) => {
    const pointer = `/notify/tell/${index}`;
    if (to.length + webhooks.length === 0) complain(pointer, 'tells nobody: name addresses (to) or webhooks');
    if (to.length > 0 && given.mail === undefined) complain(`${pointer}/to`, 'needs notify.mail');
    for (const name of webhooks)
      if (!names.includes(name)) complain(`${pointer}/webhooks`, `notify.webhooks has none that is named ${name}`);
  });
}
