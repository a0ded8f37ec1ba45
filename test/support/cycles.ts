// cycles.ts
// Cycles of an invented driver, as the panel gets them: each shape that the picture and the story have to cope with.

import { positionAt } from '../../src/base/position.ts';
import type { Hop, HopAction, Root, Waitable } from '../../src/effects/results.ts';
import { cycleView } from '../../src/report/cycleView.ts';
import type { CycleContext, CycleView } from '../../src/report/cycleView.ts';
import { findingLines } from '../../src/report/findingText.ts';
import { noPaint } from '../../src/report/paint.ts';
import type { Edge, Finding } from '../../src/waits/finding.ts';
import { root } from './finding.ts';

const folder = 'drivers/net/ethernet/acme/';

/** A step with the line that it stands on; a line that begins with `+` is one of the patch. */
type Step = readonly [
  fn: string,
  place: string,
  action: HopAction,
  target: string,
  text: string,
  via?: string,
];

interface Thread {
  readonly root: Root;
  readonly holds: Waitable;
  readonly wants: Waitable;
  readonly origin?: Edge['origin'];
  readonly steps: readonly Step[];
  readonly held?: readonly Waitable[];
}

const mutex = (name: string): Waitable => ({ kind: 'mutex', name, key: name });
const spinlock = (name: string): Waitable => ({ kind: 'spinlock', name, key: name });

function exampleCycle(
  threads: readonly Thread[],
  about: Partial<Finding> & Pick<Finding, 'rule' | 'title' | 'id'>,
  context: Partial<CycleContext> = {},
): CycleView {
  const lines = new Map<string, string>();
  const edges = threads.map((thread) => edgeOf(thread, lines));
  const finding: Finding = {
    confidence: 'high',
    reasons: ['Every class is known, every call leads to one function, and nothing keeps the threads apart.'],
    assumptions: [],
    unseenByLockdep: undefined,
    alsoFrom: [],
    ...about,
    edges,
  };
  const rows = {
    inScope: (path: string) => path.startsWith(folder),
    lines: (path: string, line: number) => (lines.get(`${path}:${line}`) ?? '').replace(/^\+/, ''),
    isChanged: (path: string, line: number) => lines.get(`${path}:${line}`)?.startsWith('+') === true,
  };
  const text = findingLines(finding, 1, { ...rows, paint: noPaint }).join('\n');
  return cycleView(finding, {
    ...rows,
    status: 'existing',
    course: '',
    text: `${text}\n`,
    reply: '',
    ...context,
  });
}

function edgeOf(thread: Thread, lines: Map<string, string>): Edge {
  const steps = thread.steps.map(([fn, place, action, target, text, via]): Hop => {
    const [file = '', line = ''] = place.split(':');
    const path = file.includes('/') ? file : `${folder}${file}`;
    lines.set(`${path}:${line}`, text);
    return {
      path,
      at: positionAt(Number(line), 8),
      fn,
      action,
      target,
      ...(via === undefined ? {} : { via }),
    };
  });
  return { origin: 'taken', held: [], ...thread, steps };
}

const listMutex = mutex('acme_list_mutex');
const references: Waitable = { kind: 'references', name: 'net_device references', key: 'refs:net_device' };

/** A reference is waited for under a mutex that whoever has the reference wants; fourteen and eight steps. */
export const seed = exampleCycle(
  [
    {
      root: root('acme_set_mtu', { kind: 'callback', via: 'attribute acme_port.mtu_attr' }),
      holds: listMutex,
      wants: references,
      held: [mutex('acme_card.port_mutex'), mutex('device.mutex')],
      // prettier-ignore
      steps: [
        ['acme_unregister_card', 'list.c:375', 'acquire', 'mutex_lock', 'mutex_lock(&acme_list_mutex);'],
        ['acme_unregister_card', 'list.c:379', 'call', 'acme_rescan_locked', 'acme_rescan_locked(card);'],
        ['acme_rescan_locked', 'list.c:328', 'call', 'acme_delete_all', 'acme_delete_all(card);'],
        ['acme_delete_all', 'list.c:317', 'call', 'acme_delete_one', 'acme_delete_one(card->parts[i]);'],
        ['acme_delete_one', 'list.c:146', 'call', 'auxiliary_device_delete', 'auxiliary_device_delete(part);'],
        ['auxiliary_device_delete', 'include/linux/auxiliary_bus.h:247', 'call', 'device_del', 'device_del(&part->dev);'],
        ['device_del', 'drivers/base/core.c:3917', 'call', '__device_release_driver', ''],
        ['__device_release_driver', 'drivers/base/dd.c:1336', 'indirect-call', 'auxiliary_bus_remove', '', 'bus_type.remove'],
        ['auxiliary_bus_remove', 'drivers/base/auxiliary.c:229', 'indirect-call', 'acme_en_remove', 'driver->remove(part);', 'auxiliary_driver.remove'],
        ['acme_en_remove', 'en_main.c:252', 'call', 'acme_en_destroy', 'acme_en_destroy(card->netdevs[port]);'],
        ['acme_en_destroy', 'en_netdev.c:2345', 'call', 'unregister_netdev', 'unregister_netdev(netdev);'],
        ['unregister_netdev', 'net/core/dev.c:11720', 'call', 'rtnl_unlock', 'rtnl_unlock();'],
        ['rtnl_unlock', 'net/core/rtnetlink.c:152', 'call', 'netdev_run_todo', 'netdev_run_todo();'],
        ['netdev_run_todo', 'net/core/dev.c:10977', 'wait', 'holdwait_wait_netdev_references', ''],
      ],
    },
    {
      root: root('acme_en_rebond_work', { kind: 'work', via: 'work acme_en_rebond.work' }),
      holds: references,
      wants: listMutex,
      origin: 'given',
      held: [mutex('acme_card.bond_mutex')],
      // prettier-ignore
      steps: [
        ['call_netdevice_notifiers', 'net/core/dev.c:2122', 'indirect-call', 'acme_en_event', '', 'notifier chain'],
        ['acme_en_event', 'en_netdev.c:3039', 'call', 'acme_en_queue_rebond', '+acme_en_queue_rebond(netdev, bonded);'],
        ['acme_en_queue_rebond', 'en_netdev.c:2926', 'get', 'dev_hold', '+dev_hold(netdev);'],
        ['acme_en_queue_rebond', 'en_netdev.c:2927', 'queue', 'queue_work', '+queue_work(priv->queue, &rebond->work);'],
        ['acme_en_rebond_work', 'en_netdev.c:2911', 'call', 'acme_rebond', '+acme_rebond(priv->card, rebond->bonded);'],
        ['acme_rebond', 'main.c:1517', 'call', 'acme_bond', '+return bonded ? acme_bond(card) : acme_unbond(card);'],
        ['acme_bond', 'main.c:1425', 'call', 'acme_do_bond', 'ret = acme_do_bond(card, true);'],
        ['acme_do_bond', 'list.c:187', 'acquire', 'mutex_lock', 'mutex_lock(&acme_list_mutex);'],
      ],
    },
  ],
  {
    id: 'bbb3e307fb94',
    rule: 'wait-cycle',
    confidence: 'medium',
    reasons: ['The way is long: each of its conditions may exclude another.'],
    title:
      'acme_set_mtu() holds acme_list_mutex and waits for net_device references, which acme_en_rebond_work() keeps while it wants acme_list_mutex',
    unseenByLockdep: 'Lockdep does not see it: a reference count is not a lock.',
    alsoFrom: ['acme_remove()', 'acme_reset()', 'acme_shutdown()'],
  },
  {
    status: 'introduced',
    course: 'introduced by 2/5',
    reply: '> +\tdev_hold(netdev);\n\nCan this wait forever?\n',
  },
);

const [a, b, c] = [spinlock('acme_ring.lock'), spinlock('acme_card.ctx_lock'), spinlock('acme_queue.lock')];

export const threeLocks = exampleCycle(
  [
    {
      root: root('acme_event', { kind: 'notifier', via: 'notifier netdev_chain' }),
      holds: a,
      wants: b,
      // prettier-ignore
      steps: [
        ['acme_event', 'main.c:339', 'acquire', 'spin_lock_bh', 'spin_lock_bh(&ring->lock);'],
        ['acme_event', 'main.c:343', 'call', 'acme_get_part', 'part = acme_get_part(card, ACME_ETH, port);'],
        ['acme_get_part', 'list.c:255', 'acquire', 'spin_lock_irqsave', 'spin_lock_irqsave(&card->ctx_lock, flags);'],
      ],
    },
    {
      root: root('acme_modify_card', { kind: 'callback', via: 'acme_ops.modify_card' }),
      holds: b,
      wants: c,
      // prettier-ignore
      steps: [
        ['acme_dispatch', 'list.c:189', 'acquire', 'spin_lock_irqsave', 'spin_lock_irqsave(&card->ctx_lock, flags);'],
        ['acme_dispatch', 'list.c:193', 'indirect-call', 'acme_fatal', 'part->ops->event(card, part, type);', 'acme_part_ops.event'],
        ['acme_fatal', 'main.c:1064', 'acquire', 'spin_lock_irqsave', 'spin_lock_irqsave(&queue->lock, flags);'],
      ],
    },
    {
      root: root('acme_post', { kind: 'callback', via: 'acme_ops.post' }),
      holds: c,
      wants: a,
      // prettier-ignore
      steps: [
        ['acme_post', 'queue.c:561', 'acquire', 'spin_lock_irqsave', 'spin_lock_irqsave(&queue->lock, flags);'],
        ['acme_post', 'queue.c:741', 'call', 'acme_build_header', 'err = acme_build_header(queue, wr, &length);'],
        ['acme_build_header', 'queue.c:55', 'acquire', 'spin_lock_bh', 'spin_lock_bh(&ring->lock);'],
      ],
    },
  ],
  {
    id: 'cf726f2458aa',
    rule: 'lock-cycle',
    title:
      'acme_event() holds acme_ring.lock and wants acme_card.ctx_lock, which acme_modify_card() keeps while it wants acme_queue.lock, which acme_post() keeps while it wants acme_ring.lock',
  },
);

/** What lockdep said of two threads, one of them with a function that the tree does not have. */
export const splat: CycleView = {
  ...threeLocks,
  id: 'lockdep',
  seen: 'seen by lockdep on 6.12.3+ #2 Not tainted, in acmectl/377',
  assumptions: ['acme_dispatch() is not found in this tree.'],
  threads: threeLocks.threads.map((thread) => ({
    ...thread,
    rows: thread.rows.map((row) =>
      row.kind === 'step' && row.fn === 'acme_dispatch' ? { ...row, path: '', code: 'acme_dispatch()' } : row,
    ),
  })),
};

const commandMutex = mutex('acme_cmd.slave_mutex');

export const selfDeadlock = exampleCycle(
  [
    {
      root: root('acme_modify_card', { kind: 'callback', via: 'acme_ops.modify_card' }),
      holds: commandMutex,
      wants: commandMutex,
      // prettier-ignore
      steps: [
        ['acme_slave_cmd', 'cmd.c:519', 'acquire', 'mutex_lock', 'mutex_lock(&card->cmd.slave_mutex);'],
        ['acme_slave_cmd', 'cmd.c:530', 'call', 'acme_process', 'ret = acme_process(card, card->function, vhcr);'],
        ['acme_process', 'cmd.c:1772', 'call', '__acme_cmd', 'err = __acme_cmd(card, in_param, &out_param);'],
        ['__acme_cmd', 'cmd.c:800', 'call', 'acme_slave_cmd', 'return acme_slave_cmd(card, in_param, out_param);'],
        ['acme_slave_cmd', 'cmd.c:519', 'acquire', 'mutex_lock', 'mutex_lock(&card->cmd.slave_mutex);'],
      ],
    },
  ],
  {
    id: '91c7d65727a8',
    rule: 'self-deadlock',
    confidence: 'medium',
    reasons: ['A function calls itself on the way: what ends that may also keep it from coming this far.'],
    title: 'acme_modify_card() takes acme_cmd.slave_mutex while it holds it already',
  },
);

export const leak = exampleCycle(
  [
    {
      root: root('acme_write'),
      holds: mutex('acme_card.lock'),
      wants: mutex('acme_card.lock'),
      // prettier-ignore
      steps: [
        ['acme_write', 'main.c:48', 'acquire', 'mutex_lock', 'mutex_lock(&card->lock);'],
        ['acme_write', 'main.c:50', 'call', 'return', '+return -EINVAL;'],
        ['acme_write', 'main.c:55', 'release', 'acme_card.lock', 'mutex_unlock(&card->lock);'],
      ],
    },
  ],
  {
    id: 'd9ad477b2c54',
    rule: 'lock-leak',
    reasons: ['Another way out of the same function lets it go.'],
    title: 'acme_write() returns with acme_card.lock held',
  },
  { status: 'introduced', course: 'introduced by the patch' },
);

const portLock = spinlock('acme_port.lock');
const interrupt: Waitable = { kind: 'irq', name: 'acme_interrupt()', key: 'irq:acme_interrupt' };

export const irq = exampleCycle(
  [
    {
      root: root('acme_add_gid', { kind: 'callback', via: 'acme_ops.add_gid' }),
      holds: portLock,
      wants: interrupt,
      steps: [['acme_add_gid', 'main.c:275', 'acquire', 'spin_lock_bh', 'spin_lock_bh(&port->lock);']],
    },
    {
      root: root('acme_interrupt', { kind: 'irq', context: 'hardirq', via: 'irq pci_dev.irq' }),
      holds: interrupt,
      wants: portLock,
      origin: 'running',
      held: [spinlock('acme_card.ctx_lock')],
      // prettier-ignore
      steps: [
        ['acme_interrupt', 'eq.c:858', 'call', 'acme_poll_eq', 'work |= acme_poll_eq(card, &card->eqs[i]);'],
        ['acme_poll_eq', 'eq.c:609', 'call', 'acme_dispatch', 'acme_dispatch(card, ACME_PORT_DOWN, port);'],
        ['acme_dispatch', 'list.c:193', 'indirect-call', 'acme_part_event', 'part->ops->event(card, part, type);', 'acme_part_ops.event'],
        ['acme_part_event', 'main.c:1249', 'call', 'rdma_create_ah', 'ah = rdma_create_ah(card->agent->pd, &attr);'],
        ['rdma_create_ah', 'drivers/infiniband/core/verbs.c:577', 'call', '_rdma_create_ah', 'ah = _rdma_create_ah(pd, attr, flags, NULL);'],
        ['_rdma_create_ah', 'drivers/infiniband/core/verbs.c:530', 'call', 'rdma_fill', 'ret = rdma_fill(ah);'],
        ['rdma_fill', 'drivers/infiniband/core/verbs.c:510', 'call', 'rdma_ask', 'return rdma_ask(ah);'],
        ['rdma_ask', 'drivers/infiniband/core/verbs.c:536', 'indirect-call', 'acme_create_ah', 'ret = device->ops.create_ah(ah, &init, NULL);', 'ib_device_ops.create_ah'],
        ['acme_create_ah', 'main.c:1160', 'acquire', 'spin_lock_irqsave', 'spin_lock_irqsave(&port->lock, flags);'],
      ],
    },
  ],
  {
    id: '56d0f6d5201e',
    rule: 'irq-deadlock',
    title: 'acme_add_gid() takes acme_port.lock with interrupts on, and acme_interrupt() takes it in one',
    assumptions: ['acme_part_ops.event is acme_part_event(), one of 2 that it can be.'],
  },
);

export const sleeping = exampleCycle(
  [
    {
      root: root('acme_process_mad', { kind: 'callback', via: 'ib_device_ops.process_mad' }),
      holds: spinlock('acme_card.sm_lock'),
      wants: { kind: 'cpu', name: 'the processor', key: 'cpu' },
      // prettier-ignore
      steps: [
        ['acme_forward', 'mad.c:404', 'acquire', 'spin_lock_irqsave', 'spin_lock_irqsave(&card->sm_lock, flags);'],
        ['acme_forward', 'mad.c:407', 'call', 'acme_count', 'acme_count(card, trap);'],
        ['acme_count', 'mad.c:953', 'wait', 'mutex_lock', 'mutex_lock(&card->counters[port].mutex);'],
      ],
    },
  ],
  {
    id: '453d05f7de89',
    rule: 'sleep-in-atomic',
    confidence: 'low',
    title: 'acme_count() may sleep in mutex_lock() with acme_card.sm_lock held',
  },
  { status: 'fixed', course: 'gone by 4/5' },
);

/** So many threads, each holding what the one before wants, through all kinds of things. */
export function circleOf(count: number): CycleView {
  const kinds = ['mutex', 'work', 'completion', 'rwsem', 'timer', 'device'] as const;
  const things = Array.from({ length: count }, (_, i): Waitable => {
    const kind = kinds[i % kinds.length] ?? 'mutex';
    return { kind, name: `acme_stage${i}.${kind === 'mutex' ? 'lock' : kind}`, key: `stage${i}` };
  });
  const threads = things.map((holds, i): Thread => {
    const wants = things[(i + 1) % count]!;
    const fn = `acme_stage${i}_run`;
    const isLock = wants.kind === 'mutex' || wants.kind === 'rwsem';
    return {
      root: root(fn),
      holds,
      wants,
      origin: holds.kind === 'work' || holds.kind === 'timer' ? 'running' : 'taken',
      // prettier-ignore
      steps: [
        [fn, `stage${i}.c:${20 + i}`, 'acquire', 'acme_enter', `acme_enter(&stage->next[${i}]);`],
        [fn, `stage${i}.c:${24 + i}`, 'call', `${fn}_next`, `err = ${fn}_next(stage, GFP_KERNEL);`],
        [`${fn}_next`, `stage${i}.c:${80 + i}`, isLock ? 'acquire' : 'wait', 'acme_next', `acme_next(&${wants.name});`],
      ],
    };
  });
  return exampleCycle(threads, {
    id: `circle${count}`,
    rule: 'wait-cycle',
    title: `${count} stages of acme wait for each other, from acme_stage0_run() back to itself`,
  });
}
