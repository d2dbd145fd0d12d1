import { tenth } from './geometry.ts';
import { sansWidth } from './text-width.ts';
import { INK, PAPER, SIZE } from './theme.ts';
import { element, escape } from './xml.ts';

export const BADGE_HEIGHT = 15;

export function badgeWidth(mark: string): number {
  return sansWidth(mark, SIZE.badge, true) + 10;
}

/** A small black sign with white letters. */
export function badge(mark: string, x: number, y: number): string {
  const width = badgeWidth(mark);
  return element('g', { 'data-badge': mark }, [
    element('rect', {
      x: tenth(x),
      y: tenth(y),
      width: tenth(width),
      height: BADGE_HEIGHT,
      rx: BADGE_HEIGHT / 2,
      fill: INK,
    }),
    element(
      'text',
      {
        x: tenth(x + width / 2),
        y: tenth(y + 10.8),
        'font-size': SIZE.badge,
        'font-weight': 700,
        'text-anchor': 'middle',
        fill: PAPER,
      },
      escape(mark),
    ),
  ]);
}
