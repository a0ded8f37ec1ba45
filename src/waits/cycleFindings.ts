// cycleFindings.ts
// Cycles of two or more classes, as findings.

import { throwIfCancelled } from '../base/cancel.ts';
import type { Token } from '../base/cancel.ts';
import type { Effects, Root } from '../effects/results.ts';
import { folderOf } from '../program/unitFiles.ts';
import { belief } from './confidence.ts';
import { classesOf, cyclesOf } from './cycles.ts';
import type { Cycle } from './cycles.ts';
import type { Evidence } from './evidence.ts';
import { areOpposite, blocks, isKeptOut, isStopped } from './feasible.ts';
import type { Edge, Finding } from './finding.ts';
import { fingerprint } from './fingerprint.ts';
import { compare, WaitGraph } from './graph.ts';
import type { Doubt, Link } from './link.ts';
import { linksOf } from './links.ts';
import { otherRoots } from './others.ts';
import { inOrderOfTelling, isLockLike, titleOf, unseenByLockdep } from './story.ts';

export function cycleFindings(effects: Effects, evidence: Evidence, token: Token): readonly Finding[] {
  const graph = new WaitGraph(linksOf(effects, evidence, token), token);
  const protocols = protocolsIn(effects);
  const areApart = (a: Link, b: Link): boolean => shareNoGlobal(a, b) && evidence.areApart(a.root, b.root);
  const written = effects.wants.flatMap(({ mode, waitable }) => (mode === 'exclusive' ? waitable.key : []));
  const isOneLock = oneByTwoNames(effects);
  return cyclesOf(graph, new Set(written), areApart, token).flatMap((cycle) => {
    throwIfCancelled(token);
    return isOneLock(cycle) ? [] : [findingOf(cycle, graph, { protocols, areApart })];
  });
}

/** A pointer of the core, and the lock of the driver at which it points: who wants one with the other wants it twice. */
function oneByTwoNames({ wants }: Effects): (cycle: Cycle) => boolean {
  const pairs = new Set(
    wants.flatMap(({ waitable, pointer }) => (pointer ? `${pointer} ${waitable.key}` : [])),
  );
  return ({ links }) =>
    links.some(({ from }) => links.some((other) => pairs.has(`${from.key} ${other.from.key}`)));
}

interface Between {
  readonly protocols: ReadonlySet<string>;
  readonly areApart: (a: Link, b: Link) => boolean;
}

/** What both meet at lies in objects, of which each driver has its own. */
function shareNoGlobal(a: Link, b: Link): boolean {
  const common = [a.from.key, a.to.key].filter((key) => key === b.from.key || key === b.to.key);
  return common.length > 0 && common.every((key) => key.includes('.') && !key.includes('/'));
}

function findingOf(cycle: Cycle, graph: WaitGraph, between: Between): Finding {
  const links = inOrderOfTelling(cycle.links);
  const classes = links.map((link) => link.from);
  const rule = classes.every(isLockLike) ? 'lock-cycle' : 'wait-cycle';
  const strength =
    'Every class is known, every call leads to one function, and nothing keeps the threads apart.';
  return {
    id: fingerprint([rule, ...classesOf(links)]),
    rule,
    ...belief(doubtsOf(links, between), strength),
    edges: links.map(edgeOf),
    title: titleOf(links),
    assumptions: [...new Set(links.flatMap((link) => link.assumptions))].sort(compare),
    unseenByLockdep: unseenByLockdep(classes),
    alsoFrom: otherRoots(
      links.map(({ root }) => root),
      rootsOf(links, graph),
    ),
  };
}

function doubtsOf(links: readonly Link[], { protocols, areApart }: Between): readonly Doubt[] {
  const doubts = links.flatMap((link) => link.doubts);
  links.forEach((link, i) => {
    const next = links[(i + 1) % links.length]!;
    if (areOtherKinds(link, next, protocols)) doubts.push('kinds');
    if (isOfSomeObject(link, next)) doubts.push('instance');
    if (links.some((other) => other !== link && isStopped(link, other))) doubts.push('stopped');
    if (links.some((other) => other !== link && areOpposite(link, other))) doubts.push('opposite');
    if (links.some((other) => other !== link && areApart(link, other))) doubts.push('apart');
    if (!isKeptOut(link, next)) doubts.push('queued');
    else if (!blocks(link, next)) doubts.push('nested');
  });
  if (links.every((link) => link.isInside)) doubts.push('inside');
  return doubts;
}

// The core holds it for the object of the callback; the other side comes to it by a way of its own, which may lead to
// another object: a disk below, a device beside it.
const isOfSomeObject = (link: Link, next: Link): boolean =>
  !perProcess.has(link.to.key) &&
  next.origin === 'caller' &&
  link.toInstance === '' &&
  link.to.key.includes('.') &&
  isLockLike(link.to);

// All threads of a process share it: whoever maps the file of a driver can also pass the mapping to its calls.
const perProcess: ReadonlySet<string> = new Set(['mm_struct.mmap_lock']);

// What the core embeds in the objects of every protocol, and lockdep tells apart by protocol: code of the file of
// another protocol means another lock.
const perProtocol: ReadonlySet<string> = new Set(['sock.sk_lock']);

function areOtherKinds(link: Link, next: Link, protocols: ReadonlySet<string>): boolean {
  if (!perProtocol.has(link.to.key)) return false;
  const taking = link.steps().findLast(({ path }) => protocols.has(path));
  const taken = next.steps().find(({ path }) => protocols.has(path));
  const [one, other] = [(taking ?? link.root).path, (taken ?? next.root).path];
  if (one === other) return false;
  return (taking !== undefined && taken !== undefined) || !areOfOneProtocol(one, other, protocols);
}

/** A work or a timer beside the only protocol of a folder belongs to that. */
function areOfOneProtocol(one: string, other: string, protocols: ReadonlySet<string>): boolean {
  const folder = folderOf(one);
  if (folder !== folderOf(other)) return false;
  return [...protocols].filter((path) => folderOf(path) === folder).length <= mostFilesOfOne;
}

// One with the calls of sockets, and one that tells the rest of the network of it.
const mostFilesOfOne = 2;

/** Files with the operations of sockets. */
function protocolsIn({ wants }: Effects): ReadonlySet<string> {
  return new Set(wants.flatMap(({ root: { via, path } }) => (/^proto(?:_ops)?\./.test(via) ? [path] : [])));
}

export function edgeOf(link: Link): Edge {
  const held = link.held.filter((one) => one.waitable.kind !== 'cpu').map((one) => one.waitable);
  return {
    root: link.root,
    holds: link.from,
    wants: link.to,
    origin: link.origin,
    steps: link.steps(),
    held: [...held].sort((a, b) => compare(a.key, b.key)),
  };
}

/** Roots of threads that could stand in the place of one that is told. */
function rootsOf(links: readonly Link[], graph: WaitGraph): readonly Root[] {
  return links.flatMap((link, i) => {
    const before = links.at(i - 1)!;
    const after = links[(i + 1) % links.length]!;
    const others = links.filter((other) => other !== link);
    return graph
      .replacements(link, others)
      .filter((one) => blocks(before, one) && blocks(one, after))
      .map(({ root }) => root);
  });
}
