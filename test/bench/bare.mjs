// The least any HTTP server in Node does: one and the same answer to everything. Argument: its length in bytes.
import { createServer } from 'node:http';

const body = 'x'.repeat(Number(process.argv[2]));
const headers = { 'content-type': 'application/json', 'content-length': body.length };
const server = createServer((_request, response) => response.writeHead(200, headers).end(body));
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`));
