// results.ts
// How the results of tests leave an extension host: as lines on its console, both directions in this file.

export type HostMessage =
  | {
      readonly kind: 'test';
      readonly title: string;
      readonly state: 'passed' | 'failed' | 'skipped';
      readonly milliseconds: number;
      /** Message and stack of a failed test. */
      readonly reason: string;
    }
  | { readonly kind: 'end'; readonly tests: number };

export type HostTest = Extract<HostMessage, { kind: 'test' }>;

const mark = 'HOLDWAIT_HOST_TEST';

export function writeMessage(message: HostMessage): string {
  return `${mark} ${JSON.stringify(message)}`;
}

/** The workbench puts words of its own around a line of the extension host, before and after. */
export function readMessage(line: string): HostMessage | undefined {
  const json = new RegExp(`${mark} (\\{.*\\})`, 's').exec(line)?.[1];
  return json === undefined ? undefined : (JSON.parse(json) as HostMessage);
}
