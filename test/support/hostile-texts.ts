import { fileURLToPath } from 'node:url';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import type { Result } from '../../src/base/result.ts';
import { Source } from '../../src/base/span.ts';
import { parseModule } from '../../src/text/parse-module.ts';
import { parseScript } from '../../src/text/parse-script.ts';

/**
 * Texts of one line and any size that try to make a reader crash, hang or fill the memory. As a program, `hostile-texts.ts CASE SIZE` reads
 * one as a module and as a script, and prints what that took as JSON.
 */

/** A text of about `size` characters. */
type Hostile = (size: number) => string;

function fill(piece: string, size: number): string {
  return piece.repeat(Math.max(1, Math.ceil(size / piece.length)));
}

function inside(before: string, piece: string, after: string): Hostile {
  return (size) => `${before}${fill(piece, size)}${after}`;
}

function nested(before: string, open: string, inner: string, close: string, after: string): Hostile {
  return (size) => {
    const depth = Math.ceil(size / (open.length + close.length));
    return `${before}${open.repeat(depth)}${inner}${close.repeat(depth)}${after}`;
  };
}

export const HOSTILE_TEXTS: Readonly<Record<string, Hostile>> = {
  'one function of nops': inside('(module (func ', 'nop ', '))'),
  'one function of constants': inside('(module (func ', 'i32.const 1 drop ', '))'),
  'one function of folded instructions': inside(
    '(module (func ',
    '(drop (i32.add (i32.const 1) (i32.const 2))) ',
    '))',
  ),
  'one function of blocks': inside('(module (func ', 'block end ', '))'),
  'one function of folded blocks': inside('(module (func ', '(block (nop)) nop ', '))'),
  'one function of ifs': inside('(module (func ', '(if (i32.const 1) (then nop) (else)) ', '))'),
  'unknown names': inside('(module (func ', '(call $x) ', '))'),
  'unknown operators': inside('(module (func ', 'foo ', '))'),
  'ends of nothing': inside('(module (func ', 'end ', '))'),
  'blocks without end': inside('(module (func ', 'block ', '))'),
  'nested blocks': nested('(module (func ', 'block ', '', 'end ', '))'),
  'nested folded blocks': nested('(module (func ', '(block ', '', ')', '))'),
  'nested operands': nested('(module (func ', '(i32.eqz ', '(i32.const 1)', ')', '))'),
  'nested conditions': nested('(module (func ', '(if ', '', '(then))', '))'),
  'nested types': nested('(module (type ', '(ref ', '', ')', '))'),
  'nested threads': nested('', '(thread ', '', ')', ''),
  'nested conditions of a litmus test': nested('(litmus "x" (exists ', '(not ', '', ')', '))'),
  'opening parentheses': inside('', '(', ''),
  'closing parentheses': inside('', ')', ''),
  'empty parentheses': inside('', '()', ''),
  'empty parentheses in a module': inside('(module ', '()', ')'),
  'functions of one name': inside('(module ', '(func $f)', ')'),
  types: inside('(module ', '(type (func))', ')'),
  parameters: inside('(module (func (param ', 'i32 ', ')))'),
  locals: inside('(module (func ', '(local i32) ', '))'),
  labels: inside('(module (func br_table ', '0 ', '))'),
  'function indices': inside('(module (func) (elem func ', '0 ', '))'),
  'lanes of a vector': inside('(module (func v128.const i8x16 ', '0 ', '))'),
  'a string': inside('(module (data "', 'a', '"))'),
  'a string of escapes': inside('(module (data "', '\\00', '"))'),
  'a string without end': inside('(module (data "', 'a', ''),
  'empty strings': inside('(module (data ', '"" ', '))'),
  'an identifier': inside('(module (func $', 'a', '))'),
  'a word': inside('(module (func ', 'a', '))'),
  'a comment': inside('(module (;', ' x', ';))'),
  'a comment without end': inside('(module (;', ' x', ''),
  'nested comments': nested('', '(;', '', ';)', ''),
  'a line comment': inside('(module) ;;', 'x', ''),
  'an annotation': inside('(module (@a ', 'x ', '))'),
  'an annotation without end': inside('(module (@a ', 'x ', ''),
  annotations: inside('(module ', '(@a) ', ')'),
  'nested annotations': nested('(module ', '(@a ', '', ')', ')'),
  'digits of an integer': inside('(module (func i32.const ', '1', '))'),
  'hexadecimal digits': inside('(module (func i64.const 0x', '1', '))'),
  'digits of a float': inside('(module (func f64.const 1.', '1', '))'),
  'digits of an exponent': inside('(module (func f64.const 1e', '1', '))'),
  'characters of no token': inside('', 'é', ''),
  'white space': inside('', ' ', ''),
  'quoted text': inside('(module quote "', 'nop ', '")'),
  'bytes of a binary module': inside('(module binary "', '\\00', '")'),
  commands: inside('', '(invoke "a")', ''),
};

/** What is said of a text as a module and as a script. */
export function readHostile(text: string): readonly Result<unknown, readonly Diagnostic[]>[] {
  return [parseModule(new Source('hostile', text)), parseScript(new Source('hostile', text))];
}

function main(name: string, size: number): void {
  const text = HOSTILE_TEXTS[name]?.(size) ?? '';
  const complaints = readHostile(text).map((result) => (result.ok ? 0 : result.error.length));
  const megabytes = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ length: text.length, complaints, megabytes }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv[2] ?? '', Number(process.argv[3]));
