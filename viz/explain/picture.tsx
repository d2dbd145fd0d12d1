import { useEffect, useRef } from 'preact/hooks';
import type { WalkStep } from './calls.ts';

/** A picture that the worker drew; the edge that is spoken of, and its ends, stand out. */
export function Picture({ svg, edge }: { svg: string; edge: WalkStep['edge'] }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const root = host.current;
    if (root === null) return;
    for (const one of root.querySelectorAll('.why-now')) one.classList.remove('why-now');
    root.classList.toggle('why-picture-walked', edge !== null);
    if (edge === null) return;
    for (const one of shownFor(root, edge)) one.classList.add('why-now');
  }, [svg, edge]);
  // The picture is our own, and the texts in it are escaped where it is made.
  return <div ref={host} class="why-picture" dangerouslySetInnerHTML={{ __html: svg }} />;
}

/** The ends of an edge, and it itself; program order over several events goes along those in between. */
function shownFor(root: Element, { from, to }: NonNullable<WalkStep['edge']>): readonly Element[] {
  const ends = [from, to].flatMap((id) => [...root.querySelectorAll(`[data-event="${id}"]`)]);
  const edges = root.querySelectorAll(`[data-edge][data-from="${from}"][data-to="${to}"]`);
  return [...ends, ...edges];
}
