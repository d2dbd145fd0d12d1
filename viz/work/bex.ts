/** Whether a file’s name is that of a program of EMME’s. */
export function isBex(name: string): boolean {
  return name.endsWith('.bex');
}
