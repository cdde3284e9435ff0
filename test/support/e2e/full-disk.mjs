/** Loaded into the program with --import: its disk has room for so many bytes of what it writes piece by piece. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { writeSync } = fs;
let roomBytes = Number(process.env.ROOM_BYTES);

fs.writeSync = (descriptor, data, ...where) => {
  if (descriptor <= 2) return writeSync(descriptor, data, ...where);
  roomBytes -= data.length;
  if (roomBytes >= 0) return writeSync(descriptor, data, ...where);
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
};
syncBuiltinESMExports();
