import type { Witness } from '../../../src/explore/result.ts';
import { figureOf } from '../../../src/report/draw/figure.ts';
import { boxesMeet, inside, sample } from '../../../src/report/draw/geometry.ts';
import { layoutOf, nodeHeight, nodeWidth } from '../../../src/report/draw/layout.ts';
import type { DrawOptions } from '../../../src/report/draw/options.ts';
import { planOf } from '../../../src/report/draw/plan.ts';
import { routeEdges } from '../../../src/report/draw/route.ts';

/** What is wrong with a picture's geometry, in words; empty if it is well laid out. */
export function geometryFaults(witness: Witness, options: DrawOptions): string[] {
  const figure = figureOf(witness, options);
  const plan = planOf(figure);
  const layout = layoutOf(figure, plan, 0, 0);
  const faults: string[] = [];
  const boxes = [...layout.boxes];
  for (const [i, [a, boxA]] of boxes.entries()) {
    for (const [b, boxB] of boxes.slice(i + 1)) if (boxesMeet(boxA, boxB)) faults.push(`boxes ${a} and ${b} overlap`);
  }
  for (const node of [...figure.initial, ...figure.nodes]) {
    const box = layout.boxes.get(node.event.id);
    if (box === undefined) faults.push(`event ${node.event.id} has no box`);
    else if (box.width < nodeWidth(node) || box.height < nodeHeight(node))
      faults.push(`label of event ${node.event.id} overflows`);
  }
  for (const node of figure.nodes) {
    for (const other of figure.nodes) {
      if (node.column !== other.column || node.event.index >= other.event.index) continue;
      const [above, below] = [layout.boxes.get(node.event.id), layout.boxes.get(other.event.id)];
      if (above && below && above.y + above.height > below.y)
        faults.push(`${node.event.id} is not above ${other.event.id}`);
    }
  }
  const placed = routeEdges(figure, plan, layout);
  if (placed.length !== figure.edges.length) faults.push(`${figure.edges.length - placed.length} edges are missing`);
  for (const { edge, curve, tip } of placed) {
    const name = `${edge.kind} ${edge.from}→${edge.to}`;
    for (const [id, box] of boxes) {
      if (id === edge.from || id === edge.to) continue;
      if (sample(curve).some((point) => inside(point, box, -0.5))) faults.push(`${name} runs through ${id}`);
    }
    for (const id of [edge.from, edge.to]) {
      const box = layout.boxes.get(id);
      if (
        box &&
        sample(curve)
          .slice(1, -1)
          .some((point) => inside(point, box, -1))
      )
        faults.push(`${name} runs through its own end ${id}`);
    }
    if (![...sample(curve), tip].flat().every(Number.isFinite)) faults.push(`${name} is not finite`);
    const { x, y, width, height } = layout.extent;
    if (!sample(curve).every((point) => inside(point, { x: x - 1, y: y - 1, width: width + 2, height: height + 2 })))
      faults.push(`${name} leaves the picture`);
  }
  return faults;
}
