// modelTools.ts
// Tools for language models: the lock chains of a function, its callers with what they hold, and the review of a patch.
// They only read, ask the same server as everything else, and answer with the text that a person would get.

import * as vscode from 'vscode';
import { boundedText } from './boundedText.ts';
import { describeFailure } from './failures.ts';
import { likelyTree } from './meantTree.ts';
import type { Server } from './server.ts';
import type { ReviewSource, ToldChainsParams } from '../src/server/protocol.ts';

/** What a tool does with what the model sends, which may be anything. */
interface Tool {
  /** For the person who looks on: `Reading the lock chains of foo()`. */
  describe(input: Input): string;
  answer(input: Input, token: vscode.CancellationToken): Promise<string>;
}

type Input = Readonly<Record<string, unknown>>;

export function activateModelTools(server: Server, log: vscode.LogOutputChannel): vscode.Disposable {
  return vscode.Disposable.from(
    registerTool('holdwait_lock_chains', chainsTool('chains', server), log),
    registerTool('holdwait_callers_with_locks', chainsTool('callers', server), log),
    registerTool('holdwait_review_patch', reviewTool(server), log),
  );
}

// Some 5,000 tokens: a large function with all that it calls, or a review with a few findings.
const mostLetters = 16_000;
// A token of C and of our tables is three letters or more.
const lettersPerToken = 3;

function registerTool(name: string, tool: Tool, log: vscode.LogOutputChannel): vscode.Disposable {
  return vscode.lm.registerTool<Input>(name, {
    prepareInvocation: ({ input }) => ({ invocationMessage: tool.describe(input) }),
    invoke: async ({ input, tokenizationOptions }, token) => {
      try {
        const budget = (tokenizationOptions?.tokenBudget ?? Infinity) * lettersPerToken;
        const text = boundedText(await tool.answer(input, token), Math.min(mostLetters, budget));
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
      } catch (error) {
        if (token.isCancellationRequested) throw new vscode.CancellationError();
        log.info(`${name}: ${describeFailure(error)}`);
        throw error;
      }
    },
  });
}

// What an answer fits into, and what a model does well to ask first.
const usualDepth = 3;
const mostDepth = 6;

function chainsTool(what: ToldChainsParams['what'], server: Server): Tool {
  return {
    describe: ({ function: wanted }) =>
      what === 'chains'
        ? vscode.l10n.t('Reading the lock chains of {0}', String(wanted))
        : vscode.l10n.t('Looking who calls {0} with which locks', String(wanted)),
    answer: async ({ function: wanted, depth }, token) => {
      const params = { uri: likelyTree(server), wanted: functionIn(wanted), what, depth: depthIn(depth) };
      const told = await server.request('holdwait/toldChains', params, token);
      switch (told.kind) {
        case 'text':
          return told.text + limitsOfTree(server);
        case 'refused':
          throw new Error(told.reason);
        case 'no-kernel-tree':
          throw noTree();
      }
    },
  };
}

function reviewTool(server: Server): Tool {
  return {
    describe: () => vscode.l10n.t('Reviewing a patch'),
    answer: async (input, token) => {
      const params = { uri: likelyTree(server), source: sourceIn(input) };
      const answer = await server.request('holdwait/review', params, token);
      switch (answer.kind) {
        case 'review':
          return answer.text;
        case 'refused':
          throw new Error(answer.reason);
        case 'no-kernel-tree':
          throw noTree();
        case 'not-available':
          throw new Error(vscode.l10n.t('the server in a browser reviews no patches'));
      }
    },
  };
}

function functionIn(wanted: unknown): string {
  if (typeof wanted === 'string' && wanted.trim() !== '') return wanted.trim().replace(/\(\)$/, '');
  throw new Error(vscode.l10n.t('say which function, by its name or as FILE:LINE'));
}

function depthIn(depth: unknown): number {
  if (depth === undefined) return usualDepth;
  if (Number.isInteger(depth) && Number(depth) >= 1 && Number(depth) <= mostDepth) return Number(depth);
  throw new Error(vscode.l10n.t('depth is a whole number from 1 to {0}', mostDepth));
}

function sourceIn({ patch, revision }: Input): ReviewSource {
  if (typeof patch === 'string' && typeof revision === 'string')
    throw new Error(vscode.l10n.t('give a patch or a revision, and not both'));
  if (typeof patch === 'string') return { kind: 'text', text: patch, name: vscode.l10n.t('the given text') };
  if (typeof revision === 'string') return { kind: 'revision', revision };
  return { kind: 'uncommitted' };
}

/** In a browser only a part of the tree is read, and an answer is only as good. */
function limitsOfTree({ state }: Server): string {
  const trees = state.kind === 'running' ? state.status.trees : [];
  const notes = trees.flatMap((tree) => (tree.state.kind === 'ready' ? (tree.state.note ?? []) : []));
  return notes.length === 0 ? '' : `\n${notes.join('\n')}\n`;
}

const noTree = (): Error => new Error(vscode.l10n.t('no kernel tree is open; open the folder of one'));
