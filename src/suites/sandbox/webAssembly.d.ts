/** The part of WebAssembly's interface that is used here; TypeScript has it among the types of browsers only. */
declare namespace WebAssembly {
	class Memory {
		constructor(pages: { initial: number; maximum: number });
		readonly buffer: ArrayBuffer;
	}
}
