import { execFileSync } from 'node:child_process';

/** Before the tests of the command line: `dist/` is built from the sources as they are. */
export default function setup(): void {
  const root = new URL('../..', import.meta.url).pathname;
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}
