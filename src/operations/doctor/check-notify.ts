import { reachWebhook } from '../../adapters/notify/post-webhook.ts';
import { readSecret } from '../../adapters/secrets/environment.ts';
import { ReconcileError } from '../../model/errors.ts';
import type { NotifyConfiguration } from '../../model/notify/notify-configuration.ts';
import { openMailOf } from '../notify/send-messages.ts';
import { MAIL_PASSWORD_VARIABLE, readWebhookAddresses, WEBHOOKS_VARIABLE } from '../notify/webhook-addresses.ts';
import { buildCheckWriter, buildDiagnosis, diagnoseRefusal, type Check } from './check.ts';
import type { DoctorQuestion } from './doctor-question.ts';

const write = buildCheckWriter('notify');

/** Whom notify can reach: logs in to the mail server, asks the hosts of webhooks, and sends nothing. [] without notify: in organisation.yaml. */
export async function checkNotify(question: DoctorQuestion): Promise<readonly Check[]> {
  const { notify } = question.configuration;
  if (notify === null) return [];
  return [
    ...(notify.mail === null ? [] : [await checkMail(question, notify)]),
    ...(notify.webhooks.length === 0 ? [] : await checkWebhooks(question, notify)),
  ];
}

async function checkMail(question: DoctorQuestion, notify: NotifyConfiguration): Promise<Check> {
  const { configuration, environment, now } = question;
  const { host = '', port = 0, user = null } = notify.mail ?? {};
  const on = write.on(`${host}:${port}`);
  try {
    if (user !== null && (readSecret(environment, MAIL_PASSWORD_VARIABLE) ?? '') === '')
      return on.skipped('notify.mail', `${MAIL_PASSWORD_VARIABLE} is not set; only notify needs it`);
    const mail = await openMailOf({ configuration, notify, environment, now });
    const failure = await mail.verify();
    mail.close();
    if (failure === null)
      return on.passed('notify.mail', user === null ? 'answers under TLS' : `answers under TLS, and lets ${user} in`);
    const fix = `Check notify.mail, ${MAIL_PASSWORD_VARIABLE} and the firewall; then try: zivver-gitops notify --test`;
    const error = 'CONFIGURATION_INVALID';
    return on.warned('notify.mail', failure, buildDiagnosis({ code: 'MAIL_UNUSABLE', error }, fix));
  } catch (error) {
    if (!(error instanceof ReconcileError)) throw error;
    return on.warned('notify.mail', error.message, diagnoseRefusal(error, 'MAIL_UNUSABLE'));
  }
}

/** An incoming webhook cannot be asked without posting, its host can. */
async function checkWebhooks(
  { environment }: DoctorQuestion,
  { webhooks }: NotifyConfiguration,
): Promise<readonly Check[]> {
  const id = 'notify.webhooks';
  try {
    if ((readSecret(environment, WEBHOOKS_VARIABLE) ?? '') === '')
      return [write.skipped(id, `${WEBHOOKS_VARIABLE} is not set; only notify needs it`)];
    const addresses = readWebhookAddresses(environment);
    return await Promise.all(webhooks.map(({ name }) => checkWebhook(name, addresses.get(name))));
  } catch (error) {
    if (!(error instanceof ReconcileError)) throw error;
    return [write.warned(id, error.message, diagnoseRefusal(error, 'WEBHOOKS_UNUSABLE'))];
  }
}

async function checkWebhook(name: string, address: string | undefined): Promise<Check> {
  const id = 'notify.webhooks';
  const on = write.on(name);
  const warn = (what: string, fix: string): Check =>
    on.warned(id, what, buildDiagnosis({ code: 'WEBHOOKS_UNUSABLE', error: 'CONFIGURATION_SECRET_MISSING' }, fix));
  if (address === undefined)
    return warn('no address is given', `Add a line to ${WEBHOOKS_VARIABLE}: ${name} https://…`);
  const failure = await reachWebhook(address);
  if (failure !== null)
    return warn(`its host: ${failure}`, `Check its line in ${WEBHOOKS_VARIABLE}, the firewall and HTTPS_PROXY.`);
  return on.passed(id, 'its host answers; whether the address is the right one tells notify --test');
}
