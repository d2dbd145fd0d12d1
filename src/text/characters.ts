/** Characters of the text format by what may begin with them [core 3.0, Text Format, Lexical Format, Tokens]. */

export type Char = 'space' | 'id' | 'open' | 'close' | 'quote' | 'semicolon' | 'punctuation' | 'illegal' | 'end';

const ID = 1;
const CODES = 128;
const isId = new Uint8Array(CODES);
const kinds: Char[] = Array.from({ length: CODES }, () => 'illegal');

function assign(kind: Char, chars: string): void {
  for (let i = 0; i < chars.length; i++) kinds[chars.charCodeAt(i)] = kind;
}

assign('id', "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&'*+-./:<=>?@\\^_`|~");
assign('space', ' \t\n\r');
assign('open', '(');
assign('close', ')');
assign('quote', '"');
assign('semicolon', ';');
assign('punctuation', ',[]{}');
kinds.forEach((kind, code) => {
  if (kind === 'id') isId[code] = ID;
});

/** What the character at `at` is; `end` behind the text. */
export function charOf(text: string, at: number): Char {
  const code = text.charCodeAt(at);
  return code < CODES ? (kinds[code] ?? 'illegal') : Number.isNaN(code) ? 'end' : 'illegal';
}

/** The first place from `at` on that holds no character of words. */
export function skipIdChars(text: string, at: number): number {
  let end = at;
  while (isId[text.charCodeAt(end)] === ID) end++;
  return end;
}

/** Whether a character that follows a word or string directly makes the two one reserved token. */
export function isReservedChar(text: string, at: number): boolean {
  const char = charOf(text, at);
  return char === 'quote' || char === 'punctuation';
}
