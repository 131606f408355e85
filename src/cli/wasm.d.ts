/** esbuild's `binary` loader imports a wasm file as bytes. */
declare module '*.wasm' {
	const bytes: Uint8Array;
	export default bytes;
}

declare module '@jitl/quickjs-wasmfile-release-sync/wasm' {
	const bytes: Uint8Array;
	export default bytes;
}
