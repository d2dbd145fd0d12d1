import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { Source } from '../../src/base/span.ts';
import { encodeModule } from '../../src/binary/encode.ts';
import type { Command, ScriptModule } from '../../src/syntax/script.ts';
import { parseScript } from '../../src/text/parse-script.ts';
import { CORPORA, scriptsIn } from './corpora.ts';

/** A module of an official suite in binary form: its own bytes, or those that the encoder makes of its text. */
export interface SuiteModule {
  /** Its script and line. */
  readonly place: string;
  readonly form: ScriptModule['form'];
  readonly bytes: Uint8Array;
  /** What the suite says of it. */
  readonly verdict: 'valid' | 'invalid' | 'malformed';
  /** The words of the suite's complaint. */
  readonly message: string;
  /** The source of a module in text form. */
  readonly text: string | null;
}

/** The modules of a suite's folder that have a binary form: all but malformed texts. */
export function suiteModules(folder: string): readonly SuiteModule[] {
  const modules: SuiteModule[] = [];
  for (const file of scriptsIn(folder)) {
    const source = new Source(file, readFileSync(file, 'utf8'));
    const script = parseScript(source);
    if (script.ok) collect(modules, source, script.value.commands);
  }
  return modules;
}

function collect(modules: SuiteModule[], source: Source, commands: readonly Command[]): void {
  const add = (module: ScriptModule, verdict: SuiteModule['verdict'], message = ''): void => {
    const { form, parsed, at } = module;
    const bytes = module.bytes ?? (parsed.ok ? encodeModule(parsed.value) : null);
    if (bytes === null) return;
    const place = `${relative(CORPORA, source.name)}:${source.position(at.start).line}`;
    const text = form === 'text' ? source.text.slice(at.start, at.end) : null;
    modules.push({ place, form, bytes, verdict, message, text });
  };
  for (const command of commands) {
    switch (command.kind) {
      case 'module':
      case 'assert_unlinkable':
      case 'assert_trap_module':
        add(command.module, 'valid');
        break;
      case 'assert_invalid':
        add(command.module, 'invalid', command.message);
        break;
      case 'assert_malformed':
        add(command.module, 'malformed', command.message);
        break;
      case 'thread':
        collect(modules, source, command.commands);
        break;
      default:
        break;
    }
  }
}
