import { parseObject, parseText } from './attributes.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import type { Organisation } from './organisation.ts';
import { ENTERPRISE_USER } from './schema-names.ts';
import { verifyDivision } from './write-checks.ts';

/** The enterprise extension of `resource` after a write of `body`; without a division in `body` just as it was. @throws Refusal */
export function buildEnterprise(organisation: Organisation, resource: JsonObject, body: JsonObject): unknown {
  const present = resource[ENTERPRISE_USER];
  const division = parseText(parseObject(body, ENTERPRISE_USER) ?? {}, 'division');
  if (division === undefined) return present;
  verifyDivision(organisation, division);
  return { ...(isJsonObject(present) ? present : {}), division };
}
