// The least any planner must do: fetch and parse both lists, read the LDIF and split it into lines, one pass of SHA-1
// over the texts of the desired files. Arguments: base URL, token, LDIF file, desired folder.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

const [url, token, ldif, desired] = process.argv.slice(2);
let count = 0;
for (const name of ['Users', 'Groups']) {
  const answer = await fetch(`${url}/${name}`, { headers: { authorization: `Bearer ${token}` } });
  count += JSON.parse(await answer.text()).Resources.length;
}
count += readFileSync(ldif, 'utf8').split('\n').length;
for (const name of ['users', 'functional'])
  for (const file of readdirSync(`${desired}/${name}`)) {
    createHash('sha1')
      .update(readFileSync(`${desired}/${name}/${file}`))
      .digest();
    count += 1;
  }
process.stdout.write(String(count));
