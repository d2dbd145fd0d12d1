import { MAIN } from '../../event/location.ts';
import type { CallStart } from '../../runtime/executor.ts';
import type { Program, ProgramCommand } from '../../runtime/program.ts';
import type { ScriptStart } from '../../runtime/script-state.ts';
import type { Alike } from './kin.ts';

/** What a script thread does that is its own, and can be seen by others: functions and tags that it makes, things of hosts. */
const ITS_OWN = /ref\.func|\((elem|tag)\b|"(spectest|thread)"|\b(binary|quote|instance|definition)\b/;

const PLAIN: ReadonlySet<ProgramCommand['kind']> = new Set([
  'action',
  'assert_return',
  'assert_trap',
  'assert_exhaustion',
  'assert_exception',
  'module',
  'register',
]);

/**
 * Threads of a script begin alike if their commands are the same text, and they are given the same instances. What depends on a thread's number is left out: what its
 * own modules are seen by, and `thread-spawn`, which tells threads their numbers. Modules that allocate are told apart as they do.
 */
export function alikeInScript({ source: { text } }: Program): Alike {
  return (start) => {
    const known = start as ScriptStart | CallStart;
    if (known.kind === 'call' || known.number === MAIN || known.spawned === true || text === '') return start.key;
    const { commands, shared } = known;
    if (commands.length === 0 || !commands.every(({ kind }) => PLAIN.has(kind))) return start.key;
    const texts = commands.map(({ at }) => text.slice(at.start, at.end));
    if (texts.some((command) => command === '' || ITS_OWN.test(command))) return start.key;
    const scope = [...shared].map(([id, { key }]) => `${id}=${key}`).join();
    return `alike [${scope}] ${texts.join('\n')}`;
  };
}
