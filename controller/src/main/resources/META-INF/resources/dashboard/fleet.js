// The fleet, those in trouble first. Only the rows in view are in the page, so that a thousand cost no more than ten.
import {element, seconds, percent} from './format.js';

const ROW = 48;
const SPARE = 4;

export class Fleet {
  constructor(box, site, choose) {
    this.box = box;
    this.site = site;
    this.choose = choose;
    this.names = [];
    box.addEventListener('scroll', () => this.draw());
    box.addEventListener('keydown', (event) => this.key(event));
    box.addEventListener('click', (event) => {
      const row = event.target.closest('[data-name]');
      if (row) choose(row.dataset.name);
    });
  }

  update() {
    const agents = [...this.site.agents.values()];
    agents.sort((a, b) => trouble(b) - trouble(a) || a.name.localeCompare(b.name, 'en', {numeric: true}));
    this.names = agents.map((agent) => agent.name);
    this.draw();
  }

  draw() {
    if (this.names.length === 0) {
      this.box.replaceChildren(element('p', {class: 'empty'},
        'No agent has been heard of yet. Start one with this site and broker; it appears here by itself.'));
      return;
    }
    const first = Math.max(0, Math.floor(this.box.scrollTop / ROW) - SPARE);
    const last = Math.min(this.names.length, first + Math.ceil(this.box.clientHeight / ROW) + 2 * SPARE);
    const filler = element('div', {style: `top:0;height:${this.names.length * ROW}px;visibility:hidden`, 'aria-hidden': 'true'});
    // Who was forgotten since the last update has no row.
    const seen = this.names.slice(first, last).filter((name) => this.site.agents.has(name));
    this.box.replaceChildren(filler, ...seen.map((name, i) => this.row(name, first + i)));
  }

  row(name, index) {
    const agent = this.site.agents.get(name);
    const chosen = this.site.chosen?.name === name;
    const row = element('div', {
      role: 'option', id: `row-${name}`, 'data-name': name, 'aria-selected': String(chosen),
      style: `top:${index * ROW}px`,
    });
    if (chosen) this.box.setAttribute('aria-activedescendant', `row-${name}`);
    row.append(element('b', {}, name), spark(this.site.history.get(name)), ...figures(agent));
    return row;
  }

  key(event) {
    const step = {ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -1e9, End: 1e9}[event.key];
    if (!step) return;
    event.preventDefault();
    const at = this.names.indexOf(this.site.chosen?.name);
    const next = Math.max(0, Math.min(this.names.length - 1, at + step));
    this.choose(this.names[next]);
    const top = next * ROW;
    if (top < this.box.scrollTop) this.box.scrollTop = top;
    if (top + ROW > this.box.scrollTop + this.box.clientHeight) this.box.scrollTop = top + ROW - this.box.clientHeight;
  }
}

function figures(agent) {
  if (agent.standing !== 'online' || agent.trouble) {
    const since = agent.reportAgeSeconds === undefined ? '' : `, last report ${seconds(agent.reportAgeSeconds)} ago`;
    return [element('small', {class: 'trouble'}, `▲ ${agent.trouble ?? agent.standing + since}`)];
  }
  if (!agent.roles.includes('device')) {
    const load = agent.machine ? `processor ${percent(agent.machine.cpuLoad)}` : agent.deviceClass;
    return [element('small', {}, `server, ${agent.deviceClass}`), element('small', {class: 'right'}, load)];
  }
  return [element('small', {}, agent.plan ?? 'no plan yet'), latency(agent)];
}

function latency(agent) {
  const cell = element('small', {class: 'right'}, seconds(agent.latencySeconds));
  if (agent.latencySeconds !== undefined && agent.deadlineSeconds !== undefined) {
    const share = agent.latencySeconds / agent.deadlineSeconds;
    cell.append(element('span', {class: share > 1 ? 'meter over' : 'meter', title: `${percent(share)} of the deadline`},
      element('i', {style: `width:${Math.min(100, 100 * share)}%`})));
  }
  return cell;
}

function trouble(agent) {
  if (agent.trouble || agent.standing === 'quarantined') return 3;
  if (agent.standing !== 'online') return 2;
  return agent.latencySeconds > agent.deadlineSeconds ? 1 : 0;
}

function spark(rates = []) {
  const canvas = element('canvas', {width: 144, height: 32, 'aria-hidden': 'true', title: 'uplink, last minute'});
  const most = Math.max(...rates, 1);
  const pen = canvas.getContext('2d');
  pen.strokeStyle = getComputedStyle(document.documentElement).getPropertyValue('--link');
  pen.lineWidth = 2;
  pen.beginPath();
  rates.forEach((rate, i) => pen.lineTo((i / 59) * 144, 30 - (rate / most) * 28));
  pen.stroke();
  return canvas;
}
