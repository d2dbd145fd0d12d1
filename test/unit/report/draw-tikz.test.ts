import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { figureOf } from '../../../src/report/draw/figure.ts';
import { drawTikz, tex } from '../../../src/report/draw/tikz.ts';
import { ALL, growth, mpWeak, tearing, waiting } from './samples.ts';

const hasTex = spawnSync('pdflatex', ['--version']).status === 0;

/** Braces in TeX’s own sense: an escaped one is text. */
function isBalanced(text: string): boolean {
  let depth = 0;
  for (const char of text.replace(/\\[^a-zA-Z]/g, '')) {
    if (char === '{') depth++;
    if (char === '}' && --depth < 0) return false;
  }
  return depth === 0;
}

describe('drawTikz', () => {
  test.each(Object.entries(ALL))('%s has every event, edge and thread, and balanced braces', (name, witness) => {
    const text = drawTikz(witness, { title: name });
    const figure = figureOf(witness, { title: name });
    for (const { event } of [...figure.initial, ...figure.nodes]) expect(text).toContain(` (e${event.id}) at (`);
    const drawn = [...text.matchAll(/\\draw\[(\w+)\] \([-\d.,]+\) \.\./g)].map(([, kind]) => kind);
    expect(drawn.filter((kind) => kind !== 'gap').toSorted()).toEqual(figure.edges.map(({ kind }) => kind).toSorted());
    for (const { name: thread } of figure.columns) expect(text).toContain(`{${tex(thread)}};`);
    for (const line of text.split('\n')) expect(line.startsWith('%') || isBalanced(line), line).toBe(true);
    expect(text.match(/\\begin\{\w+\}/g)?.length).toBe(text.match(/\\end\{\w+\}/g)?.length);
  });

  test('every style that is used is defined, and every colour', () => {
    const text = drawTikz(tearing, { title: 'tearing' });
    const styles = new Set([...text.matchAll(/ {2}([\w ]+)\/\.style=/g)].map(([, style]) => style));
    for (const [, used] of text.matchAll(/\\(?:node|draw)\[([\w ]+?)[,\]]/g))
      if (used !== 'fill' && used !== 'font' && used !== 'anchor') expect(styles, used).toContain(used);
    const colours = new Set([...text.matchAll(/\\definecolor\{(\w+)\}/g)].map(([, colour]) => colour));
    for (const [colour] of text.matchAll(/weft[a-z]+/g)) expect(colours, colour).toContain(colour);
  });

  test('a line of text holds nothing that TeX takes for a command', () => {
    expect(tex('a_b {50%} #1 $x & ~^\\ <→>')).toBe(
      'a\\_b \\{50\\%\\} \\#1 \\$x \\& \\textasciitilde{}\\textasciicircum{}\\textbackslash{} \\textless{}$\\to$\\textgreater{}',
    );
    expect(tex('\u4e2d')).toBe('?');
  });

  test('a title of several lines stays a comment', () => {
    expect(drawTikz(mpWeak, { title: 'one\n\\input{two}' }).split('\n')[0]).toMatch(/^% one \\input/);
  });

  test.skipIf(!hasTex).each(Object.entries({ tearing, growth, waiting }))(
    '%s compiles to one page, without a complaint',
    (title, witness) => {
      const folder = mkdtempSync(join(tmpdir(), 'weft-tikz-'));
      try {
        writeFileSync(join(folder, 'x.tex'), drawTikz(witness, { title }));
        const done = spawnSync('pdflatex', ['-interaction=nonstopmode', '-halt-on-error', 'x.tex'], { cwd: folder });
        const said = done.stdout.toString();
        expect(done.status, said).toBe(0);
        expect(said).not.toMatch(/Overfull|Underfull|Warning|Missing character/);
        expect(said).toMatch(/Output written on x\.pdf \(1 page/);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
});
