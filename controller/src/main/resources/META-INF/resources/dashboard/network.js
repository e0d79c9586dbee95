// The network from left to right: a box for each layer, as wide as its time on the device and as high as what it
// sends on; the ground says which machine runs it, a vertical line says where it is cut.
import {bytes, drawing, exitShares, layers, percent, seconds} from './format.js';

const WIDTH = 900;
const HEIGHT = 120;
const FLOOR = 88;
const LEAST = 3;
const NOBODY = 'nobody'; // runs what leads to no exit that is asked

export function network(view) {
  const all = view.layers ?? [];
  const entry = view.decision?.entries[view.decision.entryInForce ?? view.decision.entries.length - 1];
  const stages = (entry?.stages ?? []).map((stage) => ({node: stage.node, set: layers(stage.layers), how: how(stage)}));
  const howOf = (index) => stages.find((stage) => stage.set.has(index))?.how ?? '';
  const nodeOf = (index) => stages.find((stage) => stage.set.has(index))?.node ?? (stages.length ? NOBODY : 'device');
  const places = place(all);
  const picture = drawing('svg', {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: '100%', role: 'img', 'aria-label': words(view, stages, all),
  });
  const most = Math.log(Math.max(...all.map((layer) => layer.outputBytes), 2));
  all.forEach((layer, i) => picture.append(...box(layer, places[i], {node: nodeOf(layer.index), how: howOf(layer.index)}, most)));
  for (const cut of cuts(all, nodeOf)) picture.append(...line(cut, places));
  if (entry?.exits?.length) {
    all.forEach((layer, i) => { if (layer.output) picture.append(flag(layer, places[i], view, entry.exits)); });
  }
  return picture;
}

function place(all) {
  const total = all.reduce((sum, layer) => sum + layer.deviceSeconds, 0) || 1;
  const free = WIDTH - 20 - LEAST * all.length;
  let at = 10;
  return all.map((layer) => {
    const width = LEAST + Math.max(0, free) * (layer.deviceSeconds / total);
    at += width;
    return {x: at - width, width};
  });
}

function box(layer, {x, width}, {node, how}, most) {
  const height = 8 + 60 * (Math.log(Math.max(2, layer.outputBytes)) / most);
  const colour = node === 'device' ? 'device' : 'server';
  if (node === NOBODY) {
    return [drawing('rect', {x: x + 0.5, y: FLOOR - height, width: Math.max(1, width - 1), height, fill: 'var(--line)', rx: 1},
      drawing('title', {}, `${layer.name} (${layer.operator}) is not run under this plan`))];
  }
  const title = `${layer.name} (${layer.operator}) on ${node}${how}: ${seconds(layer.deviceSeconds)} on the device, sends on ${bytes(layer.outputBytes)}`;
  return [
    drawing('rect', {x, y: 4, width, height: HEIGHT - 26, fill: `var(--${colour}-ground)`}),
    drawing('rect', {x: x + 0.5, y: FLOOR - height, width: Math.max(1, width - 1), height, fill: `var(--${colour})`, rx: 1},
      drawing('title', {}, title)),
  ];
}

// A small flag where the network answers: full where the plan lets frames leave, empty where it does not ask.
function flag(layer, {x, width}, view, exits) {
  const asked = exits.find((exit) => exit.output === layer.output);
  const at = Math.min(x + width / 2, WIDTH - 12);
  const shares = exitShares(view.answers);
  const share = shares[layer.output - 1] ? `; ${percent(shares[layer.output - 1])} of the frames left here` : '';
  return drawing('g', {class: 'flag', 'data-exit': layer.output},
    drawing('line', {x1: at, x2: at, y1: 5, y2: FLOOR, stroke: 'var(--exit)', 'stroke-width': 1}),
    drawing('path', {d: `M${at} 5 l10 4 l-10 4 z`, fill: asked ? 'var(--exit)' : 'none', stroke: 'var(--exit)'}),
    drawing('title', {}, `exit ${layer.output}: ${condition(asked)}${share}`));
}

function condition(exit) {
  if (!exit) return 'not asked under this plan';
  if (exit.threshold === undefined) return 'every frame that is left leaves';
  return `a frame leaves if its ${exit.signal} is ${exit.signal === 'entropy' ? 'below' : 'at least'} ${exit.threshold.toFixed(3)}`;
}

// Where one machine's layers end and another's begin, with what crosses: each tensor once.
function cuts(all, nodeOf) {
  const found = [];
  const run = all.filter((layer) => nodeOf(layer.index) !== NOBODY);
  for (let at = 1; at < run.length; at++) {
    const i = run[at].index;
    if (nodeOf(i) === nodeOf(run[at - 1].index)) continue;
    const senders = new Set();
    for (const layer of run.slice(at)) {
      for (const input of layer.inputs) if (input < i && nodeOf(input) !== nodeOf(layer.index)) senders.add(input);
    }
    const size = [...senders].reduce((sum, sender) => sum + all[sender].outputBytes, 0);
    found.push({before: i, size, tensors: senders.size, to: nodeOf(i)});
  }
  return found;
}

function line(cut, places) {
  const x = places[cut.before].x;
  const right = x > WIDTH - 210;
  const many = cut.tensors > 1 ? ` in ${cut.tensors} tensors` : '';
  return [
    drawing('line', {x1: x, x2: x, y1: 0, y2: HEIGHT - 18, stroke: 'var(--ink)', 'stroke-width': 2, 'stroke-dasharray': '5 3'}),
    drawing('text', {x, y: HEIGHT - 4, 'text-anchor': right ? 'end' : 'start'}, `cut: ${bytes(cut.size)}${many} to ${cut.to}`),
  ];
}

function words(view, stages, all) {
  if (stages.length === 0) return `${all.length} layers, no plan yet`;
  return `${all.length} layers of ${view.model?.source ?? 'the network'}: ` +
    stages.map((stage) => `${stage.set.size} on ${stage.node}${stage.how}`).join(', ');
}

// What is not usual about the way in which a stage is run.
export function how(stage) {
  return (stage.rounds > 1 ? ` in ${stage.rounds} rounds` : '') + (stage.precision === 'INT8' ? ' in eight bits' : '');
}
