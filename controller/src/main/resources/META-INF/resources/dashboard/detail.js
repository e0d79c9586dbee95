// The agent that is looked at.
import {Charts, key} from './charts.js';
import {bytes, count, element, exitShares, percent, rate, seconds} from './format.js';
import {front} from './front.js';
import {learning} from './learning.js';
import {network} from './network.js';
import {tiles} from './tiles.js';
import {alternatives, envelope} from './why.js';

export class Detail {
  constructor(box, site) {
    this.box = box;
    this.site = site;
    this.parts = null;
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      if (!this.parts) return;
      this.parts.charts?.restyle();
      this.update();
    });
  }

  // Somebody else fills the box from now on.
  leave() { this.parts = null; }

  update() {
    const chosen = this.site.chosen;
    if (!chosen?.view) {
      this.parts = null;
      this.box.replaceChildren(element('p', {class: 'empty'}, nothing(chosen)));
      return;
    }
    if (this.parts?.name !== chosen.name) this.build(chosen);
    this.fill(chosen);
  }

  build({name, view}) {
    const panel = (title, ...rest) => element('div', {class: 'panel'}, element('h3', {}, title, ...rest));
    const csv = element('a', {class: 'data', href: `api/agents/${encodeURIComponent(name)}/series.csv`}, 'CSV');
    const parts = {
      name,
      title: element('div', {class: 'title'}),
      plan: element('p', {class: 'plan'}),
      network: element('div', {class: 'net'}), tiles: element('div'),
      link: element('div'), latency: element('div'),
      why: element('div'), learned: element('div', {class: 'curve'}), envelope: element('div'),
      front: element('div', {class: 'front'}),
    };
    this.box.replaceChildren(parts.title, parts.plan);
    this.parts = parts;
    if (!view.roles.includes('device')) return;
    const wrap = (head, ...body) => { head.append(...body); return head; };
    this.box.append(
      wrap(panel('Network'), parts.network, parts.tiles),
      element('div', {class: 'grid'},
        wrap(panel('Link, Mbit/s', csv), parts.link, key(['--link', 'uplink as estimated'], ['--accent', 'plan changed', 'dot'])),
        wrap(panel('Latency, ms', csv.cloneNode(true)), parts.latency,
          key(['--accent', 'measured', 'dot'], ['--server', 'predicted', 'line'], ['--device', 'all local', 'dashed'], ['--bad', 'deadline', 'dotted'])),
        wrap(panel('Why this plan'), parts.why, parts.learned),
        wrap(panel('Plan table: cost against 1/bandwidth'), parts.envelope),
        wrap(panel('What else could be had: seconds against joules'), parts.front,
          key(['--accent', 'in force', 'diamond'], ['--device', 'all on the device', 'dot'], ['--server', 'with servers', 'dot'], ['--link', 'least joules for the time', 'line']))));
    parts.charts = new Charts(parts.link, parts.latency);
  }

  fill({name, view, points}) {
    const parts = this.parts;
    parts.title.replaceChildren(element('strong', {}, view.name), ...facts(view).map((fact) => element('span', {}, fact)));
    parts.plan.textContent = view.trouble ?? (view.roles.includes('device') ? `${view.plan ?? 'No plan yet'}. ${view.decision?.text ?? ''}` : '');
    if (!parts.charts) return;
    const changes = this.site.decisions.filter((each) => each.agent === name).map((each) => each.time);
    parts.charts.update(view, points, changes);
  }

  // Heavier parts, only when a decision changed.
  decided({view}) {
    if (!this.parts?.charts) return;
    this.parts.network.replaceChildren(view.layers?.length ? network(view) : element('p', {class: 'empty'}, 'The network is not known yet.'));
    this.parts.tiles.replaceChildren(...tiles(view));
    this.parts.why.replaceChildren(alternatives(view));
    learning(this.parts.learned).catch(() => {}); // the page says by itself that the controller is lost
    front(this.parts.front, view).catch(() => {});
    this.parts.envelope.replaceChildren(view.decision ? envelope(view.decision) : element('p', {class: 'empty'}, 'No decision yet.'));
  }
}

function facts(view) {
  const all = [view.deviceClass + (view.paced ? ', paced' : ''), view.roles.join(' and ')];
  if (view.model) all.push(view.model.source);
  if (view.planVersion) all.push(`plan ${count(view.planVersion)}`);
  for (const link of view.links ?? []) all.push(`${link.server} ${rate(link.uplinkBitsPerSecond)}, ${seconds(link.rttSeconds)} there and back`);
  if (view.machine) all.push(`processor ${percent(view.machine.cpuLoad)}`);
  if (view.load?.queueSeconds > 0) all.push(`queue ${seconds(view.load.queueSeconds)}`);
  const needs = view.decision?.memory ?? [];
  if (needs.length) all.push(`memory ${needs.map((need) => `${bytes(need.weightBytes + need.tensorBytes)} on ${need.node}`).join(', ')}`);
  if (view.load?.memoryBytes !== undefined) all.push(`a plan may take ${bytes(view.load.memoryBytes)} here`);
  if (view.machine?.held) all.push(`holds ${bytes(view.machine.held.sliceBytes)} of slices, tensors of a run ${bytes(view.machine.held.peakTensorBytes)} at most`);
  if (view.frames) all.push(`${count(view.frames.completed)} of ${count(view.frames.submitted)} frames answered, ${count(view.frames.rescued)} rescued by the device`);
  const shares = exitShares(view.answers);
  if (shares.length) all.push(`left at exit ${shares.map((share, i) => `${i + 1}: ${percent(share)}`).join(', ')}`);
  if (view.answers?.labelled) all.push(`${(100 * view.answers.right / view.answers.labelled).toFixed(1)} % right of ${count(view.answers.labelled)} labelled frames`);
  if (view.machine?.batteryFraction !== undefined) all.push(`battery ${percent(view.machine.batteryFraction)}`);
  return all;
}

function nothing(chosen) {
  if (!chosen) return 'Choose an agent on the left: its network, its cut, and why.';
  return chosen.silent
    ? `The controller does not answer, so ${chosen.name} cannot be shown.`
    : `There is no agent ${chosen.name} at this site any more.`;
}
