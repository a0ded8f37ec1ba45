// words.ts
// What the names of kernel C mean to the pre-pass. Each table says what happens to its words and why; a name may be
// in several. `classifyName` folds them into one set of bits per name, asked for once when the name is first seen.

import { NameTable } from '../base/nameTable.ts';
import { underscore } from './bytes.ts';
import { latin1Text } from './names.ts';

/** Words of the C grammar: never a macro, never blanked as one. */
export const keywordFlag = 1 << 0;
/** Part of a type name. */
export const typeFlag = 1 << 1;
/** Blanked wherever it stands. */
export const attributeFlag = 1 << 2;
/** Blanked together with its argument list. */
export const attributeCallFlag = 1 << 3;
/** Named like a loop macro. */
export const loopFlag = 1 << 4;
/** `if while for switch`. */
export const controlFlag = 1 << 5;
/** `static extern inline` and their kind. */
export const storageFlag = 1 << 6;
/** `struct union enum`. */
export const aggregateFlag = 1 << 7;
/** Written in capitals only. */
export const capitalsFlag = 1 << 8;
/** Its parentheses do not hold an ordinary argument list. */
export const operatorFlag = 1 << 9;
/** Named like a scope macro (`scoped_guard`). */
export const scopeFlag = 1 << 10;
/** Known to stand at file level without `;`. */
export const fileMacroFlag = 1 << 11;
export const elseFlag = 1 << 12;
export const doFlag = 1 << 13;
export const enumFlag = 1 << 14;
/** May stand before a `(` that does not begin a parameter list: `return (struct x) { ... }`. */
export const expressionFlag = 1 << 15;
/** Parentheses hold a type and a member path: `offsetof(struct x, a.b[c])`. */
export const offsetofFlag = 1 << 16;
/** `const`, which may stand between `static` and a macro. */
export const constFlag = 1 << 17;
/** `return goto break continue` */
export const jumpFlag = 1 << 18;
/** `typeof` and `alignof` in all their spellings: they take a type. */
export const typeofFlag = 1 << 19;
export const asmFlag = 1 << 20;

const words = (list: string): readonly string[] => list.trim().split(/\s+/);

// Reduced to nothing or to `0` in argument lists, and taken as the start of a declaration at file level.
const typeWords = words(`
  void char short int long float double signed unsigned bool _Bool const volatile size_t ssize_t
  u8 u16 u32 u64 s8 s16 s32 s64 __u8 __u16 __u32 __u64 __s8 __s16 __s32 __s64
  uint8_t uint16_t uint32_t uint64_t int8_t int16_t int32_t int64_t
  __le16 __le32 __le64 __be16 __be32 __be64
`);

const storageWords = words('static extern inline register typedef __inline __inline__');

const controlWords = words('if while for switch');

const expressionWords = words(`
  return sizeof goto case default break continue typeof __typeof__ __typeof offsetof
  _Alignof alignof __alignof__ __alignof _Generic asm __asm__ __asm __attribute__ __attribute
`);

// Their parentheses follow rules of their own, which the grammar knows.
const operatorWords = words(`
  typeof __typeof__ __typeof sizeof offsetof _Alignof alignof __alignof__ __alignof _Generic
  __attribute__ __attribute asm __asm__ __asm if while for switch return
`);

// Macros that expand to an attribute or to nothing. The grammar takes an unknown word between `static int` and a
// name for the name itself, so they go.
const attributeWords = words(`
  __init __exit __initdata __initconst __exitdata __refdata __ref __refconst __devinit __devexit
  __net_init __net_exit __net_initdata __net_initconst __meminit __meminitdata __memexit __cpuinit
  __init_memblock __initdata_memblock __init_or_module __initdata_or_module __initdata_or_meminit
  __init_rodata __platform_init __pci_init __dax_init __inittext __exittext __constinit __head __sched
  __cpuidle __kprobes __nokprobe nokprobe_inline notrace noinstr __lockfunc __irq_entry __softirq_entry
  __exception_irq_entry __entry_text __hyp_text __sramfunc __sram_data __vsyscall __xipram __xipconst
  __user __kernel __iomem __force __percpu __rcu __nocast __bitwise __bitwise__ __private __safe
  __must_check __mustcheck __maybe_unused __always_unused __unused __in_unused __pt_unused __tramp_unused
  __alloc_unused __used __packed __pure __const __attribute_const__ __cold __hot __weak __weakref
  __visible __hidden __signed __deprecated __malloc __noreturn __flatten __noclone __naked __nonstring
  __nonnull __gnu_inline __designated_init __optimize_none __no_fgcse __fix_address __pinned __scoped
  __counted __realtime __private_extern__
  __always_inline __always_inline__ __no_inline noinline noinline_for_stack noinline_for_kasan
  debug_noinline asmlinkage asmlinkage_mem
  __read_mostly __ro_after_init __lsm_ro_after_init __nosavedata __page_aligned_data __page_aligned_bss
  __bss_decrypted __pmd __long_aligned __arch_aligned__
  __cacheline_aligned __cacheline_aligned_in_smp ____cacheline_aligned ____cacheline_aligned_in_smp
  ____cacheline_internodealigned_in_smp __cacheline_internodealigned_in_smp
  __latent_entropy __randomize_layout __no_randomize_layout __randomize_layout_attr
  __no_sanitize_address __no_kasan_or_inline __no_kcsan __no_sanitize_thread __no_sanitize_memory
  __no_kmsan_checks __no_sanitize_undefined __no_profile __no_kstack_erase __noendbr __nocfi
  __noinitretpoline __noscs __no_stack_protector __nostackprotector __uses_sve __ptr_auth __arm64_sys
  __bpf_kfunc __ksym __ksyms __kconfig __ifdef_only __compat_ioctl CALLBACK_ATTR __noreturn_attr
  fallthrough_attr __ref_attr __exit_p_attr __setup_attr __bitmap_attr __initcall_attr __kernel_attr
  __percpu_attr __ALIGNED__ SISIOMEMTYPE __gru_cacheline_aligned__
`);

// Attributes with arguments. Those that speak of locks and clean-up are facts: they are read from the original
// bytes through the rewrite that blanking them leaves.
const attributeCallWords = words(`
  __must_hold __must_hold_shared __acquires __acquires_shared __releases __releases_shared
  __cond_acquires __cond_acquires_shared __cond_releases __guarded_by __pt_guarded_by __free __cleanup
  __aligned __printf __scanf __counted_by __counted_by_le __counted_by_be __counted_by_ptr __sized_by
  __element_count __section __alloc_size __realloc_size __assume_aligned __no_sanitize __attribute__
  __attribute __nonnull_args __copy __diagnose_as __error __warning __alias __LA_alias __mode
  __btf_type_tag __cacheline_group_begin_aligned SEC __no_context_analysis_args __INIT_ATTR
  __maybe_unused_args __regparm __preserve_attr
`);

// They end without `;` and would swallow the definition that follows.
const fileMacroPattern =
  /^(module_\w+|MODULE_\w+|EXPORT_\w+|\w*_initcall\w*|__setup\w*|early_param|__initcall|IRQCHIP_DECLARE|builtin_\w+|ACPI_MODULE_NAME|ACPI_EXPORT_SYMBOL\w*|BTF_\w+|__printf)$/;

// Kernel loops are called after what they walk over; the name decides only where the shape allows a loop.
const loopPattern =
  /(for_?each|_each_|_each$|foreach|^for_|_for_|for_all|_iterate|_walk|walk_|_loop$|FOR_?EACH|FOREACH|^FOR_|_FOR_|^ITERATE|^LOOP)/;

const scopePattern = /^scoped_|^with_|_scoped$/;

const wordTable = new NameTable();
/** By number in the table. */
const wordFlags: number[] = [];

function mark(names: readonly string[], flags: number): void {
  for (const name of names) {
    const word = wordTable.idOfText(name);
    wordFlags[word] = (wordFlags[word] ?? 0) | flags;
  }
}

mark(typeWords, typeFlag | keywordFlag);
mark(['struct', 'union', 'enum'], aggregateFlag | typeFlag | keywordFlag);
mark(['enum'], enumFlag);
mark(['const'], constFlag);
mark(storageWords, storageFlag | keywordFlag);
mark(controlWords, controlFlag | keywordFlag);
mark(expressionWords, expressionFlag | keywordFlag);
mark(operatorWords, operatorFlag);
mark(['offsetof'], offsetofFlag);
mark(['asm', '__asm__', '__asm'], asmFlag);
mark(['return', 'goto', 'break', 'continue'], jumpFlag);
mark(['typeof', '__typeof__', '__typeof', 'alignof', '__alignof__', '__alignof', '_Alignof'], typeofFlag);
mark(['else'], elseFlag | keywordFlag);
mark(['do'], doFlag | keywordFlag);
mark(attributeWords, attributeFlag);
mark(attributeCallWords, attributeCallFlag);

/** All that can be said without a look into the name: no loops, scopes and macros of files. */
export function classifyWord(bytes: Uint8Array, start: number, end: number): number {
  const word = wordTable.find(bytes, start, end);
  const flags = word < 0 ? 0 : wordFlags[word]!;
  return (flags & keywordFlag) === 0 && isInCapitals(bytes, start, end) ? flags | capitalsFlag : flags;
}

export function classifyName(bytes: Uint8Array, start: number, end: number): number {
  let flags = classifyWord(bytes, start, end);
  if (flags & keywordFlag) return flags;
  const name = latin1Text(bytes, start, end);
  if (loopPattern.test(name)) flags |= loopFlag;
  if (scopePattern.test(name)) flags |= scopeFlag;
  if (fileMacroPattern.test(name)) flags |= fileMacroFlag;
  return flags;
}

/** Capitals, digits and underscores, and no digit first: no name begins with one. */
function isInCapitals(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    const isCapital = byte >= 65 && byte <= 90;
    if (!isCapital && byte !== underscore && (byte < 48 || byte > 57)) return false;
  }
  return true;
}
