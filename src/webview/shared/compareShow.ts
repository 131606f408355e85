/** How a comparison is looked at. */
export interface CompareShow {
	/** The thinking, not the answers. */
	thinking: boolean;
	/** As Markdown, not as its source. */
	rendered: boolean;
	marks: boolean;
}

export const usualCompareShow: CompareShow = { thinking: false, rendered: true, marks: true };

/** Takes from a kept state what fits. */
export function readCompareShow(state: unknown): CompareShow {
	const kept = typeof state === 'object' && state !== null ? (state as Record<string, unknown>) : {};
	const flag = (key: keyof CompareShow) => (typeof kept[key] === 'boolean' ? kept[key] : usualCompareShow[key]);
	return { thinking: flag('thinking'), rendered: flag('rendered'), marks: flag('marks') };
}
