/** The bytes of QuickJS's WebAssembly, which are bundled and need no file access. */
export async function loadQuickJs(): Promise<Uint8Array> {
	const { default: bytes } = await import('@jitl/quickjs-wasmfile-release-sync/wasm');
	return bytes;
}
