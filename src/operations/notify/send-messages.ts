import { openMail, type MailSender } from '../../adapters/notify/send-mail.ts';
import { postWebhook } from '../../adapters/notify/post-webhook.ts';
import { readSecret } from '../../adapters/secrets/environment.ts';
import type { Configuration } from '../../model/configuration/configuration.ts';
import { ReconcileError } from '../../model/errors.ts';
import type { ToldFinding } from '../../model/notify/finding.ts';
import type { Message } from '../../model/notify/message.ts';
import type { NotifyConfiguration } from '../../model/notify/notify-configuration.ts';
import { renderMail } from '../../model/notify/render-mail.ts';
import { renderWebhook } from '../../model/notify/render-webhook.ts';
import { readConfiguredFile } from '../reading/configured-file.ts';
import { MAIL_PASSWORD_VARIABLE, readWebhookAddresses, WEBHOOKS_VARIABLE } from './webhook-addresses.ts';

/** With what messages are sent: secrets come from the environment, files lie beside organisation.yaml. */
export interface Sending {
  readonly configuration: Pick<Configuration, 'folder'>;
  readonly notify: NotifyConfiguration;
  readonly environment: NodeJS.ProcessEnv;
  readonly now: () => Date;
}

/** One after the other; one that fails stops no other. Throws for bugs of ours only. */
export async function sendMessages(messages: readonly Message[], sending: Sending): Promise<readonly ToldFinding[]> {
  let mail: Promise<MailSender> | null = null;
  const told: ToldFinding[] = [];
  try {
    for (const message of messages) {
      const failure = await tellFailure(async () => {
        if (message.webhook !== null) return post(message, sending.environment);
        mail ??= openMailOf(sending);
        return (await mail).send({ to: message.to, ...renderMail(message) });
      });
      const { event, about, to } = message;
      told.push({ type: 'told', at: sending.now().toISOString(), event, about, to, failure });
    }
  } finally {
    await (mail as Promise<MailSender> | null)?.then((sender) => sender.close()).catch(() => undefined);
  }
  return told;
}

async function tellFailure(attempt: () => Promise<string | null>): Promise<string | null> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof ReconcileError) return error.message;
    throw error;
  }
}

async function post(message: Message, environment: NodeJS.ProcessEnv): Promise<string | null> {
  const address = readWebhookAddresses(environment).get(message.to);
  return address === undefined
    ? `${WEBHOOKS_VARIABLE} has no line for it`
    : postWebhook(address, renderWebhook(message));
}

/** Throws CONFIGURATION_SECRET_MISSING or CONFIGURATION_INVALID. */
export async function openMailOf({ configuration, notify, environment }: Sending): Promise<MailSender> {
  const { mail } = notify;
  if (mail === null)
    throw new ReconcileError('CONFIGURATION_INVALID', 'organisation.yaml has no notify.mail', { remedy: 'Add it.' });
  const password = mail.user === null ? null : (readSecret(environment, MAIL_PASSWORD_VARIABLE) ?? null);
  if (mail.user !== null && password === null)
    throw new ReconcileError(
      'CONFIGURATION_SECRET_MISSING',
      `${MAIL_PASSWORD_VARIABLE} is not set: the password of notify.mail.user`,
      {
        remedy: `Set ${MAIL_PASSWORD_VARIABLE}, or ${MAIL_PASSWORD_VARIABLE}_FILE to a file that holds it.`,
      },
    );
  const caPem =
    mail.caFile === null ? null : readConfiguredFile(configuration.folder, mail.caFile, 'notify.mail.caFile');
  return openMail({ server: mail, password, caPem });
}
