import type { Diagnostic } from '../../../src/base/diagnostic.ts';
import { Source } from '../../../src/base/span.ts';
import type { Instr, Module } from '../../../src/syntax/module.ts';
import type { Script } from '../../../src/syntax/script.ts';
import { parseModule } from '../../../src/text/parse-module.ts';
import { parseScript } from '../../../src/text/parse-script.ts';

/** The module of a text that is one. */
export function moduleOf(text: string): Module {
  const result = parseModule(new Source('test', text));
  if (!result.ok) throw new Error(result.error.map((d) => `${d.rule}: ${d.message}`).join('\n'));
  return result.value;
}

/** The script of a text that is one. */
export function scriptOf(text: string): Script {
  const result = parseScript(new Source('test', text));
  if (!result.ok) throw new Error(result.error.map((d) => `${d.rule}: ${d.message}`).join('\n'));
  return result.value;
}

/** What is wrong with a module's text: `rule message @text at fault`. */
export function complaints(text: string): string[] {
  const result = parseModule(new Source('test', text));
  return result.ok ? [] : shown(text, result.error);
}

/** What is wrong with a script's text. */
export function scriptComplaints(text: string): string[] {
  const result = parseScript(new Source('test', text));
  return result.ok ? [] : shown(text, result.error);
}

export function shown(text: string, diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map((d) => `${d.rule} ${d.message} @${text.slice(d.at.start, d.at.end)}`);
}

/** The body of a function given by its inside, with a module around it. */
export function bodyOf(inside: string, around = ''): readonly Instr[] {
  const [func] = moduleOf(`(module ${around} (func ${inside}))`).funcs;
  return func?.body ?? [];
}

/** Instructions as short strings, blocks as nested lists. */
export function outline(instrs: readonly Instr[]): unknown[] {
  return instrs.map((instr) => {
    switch (instr.kind) {
      case 'plain':
        return 'x' in instr.imm
          ? `${instr.op} ${instr.imm.x}`
          : 'value' in instr.imm
            ? `${instr.op} ${instr.imm.value}`
            : instr.op;
      case 'if':
        return ['if', outline(instr.then), outline(instr.else)];
      default:
        return [instr.kind, ...outline(instr.body)];
    }
  });
}
