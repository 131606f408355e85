/**
 * The scripts to try in turn, while the one before is a syntax error. Several lines are the body of a
 * function. One line is an expression; if it begins with a declaration, its value is that of its last statement, or what it
 * returns.
 */
export function codeSource(code: string): string[] {
	const trimmed = code.trimEnd();
	if (trimmed.includes('\n')) {
		return [asBody(code)];
	}
	const line = trimmed.trimStart();
	if (/^(?:const|let|var)\s/.test(line)) {
		return [asBody(`return eval(${JSON.stringify(line)});`), asBody(line)];
	}
	return [asBody(`return ${line}`)];
}

/** Ends with a line break, which ends a comment. Only code that waits needs a promise, which takes time. */
function asBody(code: string): string {
	return `(${/\bawait\b/.test(code) ? 'async ' : ''}function () {${code}\n})()`;
}
