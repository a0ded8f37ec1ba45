// fileFacts.ts
// What one file says, with no other file looked at. Serialisable, cached by content.

import type { Position } from '../base/position.ts';
import type { Flow } from './flow.ts';
import type { ExprId, Tag, Terms, TypeId } from './terms.ts';

export interface FileFacts extends Declarations {
  readonly terms: Terms;
  readonly includes: readonly IncludeFacts[];
  readonly macros: readonly MacroFacts[];
  /** Stretches that the grammar could not read: what they hold is missing from the facts. */
  readonly errors: readonly ErrorSpan[];
}

export interface Declarations {
  /** Definitions, in order. */
  readonly functions: readonly FunctionFacts[];
  /** Prototypes: `int foo(struct bar *b);`. */
  readonly prototypes: readonly PrototypeFacts[];
  readonly structs: readonly StructFacts[];
  readonly enums: readonly EnumFacts[];
  readonly typedefs: readonly TypedefFacts[];
  readonly globals: readonly GlobalFacts[];
  /** `DEFINE_MUTEX(m)`, `module_init(f)`, `DEVICE_ATTR_RW(x)`: macro calls outside any function. */
  readonly macroCalls: readonly MacroCallFacts[];
}

export interface IncludeFacts {
  readonly path: string;
  /** `<path>` rather than `"path"`. */
  readonly system: boolean;
}

/** Under which `#if` a definition stands: the conditions joined by ` && `, empty for none. */
export type Condition = string;

export interface PrototypeFacts {
  readonly name: string;
  readonly isStatic: boolean;
  readonly isInline: boolean;
  readonly at: Position;
  readonly result: TypeId;
  readonly parameters: readonly LocalFacts[];
  readonly isVariadic: boolean;
  /** `__must_hold(&x->lock)`, `__acquires(x)`, `__releases(x)` and their kind. */
  readonly annotations: readonly Annotation[];
  readonly condition: Condition;
}

export interface FunctionFacts extends PrototypeFacts {
  readonly start: Position;
  readonly end: Position;
  /** Parameters first, then every local variable of the body; `local` expressions index this list. */
  readonly locals: readonly LocalFacts[];
  readonly flow: Flow;
  /** The grammar could not read all of it. */
  readonly hasErrors: boolean;
}

export interface LocalFacts {
  readonly name: string;
  readonly type: TypeId;
  readonly isStatic: boolean;
}

export interface Annotation {
  readonly name: string;
  /** The arguments as written. */
  readonly text: string;
}

export interface StructFacts {
  readonly tag: Exclude<Tag, 'enum'>;
  readonly name: string;
  readonly at: Position;
  readonly fields: readonly FieldFacts[];
}

export interface FieldFacts {
  /** Empty for an embedded anonymous struct or union: its fields count as fields of this one. */
  readonly name: string;
  readonly type: TypeId;
}

export interface EnumFacts {
  readonly name: string;
  readonly at: Position;
  readonly enumerators: readonly { readonly name: string; readonly value: ExprId | undefined }[];
}

export interface TypedefFacts {
  readonly name: string;
  readonly type: TypeId;
  readonly at: Position;
}

export interface GlobalFacts {
  readonly name: string;
  readonly type: TypeId;
  readonly isStatic: boolean;
  readonly isExtern: boolean;
  readonly at: Position;
  readonly value: ExprId | undefined;
  readonly condition: Condition;
}

export interface MacroCallFacts {
  readonly name: string;
  readonly args: readonly ExprId[];
  readonly isStatic: boolean;
  readonly at: Position;
  readonly condition: Condition;
}

export interface MacroFacts {
  readonly name: string;
  /** `undefined`: an object-like macro. */
  readonly parameters: readonly string[] | undefined;
  readonly at: Position;
  readonly body: MacroBody;
  readonly condition: Condition;
}

export type MacroBody =
  /** `((a) + f(b))`, `({ ...; v; })`: the flow runs, then `value` is the result. */
  | {
      readonly kind: 'expression';
      readonly locals: readonly LocalFacts[];
      readonly flow: Flow;
      readonly value: ExprId;
    }
  /** `do { ... } while (0)` and other statements. */
  | { readonly kind: 'statements'; readonly locals: readonly LocalFacts[]; readonly flow: Flow }
  /** `static int name##_open(...) { ... }`: definitions with pasted names. */
  | { readonly kind: 'declarations'; readonly declarations: Declarations }
  /** Nothing that the grammar reads, or nothing at all. */
  | { readonly kind: 'text'; readonly text: string };

export interface ErrorSpan {
  readonly start: Position;
  readonly end: Position;
}
