// reviews.ts
// Answers reviews, tells their progress, and keeps the texts of the last ones, so that an editor can show any state of a
// patched file.

import type { Token } from '../base/cancel.ts';
import type { ReviewProgress } from '../engine/review.ts';
import type { StateTexts } from '../engine/reviewReport.ts';
import type { ServerEnvironment, TellReview } from './environment.ts';
import type {
  CommitsAnswer,
  CommitsParams,
  ReviewAnswer,
  ReviewedTextAnswer,
  ReviewedTextParams,
  ReviewParams,
} from './protocol.ts';
import type { Trees } from './trees.ts';

export type WorkToken = NonNullable<ReviewParams['workDoneToken']>;

/** As the language server protocol has it. */
export type WorkValue =
  | {
      readonly kind: 'begin';
      readonly title: string;
      readonly cancellable: boolean;
      readonly percentage: number;
    }
  | { readonly kind: 'report'; readonly message: string; readonly percentage: number }
  | { readonly kind: 'end' };

// The texts of a series of a hundred patches to large drivers.
const mostBytes = 64 * 1024 * 1024;

export class Reviews {
  readonly #trees: Pick<Trees, 'treeFor'>;
  readonly #environment: ServerEnvironment;
  readonly #tell: (token: WorkToken, value: WorkValue) => void;
  /** Oldest first. */
  readonly #texts = new Map<number, StateTexts>();
  // A server that was started anew must not answer for the reviews of the one before.
  #count = Date.now();

  constructor(
    trees: Pick<Trees, 'treeFor'>,
    environment: ServerEnvironment,
    tell: (token: WorkToken, value: WorkValue) => void,
  ) {
    this.#trees = trees;
    this.#environment = environment;
    this.#tell = tell;
  }

  async answer({ uri, source, workDoneToken }: ReviewParams, token: Token): Promise<ReviewAnswer> {
    const tree = await this.#trees.treeFor(uri);
    if (!tree) return { kind: 'no-kernel-tree' };
    this.#say(workDoneToken, { kind: 'begin', title: 'Reviewing', cancellable: true, percentage: 0 });
    const tell: TellReview = (progress) => this.#say(workDoneToken, reportOf(progress));
    try {
      const open = await tree.whole();
      const { analyst } = open;
      if (!analyst) return { kind: 'not-available' };
      const found = await tree.beforeAllOthers(() => analyst.review(source, tell, token));
      if ('reason' in found) return { kind: 'refused', reason: found.reason };
      return { kind: 'review', root: tree.root, id: this.#keep(found.texts), ...found.review };
    } finally {
      this.#say(workDoneToken, { kind: 'end' });
    }
  }

  async commits({ uri, most }: CommitsParams, token: Token): Promise<CommitsAnswer> {
    const tree = await this.#trees.treeFor(uri);
    if (!tree) return { kind: 'no-kernel-tree' };
    const disk = this.#environment.diskOf?.(tree.root);
    if (!disk) return { kind: 'not-available' };
    const commits = await disk.recentCommits(most, token);
    return commits ? { kind: 'commits', commits } : { kind: 'no-repository' };
  }

  text({ review, path, state }: ReviewedTextParams): ReviewedTextAnswer {
    const texts = this.#texts.get(review);
    if (!texts) return { kind: 'forgotten' };
    const bytes = texts
      .slice(0, state + 1)
      .findLast((changed) => changed.has(path))
      ?.get(path);
    return bytes ? { kind: 'text', text: new TextDecoder().decode(bytes) } : { kind: 'no-file' };
  }

  #keep(texts: StateTexts): number {
    this.#texts.set(++this.#count, texts);
    let bytes = 0;
    for (const [id, kept] of [...this.#texts].toReversed()) {
      bytes += sizeOf(kept);
      if (bytes > mostBytes && id !== this.#count) this.#texts.delete(id);
    }
    return this.#count;
  }

  #say(token: WorkToken | undefined, value: WorkValue): void {
    if (token !== undefined) this.#tell(token, value);
  }
}

const reportOf = ({ done, states }: ReviewProgress): WorkValue => ({
  kind: 'report',
  message: done === 0 ? 'the tree before' : `patch ${done} of ${states - 1}`,
  percentage: Math.floor((100 * done) / states),
});

const sizeOf = (texts: StateTexts): number =>
  texts.reduce(
    (sum, files) => sum + [...files.values()].reduce((all, text) => all + (text?.length ?? 0), 0),
    0,
  );
