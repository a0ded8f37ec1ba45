// buildId.ts
// Which build of the product this is: what one build worked out is of no use to another. Set when the product is
// built; empty where it runs from its sources.

declare const HOLDWAIT_BUILD: string | undefined;

export const buildId: string = typeof HOLDWAIT_BUILD === 'string' ? HOLDWAIT_BUILD : '';
