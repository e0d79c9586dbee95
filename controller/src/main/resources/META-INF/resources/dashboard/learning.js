// How the planner that is followed came to know what it has learned; nothing for planners that learned nothing.
import {count, drawing, element} from './format.js';
import {get} from './site.js';

const WIDTH = 460;
const HEIGHT = 130;
const LEFT = 48;
const BOTTOM = 28;
const TOP = 12;

export async function learning(box) {
  const {learningCurve} = await get('api/planner');
  box.replaceChildren(...(learningCurve.length ? curve(learningCurve) : []));
}

// Cost in validation beside the cost model alone, which is the line at 0; bars are two standard errors.
function curve(points) {
  const gain = (ratio) => 100 * (ratio - 1);
  const lowest = Math.min(0, ...points.map((point) => gain(point.ratio - 2 * point.spread)));
  const highest = Math.max(0, ...points.map((point) => gain(point.ratio + 2 * point.spread)));
  const last = points.at(-1).lessons;
  const x = (lessons) => LEFT + (WIDTH - LEFT - 14) * (lessons / last);
  const y = (value) => TOP + (HEIGHT - BOTTOM - TOP) * (highest - value) / Math.max(1e-9, highest - lowest);
  const best = points.reduce((one, other) => (other.ratio < one.ratio ? other : one));
  const said = `Learned: ${percentage(gain(best.ratio))} in worlds it had not seen, after ${count(best.lessons)} of ${count(last)} lessons.`;
  const picture = drawing('svg', {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: '100%', role: 'img', 'aria-label': said});
  for (const value of [0, gain(best.ratio)]) {
    picture.append(
      drawing('line', {x1: LEFT, x2: WIDTH - 10, y1: y(value), y2: y(value), stroke: 'var(--line)'}),
      drawing('text', {x: LEFT - 5, y: y(value) + 4, 'text-anchor': 'end'}, percentage(value)));
  }
  const course = [{lessons: 0, ratio: 1, spread: 0}, ...points];
  picture.append(drawing('polyline', {
    points: course.map((point) => `${x(point.lessons).toFixed(1)},${y(gain(point.ratio)).toFixed(1)}`).join(' '),
    fill: 'none', stroke: 'var(--accent)', 'stroke-width': 2,
  }));
  for (const point of points) {
    const ends = [-2, 2].map((times) => y(gain(point.ratio + times * point.spread)));
    picture.append(
      drawing('line', {x1: x(point.lessons), x2: x(point.lessons), y1: ends[0], y2: ends[1], stroke: 'var(--accent)'}),
      drawing('text', {x: x(point.lessons), y: HEIGHT - 12, 'text-anchor': 'end'}, count(point.lessons)));
  }
  return [picture, element('p', {style: 'margin:2px 0 0'}, said)];
}

function percentage(value) { return `${value > 0 ? '+' : ''}${value.toFixed(1)} %`; }
