let pressed = false;
let waiting: (() => void)[] = [];

function release(): void {
	pressed = false;
	const tasks = waiting;
	waiting = [];
	// The click event comes right after the pointer is released.
	setTimeout(() => tasks.forEach((task) => task()));
}

document.addEventListener('pointerdown', () => (pressed = true), true);
// The release of a pointer outside the page or on a scroll bar may not be reported.
for (const kind of ['pointerup', 'pointercancel', 'keydown'] as const) {
	document.addEventListener(kind, release, true);
}

/**
 * Runs `work` at once or, while the pointer is pressed, as soon as it is released. The press that takes the focus from a
 * field may be the start of a click on something that `work` would move away.
 */
export function afterPress(work: () => void): void {
	if (pressed) {
		waiting.push(work);
	} else {
		work();
	}
}
