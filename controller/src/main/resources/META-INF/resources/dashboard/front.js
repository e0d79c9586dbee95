// What the device could have: the plans that no other one beats, seconds against joules, and where its own plan stands.
import {count, drawing, element, joules, seconds} from './format.js';

const WIDTH = 460;
const HEIGHT = 210;
const LEFT = 52;
const BOTTOM = 30;
const TOP = 14;

// Nothing is asked for where nothing was seen: the controller would have to refuse.
export async function front(box, {name, alternatives}) {
  if (!alternatives?.length) {
    box.replaceChildren(element('p', {class: 'empty'}, 'There is nothing to choose: no server is in reach.'));
    return;
  }
  const answer = await fetch(`api/agents/${encodeURIComponent(name)}/front`, {headers: {accept: 'application/json'}});
  const told = await answer.json();
  box.replaceChildren(answer.ok ? plot(told) : element('p', {class: 'empty'}, told.error));
}

function plot(told) {
  const plans = told.plans.filter((plan) => plan.seconds !== undefined && plan.joules !== undefined);
  const mine = plans.find((plan) => plan.inForce);
  if (plans.length === 0) return element('p', {class: 'empty'}, 'No plan would ever answer.');
  const bound = told.bounds.seconds;
  const right = 1.08 * Math.max(...plans.map((plan) => plan.seconds));
  const high = 1.1 * Math.max(...plans.map((plan) => plan.joules)) || 1;
  const x = (s) => LEFT + (WIDTH - LEFT - 12) * (s / right);
  const y = (j) => HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (j / high);
  const all = `${count(plans.filter((plan) => !plan.beaten).length)} of ${count(told.priced)} plans are not beaten in seconds, joules, accuracy and server time together.`;
  const picture = drawing('svg', {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: '100%', role: 'group', 'aria-label': `${all} Arrow keys go from one to the next.`});
  picture.append(...axes(right, high, x, y));
  if (bound !== undefined && bound < right) {
    picture.append(
      drawing('line', {x1: x(bound), x2: x(bound), y1: TOP, y2: y(0), stroke: 'var(--bad)', 'stroke-dasharray': '2 3'}),
      drawing('text', {x: x(bound) + 4, y: TOP + 8}, `within ${seconds(bound)}`));
  }
  picture.append(stairs(plans, x, y));
  const words = element('p', {class: 'chosen', 'aria-live': 'polite'});
  const points = plans.map((plan) => point(plan, x(plan.seconds), y(plan.joules)));
  points.forEach((each, i) => {
    for (const event of ['focus', 'mouseenter']) each.addEventListener(event, () => { words.textContent = describe(plans[i]); });
    each.addEventListener('keydown', (press) => walk(press, points, i));
  });
  const first = Math.max(0, plans.indexOf(mine));
  points[first].setAttribute('tabindex', '0');
  words.textContent = mine ? describe(mine) : 'The plan in force needs a server that was not seen at the last decision.';
  picture.append(...points.filter((each, i) => i !== first), points[first]); // the plan in force on top
  return element('div', {}, picture, words, element('p', {class: 'who'}, all + bounded(told) + left(told)));
}

function axes(right, high, x, y) {
  const base = [drawing('line', {x1: LEFT, x2: WIDTH - 12, y1: y(0), y2: y(0), stroke: 'var(--line)'}),
    drawing('line', {x1: LEFT, x2: LEFT, y1: TOP, y2: y(0), stroke: 'var(--line)'})];
  for (const part of [0.25, 0.5, 0.75]) {
    base.push(drawing('text', {x: x(part * right), y: HEIGHT - 12, 'text-anchor': 'middle'}, seconds(part * right)),
      drawing('text', {x: LEFT - 5, y: y(part * high) + 4, 'text-anchor': 'end'}, joules(part * high)));
  }
  return base;
}

// What can be had of time and energy alone; plans above it lose less accuracy or take less of servers.
function stairs(plans, x, y) {
  let least = Infinity;
  const steps = [];
  for (const plan of [...plans].sort((one, other) => one.seconds - other.seconds || one.joules - other.joules)) {
    if (plan.joules >= least) continue;
    if (steps.length) steps.push(`${x(plan.seconds).toFixed(1)},${y(least).toFixed(1)}`);
    least = plan.joules;
    steps.push(`${x(plan.seconds).toFixed(1)},${y(least).toFixed(1)}`);
  }
  return drawing('polyline', {points: steps.join(' '), fill: 'none', stroke: 'var(--link)', 'stroke-width': 1.5});
}

// Filled if it keeps the bounds; the plan in force is larger and a diamond, so that nobody needs the colour.
function point(plan, x, y) {
  const colour = plan.inForce ? 'var(--accent)' : plan.stages.every((stage) => stage.node === 'device') ? 'var(--device)' : 'var(--server)';
  const look = {fill: plan.broken ? 'var(--card)' : colour, stroke: colour, 'stroke-width': 1.5};
  const mark = plan.inForce
    ? drawing('path', {d: `M${x} ${y - 8} l8 8 l-8 8 l-8 -8 z`, ...look})
    : drawing('circle', {cx: x, cy: y, r: 4, ...look});
  return drawing('g', {class: `point${plan.inForce ? ' now' : ''}`, role: 'img', tabindex: '-1', 'aria-label': describe(plan)},
    mark, drawing('title', {}, describe(plan)));
}

function walk(press, points, at) {
  const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[press.key];
  const next = step && points[at + step];
  if (!next) return;
  press.preventDefault();
  points[at].setAttribute('tabindex', '-1');
  next.setAttribute('tabindex', '0');
  next.focus();
}

export function describe(plan) {
  const hedge = plan.hedgeDelaySeconds === undefined ? undefined
    : `the device carries on ${plan.hedgeDelaySeconds === 0 ? 'at once' : `after ${seconds(plan.hedgeDelaySeconds)}`}`;
  const exits = plan.exits.length && `frames may leave at exit ${plan.exits.map((exit) => exit.output + (exit.threshold === undefined ? '' : ` (${exit.signal} ${exit.threshold.toFixed(2)})`)).join(', ')}`;
  const costs = [`${seconds(plan.seconds)}`, `${joules(plan.joules)}${plan.hedgeJoules > 0 ? `, ${joules(plan.hedgeJoules)} of it hedging` : ''}`,
    `${plan.lossPoints.toFixed(1)} points lost`, `${seconds(plan.serverSeconds)} of servers`, plan.watts !== undefined && `${plan.watts.toFixed(2)} W on average`];
  return [
    `${plan.inForce ? `In force${plan.beaten ? ', beaten by another' : ''}: ` : ''}${plan.label}`,
    plan.stages.length > 1 && plan.codec.toLowerCase().replace('_', '-'), exits, hedge,
  ].filter(Boolean).join(', ') + `: ${costs.filter(Boolean).join('; ')}${plan.broken ? `; breaks a bound, ${plan.broken}` : ''}.`;
}

function bounded({bounds}) {
  const all = [bounds.seconds !== undefined && `answers within ${seconds(bounds.seconds)}`,
    bounds.lossPoints !== undefined && `${bounds.lossPoints} points lost at most`, bounds.watts !== undefined && `${bounds.watts.toFixed(2)} W at most`].filter(Boolean);
  return all.length ? ` Bounds: ${all.join(', ')}; who breaks one is hollow.` : '';
}

const left = (told) => told.serversLeftOut > 0 ? ` Help of ${count(told.servers.length)} servers was considered, ${count(told.serversLeftOut)} farther ones were not.` : '';
