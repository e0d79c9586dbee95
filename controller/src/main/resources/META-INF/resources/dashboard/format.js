// Numbers as people read them: with units, milliseconds below one second, thousands grouped.

const grouped = new Intl.NumberFormat('en');

export const count = (n) => grouped.format(n ?? 0);

export function seconds(s) {
  if (s === undefined || s === null || !isFinite(s)) return '–';
  return s < 1 ? `${(1000 * s).toFixed(s < 0.01 ? 1 : 0)} ms` : `${s.toFixed(s < 10 ? 2 : 1)} s`;
}

export const joules = (j) => (j === undefined ? '–' : j < 0.1 ? `${significant(1000 * j)} mJ` : `${significant(j)} J`);

export function rate(bits) {
  if (bits === undefined || bits === null) return '–';
  return `${significant(bits / 1e6)} Mbit/s`;
}

export function bytes(n) {
  if (n < 1000) return `${n} B`;
  return n < 1e6 ? `${significant(n / 1e3)} kB` : `${significant(n / 1e6)} MB`;
}

export const percent = (share) => `${Math.round(100 * share)} %`;

// Of the frames that left at an exit, the share of each exit.
export function exitShares(answers) {
  const all = answers?.byExit ?? [];
  const sum = all.reduce((total, frames) => total + frames, 0);
  return sum > 0 ? all.map((frames) => frames / sum) : [];
}

export const clock = (unix) => new Date(1000 * unix).toLocaleTimeString('en-GB');

function significant(x) {
  if (x === 0) return '0';
  return x < 10 ? x.toPrecision(2) : x < 100 ? x.toFixed(1) : x.toFixed(0);
}

// "0-5,8" as a set of indices.
export function layers(ranges) {
  const set = new Set();
  for (const range of ranges.split(',')) {
    const [from, to] = range.split('-').map(Number);
    for (let i = from; i <= (to ?? from); i++) set.add(i);
  }
  return set;
}

// Elements without innerHTML: what agents call themselves is text and never markup.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  set(made, attributes, children);
  return made;
}

export function drawing(name, attributes = {}, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  set(made, attributes, children);
  return made;
}

function set(made, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== undefined));
}
