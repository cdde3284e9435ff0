/** Loaded into the program with --import: its disk has room for so many bytes of what a thread of it writes. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { writeSync, writeFileSync } = fs;
let roomBytes = Number(process.env.ROOM_BYTES);

fs.writeSync = (descriptor, data, ...where) => {
  if (descriptor <= 2) return writeSync(descriptor, data, ...where);
  roomBytes -= data.length;
  if (roomBytes >= 0) return writeSync(descriptor, data, ...where);
  throw noRoom();
};
fs.writeFileSync = (file, data, ...options) => {
  roomBytes -= data.length;
  if (roomBytes >= 0) return writeFileSync(file, data, ...options);
  throw noRoom();
};

function noRoom() {
  return Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
}
syncBuiltinESMExports();
