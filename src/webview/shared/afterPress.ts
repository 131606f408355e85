let pressed = false;
let waiting: (() => void)[] = [];

function release(): void {
	pressed = false;
	const works = waiting;
	waiting = [];
	// The click comes right after the pointer is up.
	setTimeout(() => works.forEach((work) => work()));
}

document.addEventListener('pointerdown', () => (pressed = true), true);
// A pointer that is released outside the page, or on a scroll bar, may not be reported.
for (const kind of ['pointerup', 'pointercancel', 'keydown'] as const) {
	document.addEventListener(kind, release, true);
}

/**
 * Runs `work` at once, or when the pointer that is pressed has been released: the press that takes the focus from a field
 * may be a click on something that would move away with what follows from leaving the field.
 */
export function afterPress(work: () => void): void {
	if (pressed) {
		waiting.push(work);
	} else {
		work();
	}
}
