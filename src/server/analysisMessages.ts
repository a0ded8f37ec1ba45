// analysisMessages.ts
// What crosses between the server and its thread that looks for findings.

import type { ReviewProgress } from '../engine/review.ts';
import type { ReviewWithTexts } from './patchReview.ts';
import type { LookedAround } from './fileFindings.ts';
import type { ReviewSource, SplatCycle } from './protocol.ts';

export interface AnalysisSetup {
  /** A folder of the disk. */
  readonly root: string;
  readonly architecture: string;
  readonly largestCache: number;
  /** Whatever else the machine has to do comes first. */
  readonly isModest: boolean;
  /** In shared memory: questions up to this number are cancelled. A thread that works reads no messages. */
  readonly cancelled: Int32Array;
}

export type ToAnalysis =
  | {
      readonly kind: 'question';
      /** Counts up from 1. */
      readonly number: number;
      readonly path: string;
      readonly texts: ReadonlyMap<string, Uint8Array>;
    }
  | { readonly kind: 'review'; readonly number: number; readonly source: ReviewSource }
  | { readonly kind: 'splat'; readonly number: number; readonly text: string }
  | { readonly kind: 'filesChanged'; readonly paths: readonly string[] }
  | { readonly kind: 'end' };

export type AnalysisAnswer =
  | { readonly kind: 'findings'; readonly findings: LookedAround }
  | ({ readonly kind: 'review' } & ReviewWithTexts)
  | { readonly kind: 'splat'; readonly splat: SplatCycle }
  /** Of a review or a splat: what the user should do otherwise. */
  | { readonly kind: 'refused'; readonly reason: string };

export type FromAnalysis =
  | { readonly kind: 'answer'; readonly number: number; readonly answer: AnalysisAnswer }
  | { readonly kind: 'progress'; readonly number: number; readonly progress: ReviewProgress }
  | { readonly kind: 'cancelled'; readonly number: number }
  | { readonly kind: 'failure'; readonly number: number; readonly message: string }
  | { readonly kind: 'log'; readonly line: string };
