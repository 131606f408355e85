/**
 * Hides the keys of an input method from the page: while text is being composed, Enter accepts a candidate and Escape
 * closes the list, and neither sends, closes or stops anything in the page. This covers every handler of a panel, so none
 * has to check.
 */
export function ignoreComposition(): void {
	window.addEventListener(
		'keydown',
		(event) => {
			// Safari ends the composition before it reports the key that ended it; that key still has the code of an input method.
			if (event.isComposing || event.keyCode === 229) {
				event.stopImmediatePropagation();
			}
		},
		true,
	);
}
