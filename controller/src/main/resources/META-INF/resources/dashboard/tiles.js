// Who makes which part of what shared layers make: a map for each shared stage, rows from top to bottom.
import {drawing, element} from './format.js';

const SIDE = 104;
const ROWS = 2;
const COLUMNS = 3;
const MADE = {PART: '', SUMMAND: ', added up', APART: ', with zeros around each', CHECKERED: ', every other of what its neighbours made'};

// Nothing if no stage of the plan in force is shared.
export function tiles(view) {
  const entry = view.decision?.entries[view.decision.entryInForce ?? view.decision.entries.length - 1];
  const shared = (entry?.stages ?? []).filter((stage) => stage.pieces?.length);
  if (!shared.length) return [];
  const nodes = [...new Set(shared.flatMap((stage) => stage.pieces.map((piece) => piece.node)))].sort(deviceFirst);
  return [
    element('div', {class: 'tiles'}, ...shared.map((stage) => map(view, stage, nodes))),
    element('p', {class: 'who'}, nodes.map((node) => `${mark(node, nodes)} ${node}`).join(' · ')),
  ];
}

const deviceFirst = (one, other) => (other === 'device') - (one === 'device') || one.localeCompare(other);

// The device is D, helpers are numbered: there is no room for names in a tile.
const mark = (node, nodes) => node === 'device' ? 'D' : String(nodes.indexOf(node) + (nodes.includes('device') ? 0 : 1));

function map(view, stage, nodes) {
  const down = extent(stage, ROWS);
  const across = extent(stage, COLUMNS);
  const title = caption(view, stage);
  const picture = drawing('svg', {viewBox: `0 0 ${SIDE} ${SIDE}`, width: SIDE, height: SIDE, role: 'img', 'aria-label': title});
  for (const piece of stage.pieces) picture.append(tile(piece, place(piece, ROWS, down), place(piece, COLUMNS, across), nodes));
  return element('figure', {}, picture, element('figcaption', {}, title));
}

// Along an axis that is not cut every piece is whole; channels and neurons are drawn as rows.
const strip = (piece, axis) => piece.strips.find((each) => each.axis === axis) ?? (axis === ROWS && piece.strips.find((each) => each.axis === 1));
const extent = (stage, axis) => Math.max(...stage.pieces.map((piece) => strip(piece, axis)?.to ?? 1));

function place(piece, axis, length) {
  const span = strip(piece, axis);
  return span ? {at: SIDE * span.from / length, size: SIDE * (span.to - span.from) / length} : {at: 0, size: SIDE};
}

function tile(piece, down, across, nodes) {
  const colour = piece.node === 'device' ? 'device' : 'server';
  const size = Math.min(12, 0.8 * Math.min(down.size, across.size));
  return drawing('g', {class: 'tile', 'data-node': piece.node},
    drawing('rect', {x: across.at, y: down.at, width: across.size, height: down.size, fill: `var(--${colour}-ground)`, stroke: 'var(--ink)', 'stroke-width': 0.6}),
    drawing('text', {x: across.at + across.size / 2, y: down.at + down.size / 2 + size / 3, 'text-anchor': 'middle', 'font-size': size}, mark(piece.node, nodes)),
    drawing('title', {}, `${piece.node}: ${piece.strips.map(words).join(', ')}`));
}

function words({axis, from, to}) {
  const name = axis === ROWS ? 'rows' : axis === COLUMNS ? 'columns' : 'channels or neurons';
  return `${name} ${from} to ${to - 1}`;
}

function caption(view, stage) {
  const numbers = stage.layers.split(/[-,]/).map(Number);
  const name = (index) => view.layers?.find((layer) => layer.index === index)?.name ?? index;
  const first = name(numbers[0]);
  const last = name(numbers[numbers.length - 1]);
  const rounds = stage.rounds > 1 ? `, in ${stage.rounds} rounds` : '';
  return `${first === last ? first : `${first} to ${last}`}${rounds}${stage.stolen ? ', whoever is free' : ''}${MADE[stage.kind]}`;
}
