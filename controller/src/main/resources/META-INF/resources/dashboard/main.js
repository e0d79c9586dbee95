// One page that people leave open: is everything all right, what does each device do, why, and what changed.
import {clock, count, element, percent, seconds} from './format.js';
import {Detail} from './detail.js';
import {Fleet} from './fleet.js';
import {Site, get} from './site.js';
import {Together} from './together.js';

const id = (name) => document.getElementById(name);
const LINES = 100;

const site = new Site(changed);
const fleet = new Fleet(id('rows'), site, (name) => { location.hash = `#/agent/${encodeURIComponent(name)}`; });
const detail = new Detail(id('detail'), site);
const together = new Together(id('detail'), site);
const atSite = () => location.hash === '#/site';
let asked = null; // the chosen agent is being read again
let painted = null;

function changed(what, value) {
  if (what === 'state') { state(); return; }
  if (what === 'all') { log(); follow(); }
  if (what === 'decision') { add(value); if (value.agent === site.chosen?.name) again(); }
  if (what === 'chosen' && !atSite()) { detail.update(); if (site.chosen?.view) detail.decided(site.chosen); }
  // Many agents report at once; the page is painted twice a second whatever they say.
  painted ??= setTimeout(() => { painted = null; paint(); }, 500);
  if (what === 'all' || what === 'chosen') { clearTimeout(painted); painted = null; paint(); }
}

function paint() {
  state();
  totals();
  fleet.update();
  if (atSite()) together.update();
  else detail.update();
}

function state() {
  const words = {
    connecting: ['wait', 'connecting'],
    live: ['', 'live'],
    'broker-lost': ['lost', 'broker lost: agents keep their plans until the lease ends, then run alone'],
    'controller-lost': ['lost', `controller lost: what you see is ${seconds(site.age)} old`],
  }[site.standing];
  const line = id('state');
  if (line.textContent !== words[1]) line.textContent = words[1];
  line.className = `state ${words[0]}`;
}

function totals() {
  const all = site.summary;
  if (!all) return;
  id('site').textContent = all.site;
  const open = all.framesSubmitted - all.framesCompleted - all.framesLost;
  const figures = [
    ['online', `${count(all.online)} of ${count(all.agents)}`, all.online < all.agents, 'Agents whose status and reports say that they are there'],
    ['devices', count(all.devices)], ['servers', count(all.servers)],
    ['frames', count(all.framesCompleted)],
    ['lost', count(all.framesLost), all.framesLost > 0, 'Of sessions that ended before a report said that they were answered'],
    ['under way', count(open), false, 'Submitted and not answered yet'],
    ['late', count(all.framesLate), all.framesLate > 0, 'Answered after their deadline'],
    ['p95', seconds(all.p95Seconds), false, '95 of 100 recent frames were answered within this time'],
    ['refused messages', count(Object.values(all.rejected).reduce((a, b) => a + b, 0)), false, 'Reports that were malformed, repeated or too old; nothing was lost by them'],
  ];
  if (all.learnedDecisions > 0) {
    figures.push(['guarded', percent(all.guardedDecisions / all.learnedDecisions), false, 'Decisions in which what was learned would have taken a plan that the cost model finds dearer than the device alone']);
  }
  id('totals').replaceChildren(...figures.map(([name, value, bad, title]) =>
    element('div', {class: bad ? 'bad' : '', title}, element('dt', {}, name), element('dd', {}, (bad ? '▲ ' : '') + value))));
  const alarm = id('alarm');
  alarm.hidden = all.alarms.length === 0;
  if (alarm.textContent !== all.alarms.join(' ')) alarm.textContent = all.alarms.join(' ');
  const select = id('planner');
  if (document.activeElement !== select && select.value !== all.planner) offer(select, all.planner);
}

function log() { id('log').replaceChildren(...site.decisions.slice(0, LINES).map(sentence)); }

function add(decision) {
  const list = id('log');
  list.prepend(sentence(decision));
  while (list.children.length > LINES) list.lastChild.remove();
}

function sentence(decision) {
  return element('li', {},
    element('time', {}, clock(decision.time)),
    element('a', {href: `#/agent/${encodeURIComponent(decision.agent)}`}, decision.agent),
    element('span', {}, decision.sentence));
}

// The address says which agent is looked at, or that all are; without one, the first device.
function follow() {
  if (atSite()) {
    site.choose(null);
    detail.leave();
    together.enter();
    paint();
    return;
  }
  const named = /^#\/agent\/(.+)$/.exec(location.hash);
  const first = [...site.agents.values()].find((agent) => agent.roles.includes('device'));
  const name = named ? decodeURIComponent(named[1]) : first?.name;
  if (name) site.choose(name);
}

// A new decision: read plan, alternatives and table again, at most once a second.
function again() {
  asked ??= setTimeout(() => { asked = null; site.choose(site.chosen.name); }, 1000);
}

async function methods() {
  const select = id('planner');
  const known = await get('api/planners');
  select.replaceChildren(...known.map((each) => element('option', {}, each.alias)));
  select.addEventListener('change', () => method(select.value));
}

function offer(select, planner) {
  if (![...select.options].some((option) => option.value === planner)) select.append(element('option', {}, planner));
  select.value = planner;
}

async function method(planner) {
  const answer = await fetch('api/planner', {
    method: 'PUT', headers: {'content-type': 'application/json'}, body: JSON.stringify({planner}),
  });
  say(answer.ok ? `Decided by ${planner} from the next reports on.` : `The method was not changed: ${await answer.text()}`);
}

function say(words) {
  id('said').textContent = words;
  setTimeout(() => { id('said').textContent = ''; }, 5000);
}

addEventListener('hashchange', follow);
await methods().catch(() => say('The list of methods cannot be read.'));
await site.start();
