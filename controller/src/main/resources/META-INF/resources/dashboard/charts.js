// Five minutes of the link and of the latency, drawn by uPlot at most twice a second.
import {clock, element} from './format.js';

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export class Charts {
  constructor(linkBox, latencyBox) {
    this.boxes = [linkBox, latencyBox];
    this.charts = [];
    this.drawn = 0;
    this.waiting = null;
    new ResizeObserver(() => this.charts.forEach((chart, i) => chart.setSize(size(this.boxes[i])))).observe(linkBox);
  }

  // Changes: when plans were switched, in unix seconds.
  update(view, points, changes) {
    if (this.waiting) return;
    const wait = Math.max(0, 500 - (performance.now() - this.drawn));
    this.waiting = setTimeout(() => { this.waiting = null; this.draw(view, points, changes); }, wait);
  }

  draw(view, points, changes) {
    this.drawn = performance.now();
    const time = points.map((point) => point.unixSeconds);
    const of = (key, scale) => points.map((point) => Number.isFinite(point[key]) ? point[key] * scale : null);
    const local = view.alternatives?.find((each) => each.label === 'local')?.seconds;
    const flat = (value) => points.map(() => (value === undefined ? null : 1000 * value));
    const ticks = points.map((point, i) => i > 0 && changes.some((at) => at > time[i - 1] && at <= time[i]) ? 0 : null);
    const data = [
      [time, of('uplinkBitsPerSecond', 1e-6), ticks],
      [time, of('latencySeconds', 1000), of('predictedSeconds', 1000), flat(local), flat(view.deadlineSeconds)],
    ];
    if (this.charts.length === 0) this.charts = data.map((columns, i) => this.chart(i, columns));
    else this.charts.forEach((chart, i) => chart.setData(data[i]));
  }

  chart(which, data) {
    const series = which === 0
      ? [{}, {label: 'Mbit/s', stroke: colour('--link'), fill: colour('--line'), width: 1.5, points: {show: false}},
        {label: 'plan changed', paths: () => null, points: {show: true, size: 7, fill: colour('--accent'), stroke: colour('--accent')}}]
      : [{}, {label: 'measured', paths: () => null, points: {show: true, size: 5, fill: colour('--accent'), stroke: colour('--accent')}},
        line('predicted', '--server'), line('all local', '--device', [6, 4]), line('deadline', '--bad', [2, 3])];
    const axis = {stroke: colour('--soft'), grid: {stroke: colour('--line'), width: 1}, ticks: {show: false}, font: '11px system-ui'};
    return new uPlot({
      ...size(this.boxes[which]), series, cursor: {drag: {x: false, y: false}}, legend: {show: false},
      scales: {y: {range: (plot, low, high) => [0, Math.max(1e-3, 1.1 * (high ?? 1))]}},
      axes: [{...axis, values: (plot, splits) => splits.map(clock)}, {...axis, size: 52}],
    }, data, this.boxes[which]);
  }

  // Themes change under a page that is left open.
  restyle() { this.charts.forEach((chart) => chart.destroy()); this.charts = []; }
}

function line(label, name, dash) {
  return {label, stroke: colour(name), width: 1.5, dash, points: {show: false}, spanGaps: true};
}

function size(box) { return {width: Math.max(200, box.clientWidth), height: 170}; }

// What each mark means: its colour, its name, and its form (see .key in the style sheet), so that nobody needs the colour.
export function key(...parts) {
  return element('ul', {class: 'key'}, ...parts.map(([name, label, form]) =>
    element('li', {}, element('i', {class: form, style: `color:var(${name})`}), label)));
}
