/**
 * Keeps the keys of an input method from the page: while a text is being composed, Enter takes a candidate and Escape
 * leaves the list, and neither sends, closes or stops anything. Covers every handler of a panel, so none has to ask.
 */
export function ignoreComposition(): void {
	window.addEventListener(
		'keydown',
		(event) => {
			// Safari ends the composition before the key that ended it; that key still carries the code of an input method.
			if (event.isComposing || event.keyCode === 229) {
				event.stopImmediatePropagation();
			}
		},
		true,
	);
}
