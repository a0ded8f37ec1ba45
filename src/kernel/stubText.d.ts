// stubText.d.ts
// Stubs are C files that the bundler puts into the program as text.

declare module '*.c' {
  const text: string;
  export default text;
}
