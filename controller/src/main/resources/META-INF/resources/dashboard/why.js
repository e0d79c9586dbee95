// Why this plan: what else was possible, and how far the next change of plan is.
import {drawing, element, joules, rate, seconds} from './format.js';
import {how} from './network.js';

const PARTS = [
  ['device', '--device', 'computing on the device'],
  ['codec', '--codec', 'packing and unpacking tensors'],
  ['uplink', '--link', 'sending to the server'],
  ['queue', '--queue', 'waiting at the server'],
  ['remote', '--server', 'computing on the server'],
  ['downlink', '--exit', 'the answer on its way back'],
];

export function alternatives(view) {
  const all = view.alternatives ?? [];
  if (all.length === 0) return element('p', {class: 'empty'}, 'There is nothing to compare: no server is in reach.');
  const finite = all.map((each) => each.seconds).filter((s) => s !== undefined);
  // One hopeless alternative must not flatten the others.
  const most = Math.min(Math.max(...finite), 4 * Math.min(...finite));
  const bars = element('div', {class: 'bars'});
  for (const each of all) {
    const bar = element('div', {class: 'bar'});
    const way = Object.values(each.split).reduce((sum, part) => sum + part, 0);
    for (const [part, colour, title] of PARTS) {
      const share = 100 * ((each.split[part] ?? 0) / most);
      if (share > 0) bar.append(element('i', {style: `width:${share}%;background:var(${colour})`, title: `${title}: ${seconds(each.split[part])}`}));
    }
    // What comes after the first answer is cancelled: it is shown, but pale.
    if (each.seconds < 0.999 * way) bar.append(element('span', {class: 'rest', style: `left:${100 * (each.seconds / most)}%`, title: 'The device itself answers first, here; the rest is cancelled'}));
    const now = each.inForce ? ' now' : '';
    bars.append(
      element('span', {class: now}, (each.inForce ? '▸ ' : '') + each.label),
      element('div', {class: 'lane'}, bar),
      element('span', {class: now}, each.seconds === undefined ? 'never' : `${seconds(each.seconds)} · ${joules(each.joules)}`));
  }
  const key = element('ul', {class: 'key'}, ...PARTS.map(([part, colour, title]) =>
    element('li', {title}, element('i', {style: `color:var(${colour})`}), part)));
  return element('div', {}, bars, key, ...all.filter((each) => each.inForce).map(energy), ...all.filter((each) => each.inForce && each.learnedSeconds !== 0).map(learned));
}

// Joules are always shown with those of a hedge, which buys time with them.
function energy(plan) {
  const hedge = plan.hedgeJoules > 0 ? `${joules(plan.hedgeJoules)} of it hedging` : 'none of it hedging';
  return element('p', {class: 'energy'}, `${plan.label}: the device takes ${joules(plan.joules)} a frame, ${hedge}.`);
}

// What the planner knows better than the model that made the bars, and from what.
function learned(plan) {
  const signed = (s) => `${seconds(Math.abs(s))} ${s < 0 ? 'cheaper' : 'dearer'}`;
  const most = plan.influences.map((one) => `${one.meaning} (${signed(one.seconds)})`).join(', ');
  return element('p', {class: 'learned'}, `${plan.label}: ${signed(plan.learnedSeconds)} by what was learned; most for ${most}`);
}

const WIDTH = 460;
const HEIGHT = 190;
const LEFT = 48;
const BOTTOM = 28;

// Cost against 1/bandwidth: each plan is a straight line, the best plans are their lower envelope.
export function envelope(decision) {
  const entries = decision.entries.filter((entry) => entry.fixedSeconds !== undefined);
  const breaks = decision.breakpointsSecondsPerBit;
  const now = decision.uplinkBitsPerSecond > 0 ? 1 / decision.uplinkBitsPerSecond : undefined;
  const last = breaks.at(-1) ?? now ?? 1e-6;
  // Today in the left half and the next change in sight, if that is not too far to see today.
  const widest = now ? Math.max(1.5 * now, Math.min(1.2 * last, 4 * now)) : 1.2 * last;
  const local = entries.find((entry) => entry.uplinkBits === 0)?.fixedSeconds ?? Infinity;
  const cost = (entry, perBit) => Math.min(entry.fixedSeconds + entry.uplinkBits * perBit, local + (entry.hedgeDelaySeconds ?? Infinity));
  const highest = 1.15 * Math.max(...entries.map((entry, i) => cost(entry, Math.min(widest, breaks[i] ?? widest))));
  const x = (perBit) => LEFT + (WIDTH - LEFT - 10) * (perBit / widest);
  const y = (cost) => HEIGHT - BOTTOM - (HEIGHT - BOTTOM - 10) * Math.min(1, cost / highest);
  const picture = drawing('svg', {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: '100%', role: 'img', 'aria-label': distance(decision),
  });
  picture.append(drawing('line', {x1: LEFT, x2: WIDTH - 10, y1: y(0), y2: y(0), stroke: 'var(--line)'}));
  entries.forEach((entry, i) => picture.append(...plan(entry, (perBit) => cost(entry, perBit), breaks[i - 1] ?? 0, Math.min(widest, breaks[i] ?? widest), widest, x, y)));
  let labelled = LEFT - 30;
  for (const at of breaks.filter((each) => each < widest)) {
    picture.append(drawing('line', {x1: x(at), x2: x(at), y1: 10, y2: y(0), stroke: 'var(--line)'}));
    if (x(at) < labelled + 70) continue;
    labelled = x(at);
    picture.append(drawing('text', {x: x(at), y: HEIGHT - 12, 'text-anchor': 'middle'}, rate(1 / at)));
  }
  for (const part of [0.5, 1]) {
    picture.append(drawing('text', {x: LEFT - 5, y: y(part * highest / 1.15) + 4, 'text-anchor': 'end'}, seconds(part * highest / 1.15)));
  }
  if (now !== undefined) {
    const at = Math.min(now, widest);
    picture.append(
      drawing('line', {x1: x(at), x2: x(at), y1: 10, y2: y(0), stroke: 'var(--accent)', 'stroke-width': 2}),
      drawing('text', {x: x(at) + (at > 0.8 * widest ? -5 : 5), y: 20, 'text-anchor': at > 0.8 * widest ? 'end' : 'start'},
        `now ${rate(1 / now)}${now > widest ? ' ▸' : ''}`));
  }
  return element('div', {}, picture, element('p', {style: 'margin:2px 0 0'}, distance(decision)));
}

// Pale over all rates, strong where the plan holds; a hedge bends it where the device itself answers first.
function plan(entry, cost, from, to, widest, x, y) {
  const course = (start, end) => Array.from({length: 41}, (unused, i) => start + (end - start) * i / 40)
    .map((perBit) => `${x(perBit).toFixed(1)},${y(cost(perBit)).toFixed(1)}`).join(' ');
  const whole = drawing('polyline', {points: course(0, widest), fill: 'none', stroke: 'var(--line)', 'stroke-dasharray': '3 3'});
  if (from >= widest) return [whole];
  const colour = entry.uplinkBits === 0 ? 'var(--device)' : 'var(--server)';
  const title = entry.stages.map((stage) => `${stage.node} ${stage.layers}${how(stage)}`).join(' | ');
  return [whole, drawing('polyline', {points: course(from, to), fill: 'none', stroke: colour, 'stroke-width': 4, 'stroke-linecap': 'round'},
    drawing('title', {}, title))];
}

// In words, how far the link must move until the plan changes.
export function distance(decision) {
  const breaks = decision.breakpointsSecondsPerBit;
  const at = decision.entryInForce;
  if (at === undefined || breaks.length === 0) return 'One plan for every rate of the link.';
  const slower = breaks[at] === undefined ? undefined : `below ${rate(1 / breaks[at])}`;
  const faster = at === 0 ? undefined : `above ${rate(1 / breaks[at - 1])}`;
  return `The plan changes ${[slower, faster].filter(Boolean).join(' or ')}; the link is at ${rate(decision.uplinkBitsPerSecond)}.`;
}
