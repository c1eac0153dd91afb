// node test/bench/flame.mjs FILE.cpuprofile FILE.svg: draws what a profile (`npm run bench -- W1 --profile FOLDER`) spent its
// time on. Callers stand above what they call, widths are time, idle time is left out; colours tell whose code it is.
import { readFileSync, writeFileSync } from 'node:fs';

const [from, to] = process.argv.slice(2);
const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(from, 'utf8'));

const areas = [
  [/\/libs\/engine\//, 'engine', '#c2410c'],
  [/\/libs\/commands\//, 'commands', '#b45309'],
  [/\/libs\/event-store\//, 'event-store', '#0f766e'],
  [/\/libs\/platform\//, 'platform', '#4d7c0f'],
  [/\/libs\/|\/apps\//, 'other of ours', '#a16207'],
  [/node_modules\/(pg|pg-)/, 'pg', '#1d4ed8'],
  [/node_modules\//, 'packages', '#6d28d9'],
  [/^node:.*(crypto)/, 'node: crypto', '#be185d'],
  [/^node:/, 'node', '#64748b'],
];
const other = ['virtual machine', '#475569'];
const areaOf = ({ url }) => areas.find(([pattern]) => pattern.test(url))?.slice(1) ?? other;
const placeOf = ({ functionName, url, lineNumber }) => {
  const file = url.replace(/^.*\/(?=node_modules\/|libs\/|apps\/|test\/)/, '').replace('/dist/', '/');
  return `${functionName || '(anonymous)'}${file && ` ${file}:${lineNumber + 1}`}`;
};

const own = new Map();
samples.forEach((id, i) => own.set(id, (own.get(id) ?? 0) + timeDeltas[i]));
const byId = new Map(nodes.map((node) => [node.id, node]));

/** Calls of the same function from the same callers are one; so are the steps of a promise, which tell nothing. */
function merged(ids) {
  const frames = new Map();
  const skipped = /^\(root\)$|^processTicksAndRejections$|^runMicrotasks$/;
  const visit = (id) => {
    const { callFrame, children = [] } = byId.get(id);
    if (callFrame.functionName === '(idle)') return;
    if (skipped.test(callFrame.functionName)) return children.forEach(visit);
    const name = placeOf(callFrame);
    const frame = frames.get(name) ?? { name, area: areaOf(callFrame), own: 0, below: [] };
    frames.set(name, frame);
    frame.own += own.get(id) ?? 0;
    frame.below.push(...children);
  };
  ids.forEach(visit);
  return [...frames.values()].map(({ below, ...frame }) => {
    const inner = merged(below);
    return { ...frame, inner, time: frame.own + inner.reduce((sum, { time }) => sum + time, 0) };
  });
}

const [width, height, top] = [1200, 16, 44];
const roots = merged([nodes[0].id]);
const total = roots.reduce((sum, { time }) => sum + time, 0);
const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const boxes = [];
let deepest = 0;
const draw = (frames, x, depth) => {
  for (const { name, area, time, inner } of frames.sort((a, b) => b.time - a.time)) {
    const wide = (time / total) * width;
    if (wide < 1) continue;
    deepest = Math.max(deepest, depth);
    const y = top + depth * height;
    const label = name.slice(0, Math.floor((wide - 6) / 6));
    boxes.push(
      `<g><title>${escape(name)}: ${((100 * time) / total).toFixed(1)} %</title>` +
        `<rect x="${x.toFixed(1)}" y="${y}" width="${wide.toFixed(1)}" height="${height - 1}" fill="${area[1]}"/>` +
        `${label.length > 3 ? `<text x="${(x + 3).toFixed(1)}" y="${y + 11}">${escape(label)}</text>` : ''}</g>`,
    );
    draw(inner, x, depth + 1);
    x += wide;
  }
};
draw(roots, 0, 0);

const legend = [...areas.map(([, name, colour]) => [name, colour]), other]
  .map(
    ([name, colour], i) =>
      `<rect x="${4 + i * 119}" y="24" width="10" height="10" fill="${colour}"/><text x="${18 + i * 119}" y="33" class="dark">${name}</text>`,
  )
  .join('');
writeFileSync(
  to,
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top + (deepest + 1) * height}" font-family="monospace" font-size="10">
<style>text { fill: #fff } .dark { fill: #111 }</style><rect width="100%" height="100%" fill="#fff"/>
<text x="4" y="14" class="dark">Callers above what they call; width is time (idle left out)</text>${legend}
${boxes.join('\n')}
</svg>\n`,
);
