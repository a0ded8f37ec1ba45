// harmless.ts
// Names that no C file of the tree defines, because the compiler or assembly does, and that neither lock nor wait.

// prettier-ignore
const names: ReadonlySet<string> = new Set([
  'memcpy', 'memmove', 'memset', 'memcmp', 'memchr', 'memcpy_toio', 'memcpy_fromio', 'memset_io', 'memscan', 'bcmp',
  'strlen', 'strnlen', 'strcpy', 'strncpy', 'strcmp', 'strncmp', 'strchr', 'strrchr', 'strstr', 'strcat', 'strncat', 'strspn', 'strcspn',
  'memset16', 'memset32', 'memset64', 'clear_page', 'copy_page', 'offsetof', 'typeof', '__typeof__', 'alignof', '_Alignof', '__alignof__',
  'va_start', 'va_end', 'va_copy', 'va_arg', 'asm', '__asm__', 'asm_volatile', 'defined', 'sizeof', '_Generic', '_Static_assert', 'static_assert',
]);

export function isHarmless(name: string): boolean {
  return (
    names.has(name) ||
    name.startsWith('__builtin_') ||
    name.startsWith('__sync_') ||
    name.startsWith('__atomic_')
  );
}
