import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A module of some megabytes and thousands of functions that clang builds from C written here; null where there is no clang with a wasm target. */
export function clangModule(functions = 2000): Uint8Array | null {
  const folder = mkdtempSync(join(tmpdir(), 'weft-front-'));
  try {
    const [source, out] = [join(folder, 'big.c'), join(folder, 'big.wasm')];
    writeFileSync(source, program(functions));
    const flags = ['--target=wasm32', '-O0', '-nostdlib', '-Wl,--no-entry', '-Wl,--export-all', '-o', out, source];
    const built = spawnSync('clang', flags, { stdio: 'ignore' });
    return built.status === 0 ? new Uint8Array(readFileSync(out)) : null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function program(functions: number): string {
  let state = 1;
  const some = (n: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const lines = ['static int cells[4096]; static double reals[512]; static long long longs[512];'];
  for (let f = 0; f < functions; f++) lines.push(cFunction(f, some));
  return lines.join('\n');
}

/** Loops, switches, floats, 64-bit numbers, memory and calls of earlier functions. */
function cFunction(f: number, some: (n: number) => number): string {
  const step = (): string => {
    const [a, b, c] = [some(4096), some(512), some(1000) + 1];
    switch (some(7)) {
      case 0:
        return `x = x * ${c} + cells[(x + ${a}) & 4095];`;
      case 1:
        return `for (int i = 0; i < (y & 15); i++) { cells[(i + ${a}) & 4095] ^= x; x += i * ${c}; }`;
      case 2:
        return `switch (x & 7) { case 0: x += ${c}; break; case 1: y -= x; break; case 2: x ^= y << 3; break; case 5: y *= ${c}; break; default: x--; }`;
      case 3:
        return `reals[${b}] = reals[${b}] * ${c}.5 + x; y += (int)reals[(y + ${b}) & 511];`;
      case 4:
        return `longs[${b}] += (long long)x * y; if (longs[${b}] > ${c}) x = (int)(longs[${b}] >> 7); else y ^= ${c};`;
      case 5:
        return f === 0 ? 'x++;' : `if (x > ${c}) y = f${some(f)}(y, x - ${c});`;
      default:
        return `while (x > ${c} && y != 0) { x -= y & 255; y = (y >> 1) ^ ${a}; }`;
    }
  };
  return `__attribute__((noinline)) int f${f}(int x, int y) { ${Array.from({ length: 10 }, step).join(' ')} return x ^ y; }`;
}
