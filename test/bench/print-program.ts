import { inC } from './programs/peers/print-c.ts';
import { inHerd } from './programs/peers/print-herd.ts';
import { inWasm } from './programs/peers/print-wasm.ts';
import { PEERS } from './programs/peers/table.ts';

/** `print-program.ts LANGUAGE NAME SIZE`: one of the programs, on standard output. */
const [language = '', name = '', size = ''] = process.argv.slice(2);
const row = PEERS.find((one) => one.name === name);
const printer = { wasm: inWasm, c: inC, herd: inHerd }[language];
if (row === undefined || printer === undefined || !/^\d+$/.test(size)) {
  console.error(`print-program.ts wasm|c|herd NAME SIZE, NAME one of: ${PEERS.map((one) => one.name).join(', ')}`);
  process.exitCode = 2;
} else process.stdout.write(printer(row.make(Number(size))));
