// reviewForTest.ts
// A review of test/golden/review as the server answers it.

import type { PatchReview } from '../../src/server/protocol.ts';
import { answerOf } from '../../src/server/patchReview.ts';
import { reviewFixture, reviewSituations } from './reviewedFixture.ts';

export const reviewForTest = async (situation: keyof typeof reviewSituations): Promise<PatchReview> =>
  answerOf(await reviewFixture(reviewSituations[situation]!));
