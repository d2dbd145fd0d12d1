/**
 * Orders texts with the numbers in them as numbers, `a2` before `a10`, and all else by characters. Texts that differ are never equal. It stands for a collator, which
 * takes longer to make than a small program to be explored.
 */
export function compareNumeric(a: string, b: string): number {
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const [end, otherEnd] = [endOfDigits(a, i), endOfDigits(b, j)];
    if (end > i && otherEnd > j) {
      const order = compareDigits(a.slice(i, end), b.slice(j, otherEnd));
      if (order !== 0) return order;
      [i, j] = [end, otherEnd];
      continue;
    }
    const order = a.charCodeAt(i++) - b.charCodeAt(j++);
    if (order !== 0) return order;
  }
  return a.length - i - (b.length - j) || (a < b ? -1 : a > b ? 1 : 0);
}

/** By the values of numbers of any length. */
function compareDigits(a: string, b: string): number {
  const [own, other] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return own.length - other.length || (own < other ? -1 : own > other ? 1 : 0);
}

function endOfDigits(text: string, start: number): number {
  let end = start;
  while (text.charCodeAt(end) >= DIGIT_0 && text.charCodeAt(end) <= DIGIT_9) end++;
  return end;
}

const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
