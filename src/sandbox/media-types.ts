import { Refusal } from './refusal.ts';

export const JSON_TYPE = 'application/json';
const SCIM_TYPE = 'application/scim+json';

const BOTH: readonly string[] = [JSON_TYPE, SCIM_TYPE];
const SCIM_ONLY: readonly string[] = [SCIM_TYPE];

/** PATCH insists on scim+json for body and answer; the others take plain JSON as well (zivver-api §1). */
export function mediaTypesOf(method: string): readonly string[] {
  return method === 'PATCH' ? SCIM_ONLY : BOTH;
}

/** @throws Refusal 415 unless the body has one of `types`. */
export function verifyContentType(contentType: string | undefined, types: readonly string[]): void {
  if (!types.includes(nameOf(contentType ?? ''))) throw new Refusal(415);
}

/** The type of the answer, the first that `accept` wants and the service has. @throws Refusal 406 if there is none. */
export function verifyAccept(accept: string | undefined, types: readonly string[]): string {
  const wanted = (accept ?? '*/*').split(',').filter((part) => !/;\s*q=0(\.0*)?\s*$/i.test(part));
  for (const range of wanted.map(nameOf)) {
    const match = range === '*/*' || range === 'application/*' ? types[0] : types.find((type) => type === range);
    if (match !== undefined) return match;
  }
  throw new Refusal(406);
}

function nameOf(mediaType: string): string {
  return (mediaType.split(';')[0] ?? '').trim().toLowerCase();
}
