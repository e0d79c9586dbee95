// What the controller says, kept up to date by its stream; everything else on the page draws this.

const KEPT_POINTS = 600;
const KEPT_LINES = 200;
const STALE_SECONDS = 10;

export class Site {
  constructor(changed) {
    this.changed = changed;
    this.summary = null;
    this.agents = new Map();
    this.decisions = [];
    this.history = new Map(); // agent -> uplink rates, newest last
    this.chosen = null; // {name, view, points, silent} of the agent that is looked at
    this.heard = 0; // when, in ms
    this.connected = false;
  }

  async start() {
    await this.load();
    const stream = new EventSource('api/stream');
    // After an interruption events were missed: read everything again.
    stream.onopen = () => this.connected || this.load();
    stream.onerror = () => { this.connected = false; this.changed('state'); };
    stream.addEventListener('site', (event) => this.take('site', event));
    stream.addEventListener('agent', (event) => this.take('agent', event));
    stream.addEventListener('gone', (event) => this.take('gone', event));
    stream.addEventListener('decision', (event) => this.take('decision', event));
    setInterval(() => this.changed('state'), 1000);
  }

  async load() {
    try {
      const [summary, agents, decisions] =
        await Promise.all([get('api/site'), get('api/agents'), get('api/decisions?limit=100')]);
      this.summary = summary;
      this.agents = new Map(agents.map((agent) => [agent.name, agent]));
      this.decisions = decisions;
      this.alive();
      this.changed('all');
    } catch (unreachable) {
      this.connected = false;
      this.changed('state');
    }
  }

  get age() { return this.heard === 0 ? Infinity : (Date.now() - this.heard) / 1000; }

  get standing() {
    if (!this.connected || this.age > STALE_SECONDS) return this.heard === 0 ? 'connecting' : 'controller-lost';
    return this.summary?.brokerConnected === false ? 'broker-lost' : 'live';
  }

  async choose(name) {
    if (name === null) { this.chosen = null; return; }
    const path = `api/agents/${encodeURIComponent(name)}`;
    try {
      const [view, points] = await Promise.all([get(path), get(`${path}/series`)]);
      this.chosen = {name, view, points};
    } catch (failed) {
      const silent = failed instanceof TypeError; // nobody answered at all
      if (silent && this.chosen?.name === name && this.chosen.view) return; // last heard, and its age stands above
      this.chosen = {name, view: null, points: [], silent};
    }
    this.changed('chosen');
  }

  take(kind, event) {
    const value = JSON.parse(event.data);
    this.alive();
    if (kind === 'site') this.summary = value;
    if (kind === 'agent') this.takeAgent(value);
    if (kind === 'gone') this.takeGone(value);
    if (kind === 'decision') this.takeDecision(value);
    this.changed(kind, value);
  }

  takeAgent(agent) {
    this.agents.set(agent.name, agent);
    const uplink = agent.links?.[0]?.uplinkBitsPerSecond;
    const history = this.history.get(agent.name) ?? [];
    history.push(uplink ?? 0);
    if (history.length > 60) history.shift();
    this.history.set(agent.name, history);
    if (this.chosen?.name !== agent.name || !this.chosen.view) return;
    Object.assign(this.chosen.view, agent);
    this.chosen.points.push({
      unixSeconds: Date.now() / 1000,
      uplinkBitsPerSecond: uplink,
      latencySeconds: agent.latencySeconds,
      predictedSeconds: agent.predictedSeconds,
      planVersion: agent.planVersion,
    });
    if (this.chosen.points.length > KEPT_POINTS) this.chosen.points.shift();
  }

  // Forgotten by the controller. The page is painted anew soon, however many go at once.
  takeGone({name}) {
    this.agents.delete(name);
    this.history.delete(name);
    if (this.chosen?.name === name) this.chosen.view = null;
  }

  takeDecision(decision) {
    this.decisions.unshift(decision);
    this.decisions.length = Math.min(this.decisions.length, KEPT_LINES);
  }

  alive() { this.heard = Date.now(); this.connected = true; }
}

export async function get(path) {
  const answer = await fetch(path, {headers: {accept: 'application/json'}});
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}
