// All devices at once: who is served by whom, how much each server has to do, how fairly all gain, and who was moved.
import {clock, count, element, percent, seconds} from './format.js';

const LABELLED = 36; // more devices are lines without names
const LINES = 200; // more are bands
const MOVES = 30;
const ALONE = 'alone';

export class Together {
  constructor(box, site) {
    this.box = box;
    this.site = site;
    this.lines = []; // of the drawing: {name, y}
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      this.picture = null;
      if (this.parts?.canvas.isConnected) this.update();
    });
  }

  enter() {
    const parts = {
      title: element('div', {class: 'title'}),
      canvas: element('canvas', {class: 'ribbons', role: 'img', tabindex: '-1'}),
      servers: element('tbody'),
      moves: element('ol', {class: 'moves'}),
    };
    const head = ['server', 'devices', 'busy', 'processor', 'whom'].map((name) => element('th', {scope: 'col', title: TIPS[name]}, name));
    this.box.replaceChildren(
      parts.title, parts.canvas,
      element('div', {class: 'panel scrolls'}, element('h3', {}, 'Servers'),
        element('table', {class: 'servers'}, element('thead', {}, element('tr', {}, ...head)), parts.servers)),
      element('div', {class: 'panel'}, element('h3', {}, 'Moved lately'), parts.moves));
    parts.canvas.addEventListener('click', (event) => this.open(event));
    parts.canvas.addEventListener('mousemove', (event) => { parts.canvas.title = this.at(event)?.name ?? ''; });
    this.parts = parts;
    this.picture = null;
  }

  update() {
    if (!this.parts?.canvas.isConnected) this.enter();
    const groups = grouped([...this.site.agents.values()]);
    const devices = groups.flatMap((group) => group.devices);
    this.parts.title.replaceChildren(element('strong', {}, 'Who serves whom'), ...facts(this.site.summary, groups, devices));
    this.parts.servers.replaceChildren(...groups.map(row));
    this.moves();
    const picture = JSON.stringify([this.box.clientWidth, groups.map((group) => [
      group.name, percent(busy(group)),
      ...group.devices.map((device) => [device.name, late(device), devices.length <= LABELLED && seconds(device.latencySeconds)])])]);
    if (picture !== this.picture) this.draw(groups, devices);
    this.picture = picture;
  }

  moves() {
    const moved = this.site.decisions.filter((each) => each.reason === 'MOVED').slice(0, MOVES);
    this.parts.moves.replaceChildren(...(moved.length ? moved.map(sentence) : [element('li', {class: 'empty'}, quiet(this.site.summary))]));
  }

  draw(groups, devices) {
    const {canvas} = this.parts;
    const width = Math.max(280, this.box.clientWidth - 26);
    const height = Math.max(220, Math.min(520, 14 * devices.length, 80 * groups.length + 200));
    const scale = devicePixelRatio;
    canvas.width = width * scale;
    canvas.height = height * scale;
    canvas.style.height = `${height}px`;
    canvas.setAttribute('aria-label', groups.map((group) => `${group.name}: ${count(group.devices.length)} devices`).join(', '));
    const pen = canvas.getContext('2d');
    pen.scale(scale, scale);
    pen.font = '12px system-ui, sans-serif';
    pen.textBaseline = 'middle';
    this.lines = ribbons(pen, groups, devices, {width, height});
  }

  at(event) {
    const y = event.offsetY;
    return this.lines.reduce((best, line) => (Math.abs(line.y - y) < Math.abs((best?.y ?? Infinity) - y) ? line : best), null);
  }

  open(event) {
    const line = this.at(event);
    if (line) location.hash = `#/agent/${encodeURIComponent(line.name)}`;
  }
}

const TIPS = {
  server: 'An agent that computes for others',
  devices: 'How many devices it helps at present',
  busy: 'Share of its time that the present plans take: frames a second times seconds a frame',
  processor: 'Share of its processor in use, as it reports',
  whom: 'Devices that it helps',
};

// Servers with the devices that they help, by name; last those that nobody helps. Of several helpers the first counts.
function grouped(agents) {
  const byName = (a, b) => a.name.localeCompare(b.name, 'en', {numeric: true});
  const groups = new Map(agents.filter((agent) => agent.roles.includes('server')).sort(byName)
    .map((agent) => [agent.name, {name: agent.name, agent, devices: []}]));
  const alone = {name: ALONE, devices: []};
  for (const agent of agents.filter((each) => each.roles.includes('device')).sort(byName)) {
    (groups.get(agent.helpers?.[0]) ?? alone).devices.push(agent);
  }
  const all = [...groups.values(), alone];
  for (const group of all) group.devices.sort((a, b) => late(a) - late(b)); // the late ones last
  return all;
}

const busy = (group) => group.devices.reduce((sum, device) => sum + (device.framesPerSecond ?? 0) * (device.remoteSeconds ?? 0), 0);

// Jain's index of how many times faster than alone each device is: 1 if all gain alike.
function fairness(devices) {
  const gains = devices.filter((each) => each.latencySeconds > 0 && each.aloneSeconds > 0).map((each) => each.aloneSeconds / each.latencySeconds);
  const sum = gains.reduce((a, b) => a + b, 0);
  const squares = gains.reduce((a, b) => a + b * b, 0);
  return gains.length ? (sum * sum) / (gains.length * squares) : undefined;
}

const late = (device) => device.latencySeconds > device.deadlineSeconds;

function facts(summary, groups, devices) {
  const fair = fairness(devices);
  return [
    [`${count(devices.length)} devices, ${count(groups.length - 1)} servers`],
    [`${count(groups.at(-1).devices.length)} alone`, 'Devices that no server helps at present'],
    [`${count(devices.filter(late).length)} late`, 'Devices whose last frames came after their deadline'],
    [`fairness ${fair === undefined ? '–' : fair.toFixed(2)}`, "Jain's index of how many times faster than alone each device is: 1 if all gain alike"],
    [`servers chosen by ${summary?.targeting ?? '–'}`, 'each: every device for itself; else the site as a whole (cleave.controller.targeting)'],
    ...(summary?.stabilityChecks ? [[`stable in ${count(summary.stabilityChecks - summary.stabilityBlocked)} of ${count(summary.stabilityChecks)} samples`,
      'Once a second the device that reports is tried against every other and every open place: would both gain by changing?']] : []),
  ].map(([text, title]) => element('span', {title}, text));
}

function row(group) {
  const {agent} = group;
  const there = !agent || agent.standing === 'online';
  const share = busy(group);
  const bar = element('span', {class: share > 1 ? 'meter over' : 'meter'}, element('i', {style: `width:${Math.min(100, 100 * share)}%`}));
  const name = agent ? element('a', {href: `#/agent/${encodeURIComponent(group.name)}`}, group.name) : 'nobody';
  const whom = group.devices.slice(0, 8).map((device) => device.name).join(', ');
  const more = group.devices.length > 8 ? ` and ${count(group.devices.length - 8)} more` : '';
  return element('tr', {class: there ? '' : 'trouble'},
    element('th', {scope: 'row'}, name, there ? '' : ` ▲ ${agent.standing}`),
    element('td', {}, count(group.devices.length)),
    element('td', {}, ...(agent ? [percent(share), bar] : [''])),
    element('td', {}, agent?.machine ? percent(agent.machine.cpuLoad) : ''),
    element('td', {class: 'whom'}, whom + more));
}

function sentence(decision) {
  const words = decision.sentence.split('; ');
  return element('li', {},
    element('time', {}, clock(decision.time)),
    element('a', {href: `#/agent/${encodeURIComponent(decision.agent)}`}, decision.agent),
    element('span', {title: decision.sentence}, words.at(-1)));
}

const quiet = (summary) => summary?.targeting === 'each'
  ? 'Every device chooses for itself, so nobody is moved. cleave.controller.targeting=swap-matching lets the site choose.'
  : 'Nobody was moved lately.';

// Devices to the left, servers to the right, a line for who serves whom, or a band where lines would be too fine.
function ribbons(pen, groups, devices, {width, height}) {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name);
  const names = devices.length <= LABELLED;
  const left = names ? 120 : 14;
  const right = width - Math.min(190, width / 3);
  const step = height / Math.max(1, devices.length);
  const gap = 10;
  const shown = groups.filter((group) => group.agent || group.devices.length);
  const unit = (height - gap * (shown.length + 1) - 18 * shown.length) / Math.max(1, devices.length);
  const lines = [];
  let y = 0;
  let top = gap;
  for (const group of shown) {
    const tall = 18 + unit * group.devices.length;
    pen.fillStyle = colour(group.agent ? '--server-ground' : '--line');
    pen.fillRect(right, top, 8, tall);
    for (const same of [group.devices.filter((each) => !late(each)), group.devices.filter(late)]) {
      const end = top + 9 + unit * group.devices.indexOf(same[0]);
      pen.strokeStyle = pen.fillStyle = colour(same.some(late) ? '--bad' : group.agent ? '--server' : '--link');
      if (devices.length > LINES && same.length) band(pen, {left, right, y, tall: step * same.length, end, wide: unit * same.length});
      same.forEach((device, i) => {
        const at = y + step / 2;
        if (devices.length <= LINES) line(pen, {left, right, y: at, end: end + unit * (i + 0.5), width: Math.max(0.8, Math.min(3, unit * 0.7)), dashed: late(device)});
        lines.push({name: device.name, y: at, text: `${device.name}  ${seconds(device.latencySeconds)}`});
        y += step;
      });
    }
    caption(pen, group, {x: right + 14, y: top + tall / 2, narrow: width < 560}, colour);
    top += tall + gap;
  }
  pen.fillStyle = colour('--ink');
  pen.textAlign = 'right';
  if (names) lines.forEach((each) => pen.fillText(each.text, left - 6, each.y));
  return lines;
}

function line(pen, {left, right, y, end, width, dashed}) {
  const middle = (left + right) / 2;
  pen.lineWidth = width;
  pen.setLineDash(dashed ? [4, 3] : []);
  pen.beginPath();
  pen.moveTo(left, y);
  pen.bezierCurveTo(middle, y, middle, end, right, end);
  pen.stroke();
}

function band(pen, {left, right, y, tall, end, wide}) {
  const middle = (left + right) / 2;
  pen.globalAlpha = 0.5;
  pen.beginPath();
  pen.moveTo(left, y);
  pen.bezierCurveTo(middle, y, middle, end, right, end);
  pen.lineTo(right, end + wide);
  pen.bezierCurveTo(middle, end + wide, middle, y + tall, left, y + tall);
  pen.fill();
  pen.globalAlpha = 1;
}

function caption(pen, group, {x, y, narrow}, colour) {
  pen.textAlign = 'left';
  pen.fillStyle = colour('--ink');
  pen.fillText(group.agent ? group.name : 'nobody', x, y - 7);
  pen.fillStyle = colour('--soft');
  const helped = count(group.devices.length);
  const words = narrow ? helped : `${helped} ${group.devices.length === 1 ? 'device' : 'devices'}`;
  const share = narrow ? percent(busy(group)) : `busy ${percent(busy(group))}`;
  pen.fillText(group.agent ? `${words}, ${share}` : words, x, y + 8);
}
